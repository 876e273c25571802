import { expect, test } from 'vitest';
import { type OpTrace, traceKind } from '../../../../src/engine/base/op-trace.ts';
import { totalsOf, writeAmplification } from '../../../../src/engine/base/trace-totals.ts';
import { writeImage } from '../../../../src/engine/librbd/io/image-io.ts';
import { tracesOf } from '../../../helpers/traces.ts';
import { Bench, KIB, MIB, pattern } from './set-up.ts';

/** Writes 4 KiB into a clone whose object is still the parent's. */
function writeIntoClone(prepare: (bench: Bench) => void): readonly OpTrace[] {
  const bench = new Bench();
  bench.create('p', 8 * MIB);
  bench.write('p', 0, pattern(8 * MIB, 1));
  bench.snap('p', 's', true);
  bench.clone('p', 's', 'c');
  prepare(bench);
  return tracesOf(bench.cluster, () => bench.with('c', (image) => writeImage(image, 8 * KIB, pattern(4 * KIB, 2))))
    .traces;
}

test('4 KiB into a clone are one read and two writes: the parent’s object, its copy, and the change', () => {
  const traces = writeIntoClone(() => undefined);
  const content = traces.filter((trace) => traceKind(trace) !== 'meta');
  expect(content.map((trace) => [traceKind(trace), trace.ops.map(({ name }) => name)])).toEqual([
    ['read', [`sparse-read 0~${4 * MIB}`]],
    ['copyup', ['call rbd.sparse_copyup', 'write 8192~4096']],
  ]);
  const totals = totalsOf(traces);
  expect(totals).toMatchObject({
    reads: 1,
    writes: 2,
    copyups: 1,
    clientReadBytes: 4 * MIB,
    clientWrittenBytes: 4 * KIB,
    copiedUpBytes: 4 * MIB,
    clones: 0,
  });
  expect(writeAmplification(totals)).toBeGreaterThan(3 * 1025);
});

test('in a clone with a snapshot the OSD keeps the copy for it, and copies nothing once more', () => {
  const traces = writeIntoClone((bench) => bench.snap('c', 'mine'));
  const [copyup, change] = traces.filter((trace) => ['copyup', 'write'].includes(traceKind(trace)));
  expect(copyup).toMatchObject({ sentBytes: 4 * MIB, clone: null });
  expect(change).toMatchObject({ sentBytes: 4 * KIB, clone: { sharedBytes: 4 * MIB } });
  expect(totalsOf(traces)).toMatchObject({ reads: 1, writes: 2, clones: 1, sharedBytes: 4 * MIB });
});
