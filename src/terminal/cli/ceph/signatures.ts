import type { CephArg } from './ceph-args.ts';

/** Arguments that many commands share. */
export const POOL: CephArg = { name: 'pool', type: { kind: 'pool' } };
export const SURE: CephArg = {
  name: 'yes_i_really_mean_it',
  type: { kind: 'bool' },
  optional: true,
  summary: 'do it although it is risky',
};
export const REALLY_SURE: CephArg = {
  name: 'yes_i_really_really_mean_it',
  type: { kind: 'bool' },
  optional: true,
  summary: 'do it although data is lost',
};

export function optional(arg: CephArg): CephArg {
  return { ...arg, optional: true };
}

export function text(name: string, summary?: string): CephArg {
  return { name, type: { kind: 'string' }, ...(summary === undefined ? {} : { summary }) };
}

export function int(name: string): CephArg {
  return { name, type: { kind: 'int' } };
}

export function choice(name: string, choices: readonly string[]): CephArg {
  return { name, type: { kind: 'choices', choices } };
}

/** Letters of names that CRUSH knows. */
export const NAME_CHARS = '[A-Za-z0-9-_.]';
const PLACE_CHARS = '[A-Za-z0-9-_.=]';
export const CLASS_CHARS = '[A-Za-z0-9-_]';

/** A name of the CRUSH map. */
export function named(name: string, completes: CephArg['completes'] = 'bucket', goodchars = NAME_CHARS): CephArg {
  return { name, type: { kind: 'string', goodchars }, completes: completes ?? 'bucket' };
}

/** Where in the CRUSH tree: `root=default host=a`. */
export const PLACE: CephArg = {
  name: 'args',
  type: { kind: 'string', goodchars: PLACE_CHARS },
  repeat: true,
  summary: 'where: TYPE=NAME, such as root=default',
};

/** A weight without an upper bound. */
export const CRUSH_WEIGHT: CephArg = { name: 'weight', type: { kind: 'float', range: [0] } };

export const OSD: CephArg = { name: 'id', type: { kind: 'osd' } };

export const PGID: CephArg = { name: 'pgid', type: { kind: 'pgid' } };
