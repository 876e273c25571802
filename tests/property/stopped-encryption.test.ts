import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesData, bytesOfData } from '../../src/engine/base/data.ts';
import { CephError } from '../../src/engine/base/errno.ts';
import type { Task } from '../../src/engine/base/task.ts';
import { utf8Encode } from '../../src/engine/base/utf8.ts';
import { type EncryptionSpec, loadEncryption } from '../../src/engine/librbd/crypto/load-crypto.ts';
import type { ImageCtx } from '../../src/engine/librbd/image-ctx.ts';
import { readImage, writeImage } from '../../src/engine/librbd/io/image-io.ts';
import { withImage } from '../../src/engine/librbd/open.ts';
import { deniedObjects, imageBytes, orphanObjects } from '../helpers/cluster-checks.ts';
import { TestMachine } from '../helpers/machine.ts';
import { propertyRuns } from '../helpers/property-runs.ts';
import { qcowFile } from '../helpers/qcow.ts';

const MOST_STEPS = 100_000;
/** After that long, virtually, the watch of a dead client is gone. */
const WATCH_TIMEOUT_US = 31_000_000;
const KIB = 1024;

const luks = (text: string): EncryptionSpec => ({ format: 'luks', passphrase: utf8Encode(text) });
const BOTH = [luks('other'), luks('secret')];

/** A machine on which lines can be stopped. */
class Stopping {
  readonly machine = new TestMachine({ osds: 3, osdsPerHost: 1 }, true);

  constructor() {
    this.must('ceph osd pool create p 8; rbd pool init p; printf secret > pw; printf other > pw2');
  }

  must(...lines: string[]): void {
    for (const line of lines) this.machine.must(line);
  }

  io() {
    return this.machine.cluster.connect().ioCtx('p');
  }

  /** Runs a line for a share of its steps, then drops it as Ctrl-C does; lets the dead client's watch time out. */
  stop(line: string, share: number): void {
    const { records } = this.machine.cluster;
    records.commit();
    const { steps } = this.machine.runSteps(line, MOST_STEPS);
    records.rollback();
    this.machine.resume();
    this.machine.runSteps(line, Math.round(share * steps));
    this.machine.cluster.advance(WATCH_TIMEOUT_US);
  }

  opened<T>(specs: readonly EncryptionSpec[], body: (image: ImageCtx) => Task<T>): T {
    return this.machine.cluster.run(
      withImage(this.io(), { name: 'c' }, {}, function* (image) {
        yield* loadEncryption(image, specs);
        return yield* body(image);
      }),
    );
  }

  plain(specs: readonly EncryptionSpec[]): Uint8Array {
    return bytesOfData(this.opened(specs, (image) => readImage(image, 0, 160 * KIB)));
  }
}

/** A clone with a header of its own, of an encrypted image; both hold something. */
function family(snap: boolean): { stopping: Stopping; held: Uint8Array } {
  const stopping = new Stopping();
  stopping.must('rbd create p/a --size 2304K --object-size 64K; rbd encryption format p/a luks1 pw');
  const bytes = new Uint8Array(120 * KIB).map((_, i) => (i * 7) >> 3);
  stopping.machine.must('rbd device map -t nbd p/a -o encryption-passphrase-file=pw');
  stopping.machine.shell.files.put('/root/f', bytesData(bytes));
  stopping.must('dd if=f of=/dev/nbd0 bs=4096', 'rbd device unmap -t nbd p/a');
  stopping.must('rbd snap create p/a@s --no-progress; rbd snap protect p/a@s');
  stopping.must('rbd clone p/a@s p/c --object-size 128K; rbd encryption format p/c luks1 pw2 --cipher-alg aes-128');
  if (snap) stopping.must('rbd snap create p/c@mine --no-progress');
  stopping.opened(BOTH, (image) => writeImage(image, 50 * KIB + 3, bytesData(new Uint8Array(5000).fill(9))));
  const held = new Uint8Array(160 * KIB);
  held.set(bytes);
  held.fill(9, 50 * KIB + 3, 50 * KIB + 5003);
  return { stopping, held };
}

const share = fc.nat(1000).map((each) => each / 1000);

