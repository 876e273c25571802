import { CephError, strerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { FileStat, Process, Program } from '../../process.ts';
import { NO_INPUT } from '../io/streams.ts';
import { baseName } from '../paths.ts';
import { type FindNode, type FindRequest, type Found, readFindRequest } from './find-expression.ts';
import { fail, UsageError } from './options.ts';

/** A run of `find`: its programs, and what `-exec … +` has collected. */
interface Search {
  readonly process: Process;
  readonly request: FindRequest;
  readonly programs: ReadonlyMap<string, Program>;
  readonly collected: Map<FindNode, string[]>;
  code: number;
}

/** `find [PATH]… [EXPRESSION]`: what lies below directories, by name, type, size and depth. */
export function findProgram(programs: () => ReadonlyMap<string, Program>): Program {
  return function* (process): Task<number> {
    let request: FindRequest;
    try {
      request = readFindRequest(process.argv.slice(1));
    } catch (error) {
      if (error instanceof UsageError) return yield* fail(process, error.message);
      throw error;
    }
    const search: Search = { process, request, programs: programs(), collected: new Map(), code: 0 };
    for (const start of request.starts) yield* visit(search, start, 0);
    for (const [node, paths] of search.collected)
      if (node.kind === 'exec') yield* execute(search, [...node.words.slice(0, -1), ...paths]);
    return search.code;
  };
}

function* visit(search: Search, path: string, depth: number): Task<void> {
  const { process, request } = search;
  const stat = yield* statOrTell(search, path);
  if (stat === null) return;
  const names = stat.kind === 'directory' ? process.files.list(path) : [];
  const isEmpty = stat.kind === 'directory' ? names.length === 0 : stat.kind === 'file' && stat.size === 0;
  const found: Found = { path, name: baseName(path), depth, stat, isEmpty };
  if (depth >= request.minDepth) yield* evaluate(search, request.expression, found);
  if (depth >= request.maxDepth) return;
  for (const name of names) yield* visit(search, path.endsWith('/') ? path + name : `${path}/${name}`, depth + 1);
}

function* statOrTell(search: Search, path: string): Task<FileStat | null> {
  try {
    return search.process.files.stat(path);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    yield* search.process.stderr.write(`find: '${path}': ${strerror(error.errno)}\n`);
    search.code = 1;
    return null;
  }
}

function* evaluate(search: Search, node: FindNode, found: Found): Task<boolean> {
  switch (node.kind) {
    case 'test':
      return node.holds(found);
    case 'print':
      yield* search.process.stdout.write(found.path + node.end);
      return true;
    case 'not':
      return !(yield* evaluate(search, node.inner, found));
    case 'and':
      return (yield* evaluate(search, node.left, found)) && (yield* evaluate(search, node.right, found));
    case 'or':
      return (yield* evaluate(search, node.left, found)) || (yield* evaluate(search, node.right, found));
    case 'exec':
      if (node.isOnce) {
        search.collected.set(node, [...(search.collected.get(node) ?? []), found.path]);
        return true;
      }
      return yield* execute(
        search,
        node.words.map((word) => word.replaceAll('{}', found.path)),
      );
  }
}

function* execute(search: Search, argv: readonly string[]): Task<boolean> {
  const { process, programs } = search;
  const program = programs.get(argv[0] ?? '');
  if (program === undefined) {
    search.code = yield* fail(process, `'${argv[0]}': No such file or directory`);
    return false;
  }
  return (yield* program({ ...process, argv, stdin: NO_INPUT })) === 0;
}
