import type { Task } from '../../../engine/base/task.ts';
import type { Cluster } from '../../../engine/cluster/cluster.ts';
import type { MonAnswer } from '../../../engine/mon/mon-answer.ts';
import type { Monitor } from '../../../engine/mon/monitor.ts';
import { type ClusterStats, clusterStats } from '../../../engine/mon/stats.ts';
import type { OsdMap, PgPool } from '../../../engine/osdmap/osd-map.ts';
import type { Process } from '../../process.ts';
import { type ArgType, type CommandRecord, EXIT_NOT_YET, type ParsedArgs } from '../command.ts';
import { type Explain, explainFor } from '../explain/explain.ts';
import { type Format, formatted, isFormat } from '../format/formatter.ts';
import { type FormatNode, itemsNamed, nodeOf, type Plain } from '../format/tree.ts';
import type { CephArg, CephArgKind } from './ceph-args.ts';
import { errnoName } from './errno-name.ts';

/** A command of `ceph`: the shared record, and the signature that the real tool's parser works by. */
export interface CephCommand extends CommandRecord {
  readonly tool: 'ceph';
  readonly signature: readonly CephArg[];
  /** As `run`, with what `-i` names. */
  runWith(process: Process, args: ParsedArgs, input: Uint8Array): Task<number>;
}

/** What a command's handler sees. */
export interface CephCall {
  readonly cluster: Cluster;
  readonly monitor: Monitor;
  readonly map: OsdMap;
  readonly args: ParsedArgs;
  readonly format: Format | 'plain';
  /** What `-i` names; empty without. */
  readonly input: Uint8Array;
  /** Words about commands and options in the reader's language. */
  readonly explain: Explain;
  stats(): ClusterStats;
}

/** What it answers. */
export interface CephAnswer {
  /** 0, or a positive errno. */
  readonly code?: number;
  /** For standard error, behind `Error EINVAL: ` where it failed. */
  readonly text?: string;
  /** For standard output, as it is. */
  readonly output?: string;
  /** The same, where it is no text. */
  readonly bytes?: Uint8Array;
}

export interface CephCommandSpec {
  readonly words: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly signature?: readonly CephArg[];
  /** What is more than a question to the map (a module of the manager that reaches into pools) is a task. */
  answer(call: CephCall): CephAnswer | Task<CephAnswer>;
}

const NO_INPUT = new Uint8Array(0);

/** Virtual time from the tool's start to the monitor's answer. */
const MON_US = 40_000;

export function cephCommand(spec: CephCommandSpec): CephCommand {
  const signature = spec.signature ?? [];
  return {
    tool: 'ceph',
    words: spec.words.split(' '),
    ...(spec.aliases === undefined ? {} : { aliases: spec.aliases.map((words) => words.split(' ')) }),
    summary: spec.summary,
    ...(spec.description === undefined ? {} : { description: spec.description }),
    signature,
    positionals: signature
      .filter(({ type }) => type.kind !== 'bool')
      .map((arg) => ({
        name: arg.name,
        type: arg.completes ?? completionOf(arg.type),
        optional: arg.optional ?? false,
        repeat: arg.repeat ?? false,
        ...(arg.summary === undefined ? {} : { summary: arg.summary }),
      })),
    options: signature
      .filter(({ type }) => type.kind === 'bool')
      .map((arg) => ({ long: arg.name.replaceAll('_', '-'), summary: arg.summary ?? 'turn it on' })),
    run: (process, args) => runAnswer(spec, process, args, NO_INPUT),
    runWith: (process, args, input) => runAnswer(spec, process, args, input),
  };
}

function completionOf(type: CephArgKind): ArgType {
  if (type.kind === 'choices') return `enum:${type.choices.join('|')}`;
  if (type.kind === 'pgid') return 'pg';
  return type.kind === 'bool' || type.kind === 'uuid' || type.kind === 'address' ? 'string' : type.kind;
}

