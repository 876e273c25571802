import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { PROFILES, type Profile } from '../../engine/base/era.ts';
import { type ClusterSpec, DEFAULT_SPEC, ofProfile } from '../../engine/cluster/spec.ts';

/** What `radoscope serve` is told. */
export interface ServeOptions {
  readonly socket: string;
  /** Virtual seconds that a real one takes along. */
  readonly speed: number;
  readonly spec: ClusterSpec;
  /** Only end the server that is there. */
  readonly stop: boolean;
  /** A command to run with the programs on its PATH; the server ends with it. */
  readonly command: readonly string[];
}

const NUMBERS = {
  '--seed': /^\d{1,10}$/,
  '--osds': /^[1-9]\d{0,3}$/,
  '--osds-per-host': /^[1-9]\d{0,3}$/,
  '--speed': /^(?!0+(\.0+)?$)\d{1,6}(\.\d{1,3})?$/,
} as const;

type NumberName = keyof typeof NUMBERS;

/** The socket of a user who names none. */
export function usualSocket(): string {
  return join(tmpdir(), `radoscope-${userInfo().uid}`, 'socket');
}

/** Reads the words behind `serve`; gives what is wrong with them as a text. */
export function readOptions(words: readonly string[]): ServeOptions | string {
  const numbers = new Map<NumberName, number>();
  let socket = usualSocket();
  let stop = false;
  let objectstore: ClusterSpec['objectstore'];
  let profile: Profile | undefined;
  let command: readonly string[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, name = '', attached] = /^(--[a-z-]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (word === '--') command = rest.splice(0);
    else if (word === '--stop') stop = true;
    else if (name === '--socket') {
      const value = attached ?? rest.shift();
      if (value === undefined || value === '') return '--socket takes a path';
      socket = value;
    } else if (name === '--objectstore') {
      const value = attached ?? rest.shift();
      if (value !== 'bluestore' && value !== 'filestore') return '--objectstore takes bluestore or filestore';
      objectstore = value;
    } else if (name === '--profile') {
      const value = attached ?? rest.shift();
      profile = PROFILES.find((each) => each === value);
      if (profile === undefined) return `--profile takes ${PROFILES.join(', ')}`;
    } else if (isNumberName(name)) {
      const value = attached ?? rest.shift() ?? '';
      if (!NUMBERS[name].test(value)) return `${name} takes a number`;
      numbers.set(name, Number(value));
    } else return `serve: unknown option ${word}`;
  }
  return {
    socket,
    stop,
    command,
    speed: numbers.get('--speed') ?? 1,
    spec: { ...specOf(numbers), ...ofProfile(profile), ...(objectstore === undefined ? {} : { objectstore }) },
  };
}

function isNumberName(name: string): name is NumberName {
  return Object.hasOwn(NUMBERS, name);
}

function specOf(numbers: ReadonlyMap<NumberName, number>): ClusterSpec {
  return {
    ...DEFAULT_SPEC,
    seed: numbers.get('--seed') ?? DEFAULT_SPEC.seed,
    osds: numbers.get('--osds') ?? DEFAULT_SPEC.osds,
    osdsPerHost: numbers.get('--osds-per-host') ?? DEFAULT_SPEC.osdsPerHost,
  };
}
