import { CephError, strerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { OpenFile, OpenMode } from '../../process.ts';
import { type ExpandContext, expandText, expandWords } from '../expand/expand.ts';
import { BytesInput, CLOSED_OUTPUT, FileInput, FileOutput, NO_INPUT, type Streams } from '../io/streams.ts';
import type { Redirect, Word } from '../syntax/ast.ts';

/** A redirection that failed: the command does not run, exit code 1. */
export class RedirectError extends Error {
  override readonly name = 'RedirectError';
}

const MODES: Readonly<Record<string, OpenMode>> = { '<': 'read', '>': 'write', '>>': 'append', '<>': 'update' };

/** The streams after redirections, from left to right; the files that they opened are pushed to `opened`. */
export function* redirected(
  redirects: readonly Redirect[],
  streams: Streams,
  context: ExpandContext,
  opened: OpenFile[],
): Task<Streams> {
  let current = streams;
  for (const redirect of redirects) current = yield* apply(redirect, current, context, opened);
  return current;
}

function* apply(redirect: Redirect, streams: Streams, context: ExpandContext, opened: OpenFile[]): Task<Streams> {
  switch (redirect.kind) {
    case 'here': {
      const text = yield* expandText(redirect.body.word, context);
      return { ...streams, stdin: new BytesInput(redirect.newline ? `${text}\n` : text) };
    }
    case 'both': {
      const file = yield* openTarget(redirect.target, redirect.append ? 'append' : 'write', context, opened);
      const output = new FileOutput(file);
      return { ...streams, stdout: output, stderr: output };
    }
    case 'file': {
      const file = yield* openTarget(redirect.target, MODES[redirect.op] ?? 'read', context, opened);
      return withFile(streams, redirect.fd, file);
    }
    case 'dup':
      return duplicated(streams, redirect.fd, yield* expandText(redirect.target, context));
  }
}

function* openTarget(target: Word, mode: OpenMode, context: ExpandContext, opened: OpenFile[]): Task<OpenFile> {
  const names = yield* expandWords([target], context);
  const [name] = names;
  if (name === undefined || names.length > 1) throw new RedirectError(`${rawText(target)}: ambiguous redirect`);
  try {
    const file = context.files.open(name, mode);
    opened.push(file);
    if (file.kind === 'directory') throw new CephError('EISDIR');
    return file;
  } catch (error) {
    if (error instanceof CephError) throw new RedirectError(`${name}: ${strerror(error.errno)}`);
    throw error;
  }
}

function withFile(streams: Streams, fd: number, file: OpenFile): Streams {
  if (fd === 0) return { ...streams, stdin: new FileInput(file) };
  return withOutput(streams, fd, new FileOutput(file));
}

function withOutput(streams: Streams, fd: number, output: Streams['stdout']): Streams {
  if (fd === 1) return { ...streams, stdout: output };
  if (fd === 2) return { ...streams, stderr: output };
  throw new RedirectError(`${fd}: descriptors other than 0, 1 and 2 are not there yet`);
}

function duplicated(streams: Streams, fd: number, source: string): Streams {
  if (source === '-') return fd === 0 ? { ...streams, stdin: NO_INPUT } : withOutput(streams, fd, CLOSED_OUTPUT);
  if (fd === 0 && source === '0') return streams;
  if (source === '1') return withOutput(streams, fd, streams.stdout);
  if (source === '2') return withOutput(streams, fd, streams.stderr);
  throw new RedirectError(`${source}: Bad file descriptor`);
}

function rawText(word: Word): string {
  return word.map((part) => (part.kind === 'text' ? part.text : part.kind === 'param' ? part.raw : '$(…)')).join('');
}