test('EN4: a flatten with passphrases that is stopped is ended by the next', () => {
  fc.assert(
    fc.property(share, fc.boolean(), (part, snap) => {
      const { stopping, held } = family(snap);
      const flatten = 'rbd flatten p/c --no-progress --encryption-passphrase-file pw2';
      const line = `${flatten} --encryption-passphrase-file pw`;
      stopping.stop(line, part);
      const flat = !stopping.machine.must('rbd info p/c').includes('parent:');
      const specs = flat ? [luks('other')] : BOTH;
      expect(Buffer.compare(stopping.plain(specs), held)).toBe(0);
      if (!flat) stopping.must(line);
      expect(Buffer.compare(stopping.plain([luks('other')]), held)).toBe(0);
      expect(deniedObjects(stopping.machine.cluster, stopping.io(), 'c')).toEqual([]);
    }),
    propertyRuns(4),
  );
});

test('EN1: a format that is stopped is ended by the next', () => {
  fc.assert(
    fc.property(share, fc.constantFrom('luks1', 'luks2'), (part, format) => {
      const stopping = new Stopping();
      stopping.must('rbd create p/c --size 17M --object-size 4M');
      const line = `rbd encryption format p/c ${format} pw`;
      stopping.stop(line, part);
      stopping.must(line);
      expect(stopping.plain([luks('secret')]).every((byte) => byte === 0)).toBe(true);
      expect(deniedObjects(stopping.machine.cluster, stopping.io(), 'c')).toEqual([]);
    }),
    propertyRuns(4),
  );
});

const SNAPS = [{ name: 's', clusters: [1, 2, null, 4] }] as const;
const HEAD = [9, null, 3, 4] as const;
const SPEC = '{"type":"qcow","stream":{"type":"file","file_path":"/root/q"}}';

test('MG5: an import of a file that is stopped can be given up, or goes on', () => {
  fc.assert(
    fc.property(share, fc.constantFrom('prepare', 'execute', 'commit', 'abort'), (part, stopped) => {
      const stopping = new Stopping();
      const { machine } = stopping;
      machine.shell.files.put('/root/q', bytesData(qcowFile({ head: HEAD, snaps: SNAPS })));
      const lines = {
        prepare: `rbd migration prepare --import-only --source-spec '${SPEC}' p/i --object-size 4K`,
        execute: 'rbd migration execute p/i --no-progress',
        commit: 'rbd migration commit p/i --no-progress',
        abort: 'rbd migration abort p/i --no-progress',
      };
      const order = ['prepare', 'execute', 'commit'] as const;
      for (const step of order) {
        if (step === stopped || (stopped === 'abort' && step === 'commit')) break;
        stopping.must(lines[step]);
      }
      stopping.stop(lines[stopped], part);
      if (stopped === 'prepare' || stopped === 'abort') {
        const { code } = machine.run(lines.abort);
        // Without a word of the migration in it, it is an image as any other.
        if (code !== 0) machine.run('rbd rm p/i --no-progress');
        expect(machine.must('rbd ls p')).toBe('');
        expect(orphanObjects(machine.cluster, stopping.io())).toEqual([]);
        for (const step of order) stopping.must(lines[step]);
      } else {
        machine.run(lines.execute);
        machine.run(lines.commit);
      }
      expectImported(stopping);
    }),
    propertyRuns(12),
  );
});

function expectImported({ machine }: Stopping): void {
  const bytes = (clusters: readonly (number | null)[]): Uint8Array =>
    Uint8Array.from(clusters.flatMap((each) => Array.from({ length: 4096 }, () => each ?? 0)));
  machine.must('rm q');
  const pool = machine.cluster.connect().ioCtx('p');
  expect(machine.must('rbd info p/i')).not.toContain('migrating');
  expect(imageBytes(machine.cluster, pool, 'i')).toEqual(bytes(HEAD));
  expect(imageBytes(machine.cluster, pool, 'i', 's')).toEqual(bytes(SNAPS[0].clusters));
  expect(orphanObjects(machine.cluster, pool)).toEqual([]);
}

test('a passphrase that is wrong leaves everything as it was', () => {
  const { stopping, held } = family(false);
  expect(() => stopping.plain([luks('other')])).toThrow(CephError);
  expect(stopping.machine.run('rbd flatten p/c --no-progress --encryption-passphrase-file pw2').code).toBe(1);
  expect(Buffer.compare(stopping.plain(BOTH), held)).toBe(0);
});
