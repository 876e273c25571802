import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frameAt, moveAt } from '../../../../../src/app/scene/choreography/frame.ts';
import { linksCut, linksHeld } from '../../../../../src/app/scene/choreography/held-links.ts';
import { movesOf } from '../../../../../src/app/scene/choreography/moves.ts';
import {
  CROWD_FROM,
  EMPTY_PLAN,
  extendPlan,
  MOVES_MOST,
  type Move,
  type Plan,
} from '../../../../../src/app/scene/choreography/plan.ts';
import type { Anchor } from '../../../../../src/app/scene/geometry.ts';
import type { ClusterView } from '../../../../../src/protocol/view.ts';
import { makeCluster } from '../../../../scene/fixtures/clusters.ts';
import { storyEvents } from '../../../../scene/fixtures/events.ts';
import { stories } from '../../../../scene/fixtures/stories.ts';

const VM1 = '10b5c13fc28a';
const view = stories.story?.() ?? makeCluster({ hosts: 3, osdsPerHost: 3, pools: [], images: [] });
const story = storyEvents(view);
const moves = movesOf(story.events, story);
const plan = extendPlan(EMPTY_PLAN, moves, 0);

function plain(count: number): readonly Move[] {
  return Array.from({ length: count }, () => ({
    kind: 'write',
    ms: 600,
    legs: [],
    flashes: [],
    holds: [],
    values: {},
  }));
}

test('the story gives one move an event, of the kinds that the stage knows', () => {
  expect(moves.map((move) => move.kind)).toEqual(['cow', 'write', 'copy-up', 'write', 'read-through', 'omap']);
});

test('a write goes from the prompt to the cell, its PG, the primary, all replicas, and back', () => {
  const legs = moves[1]?.legs ?? [];
  expect(legs.map((leg) => `${leg.from.kind}>${leg.to.kind}${leg.look === 'ack' ? ' ack' : ''}`)).toEqual([
    'prompt>cell',
    'cell>pg',
    'pg>osd',
    'osd>osd',
    'osd>osd',
    'osd>osd ack',
    'osd>osd ack',
    'osd>cell ack',
  ]);
  expect(moves[1]?.ms).toBe(600);
  expect(moves[0]?.ms).toBe(500);
});

test('the copy on write flies from the head to the lane of the snapshot that keeps it', () => {
  const leg = moves[0]?.legs[0];
  expect(leg?.from).toMatchObject({ kind: 'cell', snap: null, objectNo: 2 });
  expect(leg?.to).toMatchObject({ kind: 'cell', snap: 7, objectNo: 2 });
});

test('a copy-up flies from the ancestor that held the bytes before', () => {
  expect(moves[2]?.legs[0]?.from).toMatchObject({ kind: 'cell', imageId: '1075adf4decb', objectNo: 2 });
});

test('a cell that changes keeps its old look until what moves has arrived, and only in the first move on it', () => {
  expect(moves[0]?.holds.map((hold) => hold.kind)).toEqual(['shared']);
  const holds = moves.flatMap((move) =>
    move.holds.map((hold) => `${hold.at.imageId}@${hold.at.snap}#${hold.at.objectNo}`),
  );
  expect(new Set(holds).size).toBe(holds.length);
});

const withOsd = (id: number, part: Partial<ClusterView['osds'][number]>): ClusterView => ({
  ...view,
  osds: view.osds.map((osd) => (osd.id === id ? { ...osd, ...part } : osd)),
});
const led = view.pgs.filter((pg) => pg.acting.includes(5));

test('an OSD that dies is crossed, the corners of its PGs are cut, and the copies that are left light', () => {
  const [move] = movesOf([], { before: view, after: withOsd(5, { up: false }) });
  expect(move?.kind).toBe('osd-down');
  expect(move?.values.pgs).toBe(led.length);
  const of = (look: string) => move?.flashes.filter((flash) => flash.look === look) ?? [];
  expect(of('cross').map((flash) => flash.at)).toEqual([{ kind: 'osd', id: 5 }]);
  expect(of('corner')).toHaveLength(led.length);
  const peers = led.flatMap((pg) => pg.acting.filter((id) => id !== 5).map((id) => `${id}/${pg.pgid}`));
  const lit = of('ring').map(({ at }) => (at.kind === 'osd' ? `${at.id}/${at.pgid}` : ''));
  expect(lit).toEqual(peers);
});

test('an OSD that is out is not crossed: its PGs light, and each lets go of it before it takes another', () => {
  const event = { type: 'osd/pg-remapped', pgid: '3.1a', from: [5, 1, 7], to: [4, 1, 7] } as const;
  const moved = movesOf([{ at_us: 0, event }], { before: view, after: withOsd(5, { in: false }) });
  expect(moved.map((move) => [move.kind, move.values.pgs])).toEqual([
    ['osd-out', led.length],
    ['pg-remapped', undefined],
  ]);
  expect(moved.flatMap((move) => move.flashes.map((flash) => flash.look))).not.toContain('cross');
  expect(moved[1]?.legs.map(({ from, to, look }) => `${nameOf(from)}>${nameOf(to)} ${look}`)).toEqual([
    'osd.5>pg packet',
    'pg>osd.4 line',
  ]);
});

