import { expect, test } from 'vitest';
import { pgBusy, setText } from '../../../../src/app/scene/marks.ts';
import { blockedPg, osdsToStart, recoveryOf, whyBlocked } from '../../../../src/app/scene/trouble.ts';
import { makeCluster } from '../../../scene/fixtures/clusters.ts';

const view = makeCluster({ hosts: 3, osdsPerHost: 3, pools: [{ name: 'p', pgNum: 4, objects: 9 }], images: [] });
const states = [
  'active+clean',
  'active+recovering+undersized+degraded',
  'active+recovery_wait+degraded',
  'undersized+degraded+peered',
];
const pgs = view.pgs.map((pg, at) => ({ ...pg, state: states[at] ?? '', ...(at === 1 ? { degraded: 5 } : {}) }));

test('recovery is counted by what PGs do and what they lack', () => {
  expect(recoveryOf(pgs)).toEqual({
    pgs: 4,
    unclean: 3,
    working: 1,
    waiting: 1,
    blocked: 1,
    degraded: 5,
    misplaced: 0,
    unfound: 0,
  });
});

test.each([
  ['down', 'down'],
  ['remapped+incomplete', 'incomplete'],
  ['stale+active+clean', 'stale'],
  ['undersized+degraded+peered', 'peered'],
  ['remapped+peering', 'peering'],
  ['active+recovery_unfound+degraded', 'unfound'],
  ['active+clean', null],
])('%s keeps requests waiting because it is %s', (state, why) => {
  expect(whyBlocked({ ...(pgs[0] ?? view.pgs[0]), state } as (typeof pgs)[number])).toBe(why);
});

test('the PG that a command waits for is found in the reason', () => {
  const pgid = pgs[2]?.pgid;
  expect(blockedPg(`PG ${pgid} is down: osd.1 may have writes`, { ...view, pgs })?.pgid).toBe(pgid);
  expect(blockedPg('waiting for a lock', { ...view, pgs })).toBeNull();
});

test('OSDs that block come first; those that run need no start', () => {
  const osds = view.osds.map((osd) => ({ ...osd, running: ![1, 4].includes(osd.id) }));
  expect(osdsToStart(osds, [4])).toEqual([4]);
  expect(osdsToStart(osds, [])).toEqual([1, 4]);
});

test('work and waiting are told from the state; holes of a set are dashes', () => {
  expect(states.map(pgBusy)).toEqual([null, 'working', 'waiting', null]);
  expect(setText([3, 0x7fffffff, 1])).toBe('[3,–,1]');
});
