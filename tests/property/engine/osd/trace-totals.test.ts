import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillData } from '../../../../src/engine/base/data.ts';
import { CephError } from '../../../../src/engine/base/errno.ts';
import type { OpTrace } from '../../../../src/engine/base/op-trace.ts';
import { TraceBook } from '../../../../src/engine/base/trace-book.ts';
import { totalsOf } from '../../../../src/engine/base/trace-totals.ts';
import { utf8Encode } from '../../../../src/engine/base/utf8.ts';
import type { OsdOp } from '../../../../src/engine/codec/osd-op.ts';
import { propertyRuns } from '../../../helpers/property-runs.ts';
import { settle, type TracedPool, tracedPool, tracesOf } from '../../../helpers/traces.ts';

type Step =
  | { readonly kind: 'op'; readonly oid: string; readonly op: OsdOp }
  | { readonly kind: 'snap' }
  | { readonly kind: 'drop-snap' }
  | { readonly kind: 'osd'; readonly osd: number };

const length = fc.integer({ min: 0, max: 40_000 });
const data = length.map((bytes) => fillData(bytes, 7));
const op: fc.Arbitrary<OsdOp> = fc.oneof(
  fc.record({ op: fc.constant('write' as const), off: length, data }),
  fc.record({ op: fc.constant('write-full' as const), data }),
  fc.record({ op: fc.constant('append' as const), data }),
  fc.record({ op: fc.constant('read' as const), off: length, len: length }),
  fc.record({ op: fc.constant('truncate' as const), size: length }),
  fc.record({ op: fc.constant('zero' as const), off: length, len: length }),
  fc.constant({ op: 'setxattr' as const, name: 'a', value: utf8Encode('value') }),
  fc.constant({ op: 'delete' as const }),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('op' as const), oid: fc.constantFrom('a', 'b', 'c'), op }) },
  { weight: 2, arbitrary: fc.constantFrom({ kind: 'snap' as const }, { kind: 'drop-snap' as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('osd' as const), osd: fc.integer({ min: 0, max: 5 }) }) },
);

/** Runs the steps; at most one OSD is away at a time. */
function runSteps({ cluster, io }: TracedPool, steps: readonly Step[]): void {
  const snaps: number[] = [];
  let away: number | null = null;
  for (const each of steps) {
    if (each.kind === 'snap') snaps.unshift(cluster.run(io.createSelfManagedSnap()));
    else if (each.kind === 'drop-snap') {
      const gone = snaps.pop();
      if (gone !== undefined) cluster.run(io.removeSelfManagedSnap(gone));
    } else if (each.kind === 'osd') {
      if (away !== null) cluster.daemons.start(away);
      settle(cluster);
      away = away === each.osd ? null : each.osd;
      if (away !== null) cluster.daemons.stop(away, 'in-order');
      settle(cluster);
    } else {
      try {
        cluster.run(io.withSnapContext({ seq: snaps[0] ?? 0, snaps }).operate(each.oid, [each.op]));
      } catch (error) {
        if (!(error instanceof CephError)) throw error;
      }
    }
  }
  settle(cluster);
}

/** What holds of every single trace. */
function checkTrace(trace: OpTrace, type: 'replicated' | 'erasure' | 'optimized'): void {
  const { members, ops, stripes, sentBytes, error, cause } = trace;
  const total = (of: (member: OpTrace['members'][number]) => number) =>
    members.reduce((sum, each) => sum + of(each), 0);
  expect(members[0]?.receivedBytes).toBe(0);
  expect(new Set(members.map(({ osd }) => osd)).size).toBe(members.length);
  if (cause !== 'client' || error !== null) return;
  const written = ops.reduce((sum, { writtenBytes }) => sum + writtenBytes, 0);
  expect(sentBytes).toBe(written);
  // By shards and pages, of which others tell.
  if (type === 'optimized') return;
  // A copy on each OSD, or its k-th part of whole stripes.
  const each = stripes === null ? written : stripes.writeBytes / 2;
  expect(total(({ writtenBytes }) => writtenBytes)).toBe(members[0]?.role === 'primary' ? each * members.length : 0);
  if (type === 'replicated') expect(total((member) => member.sentBytes)).toBe(0);
}

for (const type of ['replicated', 'erasure', 'optimized'] as const)
  test(`what traces of a pool of type ${type} add up to is what was counted`, () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
        const world = tracedPool(type);
        const { traces, cost } = tracesOf(world.cluster, () => runSteps(world, steps));
        const totals = totalsOf(traces);
        expect({
          requests: totals.requests,
          networkBytes: totals.networkBytes,
          readBytes: totals.diskReadBytes,
          writeBytes: totals.diskWrittenBytes,
          clones: totals.clones,
        }).toEqual({
          requests: cost.clientOps,
          networkBytes: cost.networkBytes,
          readBytes: cost.readBytes,
          writeBytes: cost.writeBytes,
          clones: cost.objectClones,
        });
        for (const trace of traces) checkTrace(trace, type);
        const book = new TraceBook(3);
        for (const [at, trace] of traces.entries()) book.add(at, trace);
        const report = book.report();
        expect(report.totals).toEqual(totals);
        expect(report.kinds.reduce((sum, each) => sum + each.totals.networkBytes, 0)).toBe(totals.networkBytes);
        expect(report.sample.length).toBeLessThanOrEqual(3 * report.kinds.length);
      }),
      propertyRuns(60),
    );
  });