test('recovery of an object flows from each OSD that it is read from to the one that lacks it', () => {
  const event = { type: 'osd/object-recovered', pgid: '3.1a', oid: 'a', from: [1, 7], to: 4, bytes: 4096 } as const;
  const [move] = movesOf([{ at_us: 0, event }], { before: view, after: view });
  expect(move?.legs.map(({ from, to, look }) => `${nameOf(from)}>${nameOf(to)} ${look}`)).toEqual([
    'osd.1>osd.4 block',
    'osd.7>osd.4 block',
  ]);
  expect(move?.values).toMatchObject({ oid: 'a', from: 'osd.1, osd.7', to: 4 });
});

function nameOf(anchor: Anchor): string {
  return anchor.kind === 'osd' ? `osd.${anchor.id}` : anchor.kind;
}

test('an image that was cut off keeps its link until that has been told and seen', () => {
  const event = { type: 'rbd/detached-from-parent', pool: 3, image: 'vm1_disk', imageId: VM1, parent: 'x' } as const;
  const after = { ...view, images: view.images.map((it) => (it.id === VM1 ? { ...it, parent: null } : it)) };
  const cut = linksCut(view, after);
  expect(cut.map((link) => link.parent.spec)).toEqual(['images/cirros@snap']);
  const at = (made: Plan, at_ms: number, ended = false) => linksHeld(cut, made, { kind: 'flow', at_ms }, ended).length;
  const untold = extendPlan(EMPTY_PLAN, plain(2), 0);
  expect([at(untold, 0), at(untold, 1200), at(untold, 0, true), at(untold, 1200, true)]).toEqual([1, 1, 1, 0]);
  const told = extendPlan(untold, movesOf([{ at_us: 0, event }], { before: after, after }), 0);
  expect([at(told, 0), at(told, 1700), at(told, 1800), at(told, 1800, true)]).toEqual([1, 1, 0, 0]);
});

test('the move that tells of a cut is kept though there are more moves than are drawn', () => {
  const last = plain(1).map((move) => ({ ...move, detaches: VM1 }));
  const huge = extendPlan(EMPTY_PLAN, [...plain(MOVES_MOST + 50), ...last], 0);
  expect(huge.moves.at(-1)?.detaches).toBe(VM1);
  expect(huge.uncounted).toBe(50);
});

test('few moves come one after another', () => {
  for (const [index, move] of plan.moves.entries()) {
    const before = plan.moves[index - 1];
    expect(move.start_ms).toBe(before === undefined ? 0 : before.start_ms + before.ms);
  }
});

test('many moves flow, very many are a crowd: a plan of any size ends within 12 seconds', () => {
  expect(extendPlan(EMPTY_PLAN, plain(100), 0).end_ms).toBeLessThan(8000);
  expect(extendPlan(EMPTY_PLAN, plain(3000), 0).end_ms).toBeLessThan(12_000);
  const huge = extendPlan(EMPTY_PLAN, plain(25_600), 0, 17);
  expect(huge.moves).toHaveLength(MOVES_MOST);
  expect(huge.uncounted).toBe(25_600 - MOVES_MOST + 17);
  expect(huge.end_ms).toBeLessThan(12_000);
});

test('the first few of a crowd are shown singly', () => {
  const crowd = extendPlan(EMPTY_PLAN, plain(CROWD_FROM + 100), 0);
  expect(crowd.moves[3]?.start_ms).toBe(1800);
  expect(frameAt(crowd, { kind: 'flow', at_ms: 0 }).crowd).toBe(true);
});

test('a plan fed in pieces keeps the times of what has begun, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 6 }), fc.nat(9000), (pieces, step) => {
      let now = 0;
      let made = EMPTY_PLAN;
      for (const count of pieces) {
        const begun = made.moves.filter((move) => move.start_ms < now);
        made = extendPlan(made, plain(count), now);
        expect(made.moves.slice(0, begun.length)).toEqual(begun);
        now += step;
      }
      const starts = made.moves.map((move) => move.start_ms);
      expect(starts).toEqual([...starts].sort((a, b) => a - b));
    }),
  );
});

test('a frame is a function of plan and position, and at the end nothing moves', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: plan.end_ms, noNaN: true }), (at_ms) => {
      const position = { kind: 'flow', at_ms } as const;
      expect(frameAt(plan, position)).toEqual(frameAt(plan, position));
      for (const leg of frameAt(plan, position).legs) {
        expect(leg.progress).toBeGreaterThanOrEqual(0);
        expect(leg.progress).toBeLessThanOrEqual(1);
      }
    }),
  );
  const end = frameAt(plan, { kind: 'flow', at_ms: plan.end_ms });
  expect([end.legs, end.flashes, end.holds, end.done]).toEqual([[], [], [], moves.length]);
});

test('a step shows its own move alone; those before are done, those after have not begun', () => {
  const frame = frameAt(plan, { kind: 'step', index: 2, part: 0.5 });
  expect(frame.done).toBe(2);
  expect(frame.legs.every((leg) => leg.hue === 'copied-up')).toBe(true);
  expect(moveAt(plan, { kind: 'step', index: 6, part: 0 })).toBeNull();
});
