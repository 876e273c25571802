import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesData, bytesOfData, sliceData } from '../../../../src/engine/base/data.ts';
import { CephError, ERRNO } from '../../../../src/engine/base/errno.ts';
import { NOSNAP } from '../../../../src/engine/codec/snap.ts';
import { readImage, writeImage } from '../../../../src/engine/librbd/io/image-io.ts';
import { abortMigration } from '../../../../src/engine/librbd/migration/abort.ts';
import { commitMigration } from '../../../../src/engine/librbd/migration/commit.ts';
import { executeMigration } from '../../../../src/engine/librbd/migration/execute.ts';
import { importMigration } from '../../../../src/engine/librbd/migration/prepare-import.ts';
import { provideFiles } from '../../../../src/engine/librbd/migration/sources/file-stream.ts';
import { openForeign } from '../../../../src/engine/librbd/migration/sources/foreign-source.ts';
import { type Clusters, qcowFile } from '../../../helpers/qcow.ts';
import { Bench, KIB, pattern } from './set-up.ts';

const CLUSTER = 4096;

/** A bench that finds these files. */
function withFiles(files: Record<string, Uint8Array>): Bench {
  const bench = new Bench();
  provideFiles(bench.cluster.cost, (path) => {
    const bytes = files[path];
    if (bytes === undefined) throw new CephError('ENOENT', path);
    const data = bytesData(bytes);
    return {
      size: () => data.length,
      *readAt(off, length) {
        return sliceData(data, off, Math.min(length, data.length - off));
      },
    };
  });
  return bench;
}

const spec = (type: string, path: string, more: object = {}): string =>
  JSON.stringify({ type, stream: { type: 'file', file_path: path }, ...more });

/** Imports what the spec names under the name `i`. */
function imported(files: Record<string, Uint8Array>, source: string): Bench {
  const bench = withFiles(files);
  bench.run(importMigration(source, bench.io(), 'i'));
  return bench;
}

function content(clusters: Clusters): Uint8Array {
  const out = new Uint8Array(clusters.length * CLUSTER);
  for (const [index, each] of clusters.entries()) {
    if (typeof each === 'number') out.fill(each, index * CLUSTER, (index + 1) * CLUSTER);
  }
  return out;
}

const SNAPS = [
  { name: 's1', clusters: [1, null, 3, 4, null, null] },
  { name: 's2', clusters: [1, 2, 'zero', 5, null, null] },
] as const;
const HEAD = [9, 2, null, 5, 'zero', 7] as const;

