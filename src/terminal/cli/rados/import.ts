import type { Data } from '../../../engine/base/data.ts';
import { CephError, cppStrerror, ERRNO, isErrno } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { LEAST_S64 } from '../../../engine/codec/denc.ts';
import type { HObjectValue } from '../../../engine/codec/object-info-codec.ts';
import type { OsdOp } from '../../../engine/codec/osd-op.ts';
import {
  BrokenDump,
  DumpReader,
  type DumpSection,
  decodeAttrs,
  decodeData,
  decodeObjectBegin,
  decodeOmap,
  decodeOmapHeader,
  decodePgBegin,
  SECTION,
  SUPER_MAGIC,
  SUPER_VERSION,
} from '../../../engine/codec/rados-dump.ts';
import { NOSNAP } from '../../../engine/codec/snap.ts';
import type { IoCtx } from '../../../engine/librados/io-ctx.ts';
import { pgIdText } from '../../../engine/osdmap/pg-id.ts';
import { readInput } from './input.ts';
import { attempt, fail, out, type PoolCall, radosCommand } from './rados-command.ts';
import { writeOps } from './writable.ts';

/** Where Ceph keeps what cache tiers count. */
const HIT_SET_NAMESPACE = '.ceph-internal';

interface ImportMode {
  readonly dryRun: boolean;
  readonly noOverwrite: boolean;
}

/** Ends an import: messages about it are out, but for the tool's last one. */
class ImportEnd extends Error {
  readonly errno: number;

  constructor(errno: number) {
    super();
    this.errno = errno;
  }
}

export const importPool = radosCommand({
  words: 'import',
  summary: 'read the objects of an export into a pool',
  description: 'Objects that are there already are replaced, or left alone with --no-overwrite.',
  positionals: [{ name: 'filename', type: 'file', repeat: true }],
  most: 3,
  run,
});

function* run(call: PoolCall): Task<number> {
  const words = call.args.positionals;
  const flags = words.slice(0, -1);
  const wrong = flags.find((word) => word !== '--dry-run' && word !== '--no-overwrite');
  if (wrong !== undefined) return yield* fail(call, `Invalid argument '${wrong}'`);
  const path = words.at(-1) ?? '-';
  const input = yield* attempt(readInput(call.process, path));
  // The tool takes the -1 of open() for an errno.
  if (!input.ok) return yield* fail(call, `Error opening '${path}': ${cppStrerror(ERRNO.EPERM)}`);
  const mode = { dryRun: flags.includes('--dry-run'), noOverwrite: flags.includes('--no-overwrite') };
  const errno = yield* load(call, input.value, mode);
  return errno === 0 ? 0 : yield* fail(call, `error from import: ${cppStrerror(errno)}`);
}

function* load(call: PoolCall, data: Data, mode: ImportMode): Task<number> {
  try {
    yield* new Import(call, mode, new DumpReader(data)).run();
    return 0;
  } catch (error) {
    if (error instanceof ImportEnd) return error.errno;
    if (error instanceof CephError) return error.errno;
    if (!(error instanceof BrokenDump)) throw error;
    yield* fail(call, error.message);
    return ERRNO.EFAULT;
  }
}

/** @ceph src/tools/rados/RadosImport.cc — exact, for replicated pools */
class Import {
  readonly #call: PoolCall;
  readonly #mode: ImportMode;
  readonly #reader: DumpReader;

  constructor(call: PoolCall, mode: ImportMode, reader: DumpReader) {
    this.#call = call;
    this.#mode = mode;
    this.#reader = reader;
  }