function* runAnswer(spec: CephCommandSpec, process: Process, args: ParsedArgs, input: Uint8Array): Task<number> {
  const { monitor, stats } = process.cluster;
  const format = args.options.get('format')?.at(-1) ?? 'plain';
  yield MON_US;
  let known: ClusterStats | undefined;
  const { cost } = process.cluster;
  const asked = cost.monCommands;
  const answer = yield* told(
    spec.answer({
      cluster: process.cluster,
      monitor,
      map: monitor.map(),
      args,
      format: isFormat(format) ? format : 'plain',
      input,
      explain: explainFor(process.env),
      stats: () => (known ??= clusterStats(monitor.map(), stats)),
    }),
  );
  // A change has counted itself; a question is counted here.
  if (cost.monCommands === asked) cost.monCommands++;
  yield* printAnswer(process, answer, format.startsWith('json') && !args.options.has('out-file'));
  return answer.code ?? 0;
}

function* told(answer: CephAnswer | Task<CephAnswer>): Task<CephAnswer> {
  return 'next' in answer ? yield* answer : answer;
}

/** As the real tool prints an answer: text on standard error; before JSON an empty line, but not in a file. */
function* printAnswer(process: Process, answer: CephAnswer, blankFirst: boolean): Task<void> {
  const { code = 0, text = '', output = '' } = answer;
  if (code === EXIT_NOT_YET && text.includes('is not available in this sandbox yet'))
    return yield* process.stderr.write(`ceph: ${text}\n`);
  if (code !== 0) yield* process.stderr.write(`Error ${cephErrnoName(code)}: ${text}\n`);
  else if (text !== '') yield* process.stderr.write(`${text}\n`);
  if (blankFirst) yield* process.stdout.write('\n');
  if (answer.bytes !== undefined) yield* process.stdout.write(answer.bytes);
  else if (output !== '') yield* process.stdout.write(output);
}

/** @ceph src/ceph.in — Python's names of errors, of which one has another than here */
function cephErrnoName(code: number): string {
  const name = errnoName(code);
  return name === 'EOPNOTSUPP' ? 'ENOTSUP' : name;
}

/** What the monitor said. */
export function answered({ code, text }: MonAnswer): CephAnswer {
  return { code, text };
}

/**
 * Plain text, or the tree in the format asked for. Pretty JSON ends with a newline; of the others some commands end
 * with one: those say so by `end`.
 */
export function shown(call: CephCall, plain: () => string, tree: () => FormatNode, end: '' | '\n' = ''): CephAnswer {
  if (call.format === 'plain') return { output: plain() };
  return { output: formatted(tree(), call.format) + (call.format === 'json-pretty' ? '\n' : end) };
}

/** As {@link shown}, of the manager's `pg_info`, which it flushes once too often: a newline stands before the end. */
export function pgInfoShown(call: CephCall, plain: () => string, tree: () => FormatNode): CephAnswer {
  const answer = shown(call, plain, tree);
  if (call.format === 'plain' || call.format === 'xml-pretty') return answer;
  return { output: (answer.output ?? '').replace(/(\}|<\/pg_info>)(\n?)$/, '\n$1$2') };
}

/** An answer that is structured even where no format is asked for: pretty JSON. `items`: what items of arrays are called. */
export function structured(
  call: CephCall,
  name: string,
  value: Plain,
  items: Readonly<Record<string, string>> = {},
): CephAnswer {
  const format = call.format === 'plain' ? 'json-pretty' : call.format;
  return { output: formatted(itemsNamed(nodeOf(name, value), items), format) + (format === 'json-pretty' ? '\n' : '') };
}

/** A tree that is shown as pretty JSON where no format is asked for, with one newline more. */
export function dumped(call: CephCall, node: FormatNode): CephAnswer {
  const format = call.format === 'plain' ? 'json-pretty' : call.format;
  return { output: `${formatted(node, format)}${format === 'json-pretty' ? '\n' : ''}\n` };
}

/** All values of an argument that may stand several times. */
export function argTexts(args: ParsedArgs, name: string): readonly string[] {
  return args.options.get(name) ?? [];
}

export function argText(args: ParsedArgs, name: string): string | undefined {
  return args.options.get(name)?.[0];
}

/** A required argument: the parser has seen to it that it is there. */
export function requiredText(args: ParsedArgs, name: string): string {
  return argText(args, name) ?? '';
}

export function argNumber(args: ParsedArgs, name: string): number | undefined {
  const text = argText(args, name);
  return text === undefined ? undefined : Number(text);
}

export function isOn(args: ParsedArgs, name: string): boolean {
  return argText(args, name) === 'true';
}

/** Pools in order of id. */
export function poolsOf(map: OsdMap): PgPool[] {
  return [...map.pools.values()].sort((a, b) => a.id - b.id);
}
