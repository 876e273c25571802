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
