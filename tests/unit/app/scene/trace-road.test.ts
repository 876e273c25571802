import { describe, expect, it } from 'vitest';
import { roadOf, strokeOf } from '../../../../src/app/scene/trace/road.ts';
import { stepsOf } from '../../../../src/app/scene/trace/steps.ts';
import type { OpTrace, TracedMember } from '../../../../src/engine/base/op-trace.ts';

function member(osd: number, role: TracedMember['role'], writtenBytes = 4096): TracedMember {
  const receivedBytes = role === 'primary' ? 0 : writtenBytes;
  return { osd, shard: null, role, readBytes: 0, writtenBytes, sentBytes: 0, receivedBytes };
}

const WRITE: OpTrace = {
  cause: 'client',
  reqid: 'client.4200.0:7',
  ops: [{ name: 'write 0~4096', readBytes: 0, writtenBytes: 4096, part: 'data', removes: false }],
  pool: 2,
  nspace: '',
  oid: 'o',
  snap: null,
  hash: 0x1a,
  pgid: '2.1a',
  epoch: 31,
  members: [member(3, 'primary'), member(8, 'replica'), member(1, 'replica')],
  sentBytes: 4096,
  answeredBytes: 0,
  clone: { snap: 4, sharedBytes: 65_536 },
  stripes: null,
  decoded: [],
  version: "31'2",
  logEntries: 2,
  error: null,
};

const PUSH: OpTrace = {
  ...WRITE,
  cause: 'recovery',
  sentBytes: 0,
  clone: null,
  version: null,
  members: [member(3, 'source', 0), member(8, 'target')],
};

describe.each([1100, 330])('a road in a width of %i', (width) => {
  it.each([
    ['write', WRITE],
    ['push', PUSH],
  ])('a %s keeps within it, and no two stations overlap', (_, trace) => {
    const { boxes, height } = roadOf(trace, width);
    for (const { x, y, width: wide, height: high } of boxes) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(x + wide).toBeLessThanOrEqual(width);
      expect(y + high).toBeLessThanOrEqual(height);
    }
    for (const [at, a] of boxes.entries())
      for (const b of boxes.slice(at + 1)) {
        const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
        expect(apart).toBe(true);
      }
  });

  it('a write goes by client, PG and primary to the replicas, and its answers come back', () => {
    const { boxes, arrows, notes } = roadOf(WRITE, width);
    expect(boxes.map(({ kind, member: of }) => of?.role ?? kind)).toEqual([
      'client',
      'pg',
      'primary',
      'replica',
      'replica',
    ]);
    expect(arrows.filter(({ back }) => !back).map(({ bytes }) => bytes)).toEqual([4096, 4096, 4096, 4096]);
    expect(arrows.filter(({ back }) => back)).toHaveLength(4);
    expect(notes.map(({ kind }) => kind)).toEqual(['clone']);
  });

  it('recovery begins at the PG: no client asked for it', () => {
    const { boxes } = roadOf(PUSH, width);
    expect(boxes.map(({ kind, member: of }) => of?.role ?? kind)).toEqual(['pg', 'source', 'target']);
  });
});

it('tells the same in words', () => {
  expect(stepsOf(WRITE).map(({ step }) => step)).toEqual(['place', 'send', 'clone', 'write', 'log', 'answer']);
  expect(stepsOf(PUSH).map(({ step }) => step)).toEqual(['place', 'push']);
  const refused = { ...WRITE, error: 'ENOENT', version: null, clone: null };
  expect(stepsOf(refused).map(({ step }) => step)).toEqual(['place', 'send', 'refuse']);
});

it('draws more bytes thicker', () => {
  expect(strokeOf(0)).toBe(1);
  expect(strokeOf(4096)).toBeLessThan(strokeOf(4 * 1024 * 1024));
  expect(strokeOf(2 ** 50)).toBe(4.5);
});