  *run(): Task<void> {
    yield* this.#begin();
    for (;;) {
      const { kind, body } = this.#reader.section();
      if (kind === SECTION.pgEnd || kind === SECTION.poolEnd) return;
      if (kind >= SECTION.end) yield* out(this.#call, 'Skipping unknown section type\n');
      else if (kind === SECTION.objectBegin) yield* this.#object(decodeObjectBegin(body));
      else if (kind !== SECTION.pgMetadata) throw new ImportEnd(ERRNO.EFAULT);
    }
  }

  *#begin(): Task<void> {
    const { magic, version } = this.#reader.head();
    if (magic !== SUPER_MAGIC)
      yield* this.#end(`Invalid magic number: 0x${magic.toString(16)} vs. 0x${SUPER_MAGIC.toString(16)}`, ERRNO.EFAULT);
    if (version > SUPER_VERSION) yield* this.#end(`Can't handle export format version=${version}`, ERRNO.EINVAL);
    const { kind, body } = this.#reader.section();
    if (kind === SECTION.poolBegin) yield* out(this.#call, 'Importing pool\n');
    else if (kind === SECTION.pgBegin) yield* this.#beginPg(body);
    else yield* this.#end(`Invalid initial section code ${String.fromCharCode(kind)}`, ERRNO.EFAULT);
  }

  *#beginPg(body: Data): Task<void> {
    const { pool, seed, shard } = decodePgBegin(body);
    if (shard !== 0xff) yield* this.#end('Importing Erasure Coded shard is not supported', ERRNO.EOPNOTSUPP);
    yield* out(this.#call, `Importing from pgid ${pgIdText(pool, seed)}\n`);
  }

  *#object(object: HObjectValue): Task<void> {
    const name = hobjectText(object);
    if (object.nspace === HIT_SET_NAMESPACE) return yield* this.#pass(`Skipping internal object ${name}\n`);
    if (object.snap !== NOSNAP) return yield* this.#pass(`Skipping non-head for ${name}\n`);
    const io = this.#call.io.inNamespace(object.nspace).withLocator(object.locator);
    const { text, writes } = this.#mode.dryRun ? yield* this.#look(io, object.oid) : yield* this.#make(io, object.oid);
    yield* out(this.#call, `${text} ${name}\n`);
    for (;;) {
      const section = this.#reader.section();
      if (section.kind === SECTION.objectEnd) return;
      const ops = yield* this.#opsOf(section);
      if (writes && ops.length > 0) yield* writeOps(io, object.oid, ops);
    }
  }

  /** Reads on to the object's end. */
  *#pass(text: string): Task<void> {
    yield* out(this.#call, text);
    while (this.#reader.section().kind !== SECTION.objectEnd);
  }

  *#look(io: IoCtx, oid: string): Task<{ text: string; writes: boolean }> {
    const found = yield* attempt(io.stat(oid));
    const there = this.#mode.noOverwrite ? 'Skipping existing' : '***Overwrite***';
    return { text: found.ok ? there : 'Write', writes: false };
  }

  *#make(io: IoCtx, oid: string): Task<{ text: string; writes: boolean }> {
    try {
      yield* io.create(oid, true);
      return { text: 'Write', writes: true };
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) return yield* this.#endFor('create failed', error);
    }
    if (this.#mode.noOverwrite) return { text: 'Skipping existing', writes: false };
    yield* io.remove(oid);
    yield* io.create(oid, true);
    return { text: '***Overwrite***', writes: true };
  }

  *#opsOf({ kind, body }: DumpSection): Task<OsdOp[]> {
    if (kind === SECTION.data) return [{ op: 'write', ...decodeData(body) }];
    if (kind === SECTION.attrs) return decodeAttrs(body).map(([name, value]) => ({ op: 'setxattr', name, value }));
    if (kind === SECTION.omapHeader) return [{ op: 'omap-set-header', header: decodeOmapHeader(body) }];
    if (kind === SECTION.omap) return [{ op: 'omap-set', entries: new Map(decodeOmap(body)) }];
    if (kind < SECTION.end) yield* this.#end(`Unexpected section type ${String.fromCharCode(kind)}`, ERRNO.EFAULT);
    yield* out(this.#call, 'Skipping unknown object section type\n');
    return [];
  }

  *#end(text: string, errno: number): Task<never> {
    yield* fail(this.#call, text);
    throw new ImportEnd(errno);
  }

  *#endFor(text: string, error: unknown): Task<never> {
    if (!(error instanceof CephError)) throw error;
    yield* fail(this.#call, `${text}: ${cppStrerror(error.errno)}`);
    return yield* this.#end(`Error inserting object: ${-error.errno}`, error.errno);
  }
}

/** An object's whole name. @ceph src/common/hobject.cc operator<< — exact */
function hobjectText({ pool, hash, nspace, locator, oid, snap }: HObjectValue): string {
  const reversed = Number.parseInt((hash >>> 0).toString(2).padStart(32, '0').split('').reverse().join(''), 2);
  const names = [nspace, locator, oid].map(escaped).join(':');
  const poolText = pool === LEAST_S64 ? '-9223372036854775808' : String(pool);
  return `#${poolText}:${reversed.toString(16).padStart(8, '0')}:${names}:${snap === NOSNAP ? 'head' : snap.toString(16)}#`;
}

function escaped(name: string): string {
  // Control characters are among what is written as a code.
  return name.replace(/[%:/\p{Cc}\x7f]/gu, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