describe('rule MG5: qcow files', () => {
  test('snapshots come along, and all states read through until they are copied', () => {
    const bench = imported({ '/a': qcowFile({ head: HEAD, snaps: SNAPS }) }, spec('qcow', '/a'));
    const check = (): void => {
      expect(bench.read('i')).toEqual(content(HEAD));
      for (const { name, clusters } of SNAPS) expect(bench.read('i', name)).toEqual(content(clusters));
    };
    check();
    bench.run(executeMigration(bench.io(), 'i'));
    check();
    bench.run(commitMigration(bench.io(), 'i'));
    // The file is not needed any more.
    provideFiles(bench.cluster.cost, (path) => {
      throw new CephError('ENOENT', path);
    });
    check();
  });

  test('a write before the copy leaves the snapshots as they were', () => {
    const bench = imported({ '/a': qcowFile({ head: HEAD, snaps: SNAPS }) }, spec('qcow', '/a'));
    bench.write('i', 100, pattern(50, 1));
    const head = content(HEAD);
    head.set(bytesOfData(pattern(50, 1)), 100);
    for (const step of ['prepared', 'executed']) {
      expect(bench.read('i'), step).toEqual(head);
      for (const { name, clusters } of SNAPS) expect(bench.read('i', name), step).toEqual(content(clusters));
      if (step === 'prepared') bench.run(executeMigration(bench.io(), 'i'));
    }
  });

  test.each([1, 2, 3] as const)('version %i', (version) => {
    const head = [1, null, 3];
    const bench = imported({ '/a': qcowFile({ head, version }) }, spec('qcow', '/a'));
    expect(bench.read('i')).toEqual(content(head));
  });

  test('an abort leaves nothing, and needs no file', () => {
    const bench = imported({ '/a': qcowFile({ head: HEAD, snaps: SNAPS }) }, spec('qcow', '/a'));
    provideFiles(bench.cluster.cost, (path) => {
      throw new CephError('ENOENT', path);
    });
    expect(bench.errno(executeMigration(bench.io(), 'i'))).toBe(ERRNO.ENOENT);
    bench.run(abortMigration(bench.io(), 'i'));
    expect(bench.objects().filter((oid) => oid.startsWith('rbd_data') || oid.startsWith('rbd_header'))).toEqual([]);
  });

  test('what is not read is refused as the real one refuses it', () => {
    const good = qcowFile({ head: [1, 2, 3] });
    const changed = (at: number, ...bytes: number[]): Uint8Array => {
      const copy = good.slice();
      copy.set(bytes, at);
      return copy;
    };
    const attempt = (bytes: Uint8Array): number => {
      const bench = withFiles({ '/a': bytes });
      return bench.errno(importMigration(spec('qcow', '/a'), bench.io(), 'i'));
    };
    expect(attempt(good)).toBe(0);
    expect(attempt(new Uint8Array(0))).toBe(ERRNO.ERANGE);
    expect(attempt(good.slice(0, 100))).toBe(ERRNO.ERANGE);
    expect(attempt(changed(0, 0))).toBe(ERRNO.EINVAL);
    expect(attempt(changed(7, 4))).toBe(ERRNO.EINVAL);
    expect(attempt(changed(23, 8))).toBe(ERRNO.EINVAL);
    expect(attempt(changed(35, 1))).toBe(ERRNO.EINVAL);
    expect(attempt(changed(31, 1))).toBe(ERRNO.EINVAL);
    expect(attempt(changed(79, 4))).toBe(ERRNO.EOPNOTSUPP);
    expect(attempt(changed(79, 16))).toBe(ERRNO.EOPNOTSUPP);
    expect(attempt(changed(79, 8))).toBe(ERRNO.EINVAL);
    expect(attempt(changed(78, 1))).toBe(ERRNO.EINVAL);
    // A backing file of four bytes' name.
    expect(attempt(changed(8, 0, 0, 0, 0, 0, 0, 0, 200, 0, 0, 0, 4))).toBe(ERRNO.EOPNOTSUPP);
    // 2^62 bytes.
    expect(attempt(changed(24, 0x40))).toBe(ERRNO.EINVAL);
  });

  test('compressed clusters: the import is there, reading them is refused', () => {
    const bytes = qcowFile({ head: [1, 2] });
    // The first entry of the only L2 table, behind two clusters: no longer COPIED, but COMPRESSED.
    bytes[3 * CLUSTER] = 0x40;
    const bench = imported({ '/a': bytes }, spec('qcow', '/a'));
    const read = (off: number): number =>
      bench.errno(
        (function* () {
          bench.with('i', (image) => readImage(image, off, 10), { readOnly: true });
        })(),
      );
    expect(read(0)).toBe(ERRNO.ERANGE);
    expect(read(CLUSTER)).toBe(0);
  });

  test('hostile files are refused or read within bounds, whatever they say', () => {
    const good = qcowFile({ head: HEAD, snaps: SNAPS });
    const structure = [...Array(112).keys(), ...tablesOf(good)];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...structure), fc.nat(255)), { minLength: 1, maxLength: 12 }),
        (changes) => {
          const bytes = good.slice();
          for (const [at, value] of changes) bytes[at] = value;
          const bench = withFiles({ '/a': bytes });
          bench.errno(
            (function* () {
              const source = yield* openForeign(bench.cluster.connect(), spec('qcow', '/a'));
              expect(source.snaps.length).toBeLessThanOrEqual(510);
              for (const id of [NOSNAP, ...source.snaps.map((snap) => snap.id)]) {
                const { length } = yield* source.read(id, 0, 6 * CLUSTER);
                expect(length).toBe(6 * CLUSTER);
              }
            })(),
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** Places of all tables: clusters that hold no run of one byte. */
function tablesOf(bytes: Uint8Array): number[] {
  const out: number[] = [];
  for (let at = CLUSTER; at < bytes.length; at += CLUSTER) {
    const cluster = bytes.subarray(at, at + CLUSTER);
    if (new Set(cluster).size > 1) for (let i = 0; i < 96; i++) out.push(at + i);
  }
  return out;
}

describe('rule MG5: raw files', () => {
  const file = bytesOfData(pattern(100 * KIB, 3));

  test('are copied whole, each state of them', () => {
    const older = file.slice(0, 60 * KIB).fill(7, 0, 512);
    const source = spec('raw', '/a', {
      snapshots: [
        { type: 'raw', name: 'one', stream: { type: 'file', file_path: '/b' } },
        { type: 'raw', stream: { type: 'file', file_path: '/b' } },
      ],
    });
    const bench = imported({ '/a': file, '/b': older }, source);
    expect(bench.read('i', 'one')).toEqual(older);
    bench.run(executeMigration(bench.io(), 'i'));
    bench.run(commitMigration(bench.io(), 'i'));
    expect(bench.read('i')).toEqual(file);
    expect(bench.read('i', 'one')).toEqual(older);
    const oid = bench.objects().find((name) => name.startsWith('rbd_data')) ?? '';
    expect(bench.listing(oid).map((line) => line.replace(/^\d+ \d+/, 'clone'))).toEqual([
      `clone ${60 * KIB} []`,
      `clone ${60 * KIB} []`,
      `head ${100 * KIB}`,
    ]);
  });

  test('a file that became shorter ends there; what was behind reads as zeros', () => {
    const files: Record<string, Uint8Array> = { '/a': file };
    const bench = imported(files, spec('raw', '/a'));
    files['/a'] = file.slice(0, 50 * KIB);
    const left = file.slice().fill(0, 50 * KIB);
    expect(bench.read('i')).toEqual(left);
    bench.run(executeMigration(bench.io(), 'i'));
    expect(bench.read('i')).toEqual(left);
  });

  test('without its file an image does not open', () => {
    const files: Record<string, Uint8Array> = { '/a': file };
    const bench = imported(files, spec('raw', '/a'));
    delete files['/a'];
    const open = bench.errno(
      (function* () {
        bench.with('i', (image) => writeImage(image, 0, pattern(1, 1)));
      })(),
    );
    expect(open).toBe(ERRNO.ENOENT);
  });

  test('source-specs that say too little or nonsense', () => {
    const bench = withFiles({ '/a': file });
    const errno = (source: string): number => bench.errno(importMigration(source, bench.io(), 'i'));
    expect(errno('[')).toBe(ERRNO.EBADMSG);
    expect(errno('{}')).toBe(ERRNO.EINVAL);
    expect(errno('{"type":"vhd"}')).toBe(ERRNO.ENOSYS);
    expect(errno('{"type":"raw"}')).toBe(ERRNO.EINVAL);
    expect(errno('{"type":"raw","stream":{"type":"file"}}')).toBe(ERRNO.EINVAL);
    expect(errno('{"type":"raw","stream":{"type":"ftp"}}')).toBe(ERRNO.ENOSYS);
    expect(errno(spec('raw', '/a', { snapshots: 3 }))).toBe(ERRNO.EINVAL);
    expect(errno(spec('raw', '/a', { snapshots: [3] }))).toBe(ERRNO.EINVAL);
    expect(errno(spec('raw', '/a', { snapshots: [{ type: 'qcow' }] }))).toBe(ERRNO.ENOSYS);
    expect(errno(spec('raw', '/b'))).toBe(ERRNO.ENOENT);
    expect(errno(spec('raw', '/a'))).toBe(0);
    expect(errno(spec('raw', '/a'))).toBe(ERRNO.EEXIST);
  });
});
