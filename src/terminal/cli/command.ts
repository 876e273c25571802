import type { Task } from '../../engine/base/task.ts';
import type { Process } from '../process.ts';

/**
 * A command is one record. Parser, help, completion, the man drawer, a lesson's allow-list and the table of
 * what is there all derive from it; nothing about a command is told twice.
 */
export interface CommandRecord {
  readonly tool: ToolName;
  /** The words that call it, e.g. `['snap', 'create']`. */
  readonly words: readonly string[];
  /** Other words for it, e.g. `['snap', 'add']`. */
  readonly aliases?: readonly (readonly string[])[];
  /** One line in our own words. */
  readonly summary: string;
  /** More, for `help` and `man`. */
  readonly description?: string;
  readonly positionals: readonly PositionalRecord[];
  readonly options: readonly OptionRecord[];
  /** Accepted, but left out of help and completion. */
  readonly hidden?: boolean;
  /** Runs with what the tool's parser made of the command line; gives the exit code. */
  run(process: Process, args: ParsedArgs): Task<number>;
}

export type ToolName = 'ceph' | 'rados' | 'rbd' | 'crushtool' | 'osdmaptool';

export interface PositionalRecord {
  readonly name: string;
  readonly type: ArgType;
  readonly summary?: string;
  readonly optional?: boolean;
  /** Takes all that is left. */
  readonly repeat?: boolean;
  /** Stands in brackets in the usage line. */
  readonly bracketed?: boolean;
}

export interface OptionRecord {
  /** Without the dashes. */
  readonly long: string;
  readonly short?: string;
  /** What the value is; a switch where it is left out. */
  readonly type?: ArgType;
  readonly summary: string;
  readonly repeat?: boolean;
  /** Stands without brackets in the usage line. */
  readonly required?: boolean;
  /** What help calls the value; `arg` where left out. */
  readonly valueName?: string;
  /** Accepted, but left out of help and completion. */
  readonly hidden?: boolean;
  /** Left out of the usage line as well: no part of today's interface. */
  readonly unlisted?: boolean;
}

/** What an argument names: completion lists it from the cluster, `enum:a|b` from itself. */
export type ArgType =
  | 'string'
  | 'int'
  | 'float'
  | 'size'
  | 'file'
  | 'pool'
  | 'namespace'
  | 'image-spec'
  | 'snap-spec'
  | 'image-or-snap-spec'
  | 'image-id'
  | 'device'
  | 'object'
  | 'omap-key'
  | 'xattr'
  | 'osd'
  | 'pg'
  | 'bucket'
  | 'rule'
  | 'command'
  | `enum:${string}`;

/** What a tool's parser made of a command line: positionals in order, options by their long name. */
export interface ParsedArgs {
  readonly positionals: readonly string[];
  /** Values in the order given; a switch that is on has `['']`. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  /** Options of the configuration that stood on the command line. */
  readonly settings?: ReadonlyMap<string, string>;
}

export function hasOption(args: ParsedArgs, long: string): boolean {
  return args.options.has(long);
}

/** The last value given for an option. */
export function optionValue(args: ParsedArgs, long: string): string | undefined {
  return args.options.get(long)?.at(-1);
}

/** Exit code of a command or option that Ceph has and this product does not have yet. */
export const EXIT_NOT_YET = 95;
