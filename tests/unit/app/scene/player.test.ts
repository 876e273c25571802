import { expect, test } from 'vitest';
import { movesOf } from '../../../../src/app/scene/choreography/moves.ts';
import { Player } from '../../../../src/app/scene/player.ts';
import { makeCluster } from '../../../scene/fixtures/clusters.ts';
import { storyEvents } from '../../../scene/fixtures/events.ts';
import { stories } from '../../../scene/fixtures/stories.ts';

const view = stories.story?.() ?? makeCluster({ hosts: 3, osdsPerHost: 3, pools: [], images: [] });
const story = storyEvents(view);

/** A player whose clock is moved by hand. */
function handPlayer() {
  const ticks = new Set<(now_ms: number) => void>();
  let now_ms = 0;
  const player = new Player((tick) => {
    ticks.add(tick);
    return () => ticks.delete(tick);
  }, movesOf);
  const pass = (ms: number) => {
    for (let left = ms; left > 0; left -= 16) {
      now_ms += Math.min(16, left);
      for (const tick of [...ticks]) tick(now_ms);
    }
  };
  const feed = (seq: number) => player.feed(seq, story.events, story.before, story.after);
  return { player, pass, feed, ticking: () => ticks.size };
}

test('it plays to the end and then takes no more frames', () => {
  const { player, pass, feed, ticking } = handPlayer();
  feed(1);
  expect(player.getState()).toMatchObject({ playing: true, index: 1, total: 6, atEnd: false });
  expect(ticking()).toBe(1);
  pass(4000);
  expect(player.getState().atEnd).toBe(true);
  expect(ticking()).toBe(0);
});

test('speed changes how fast it goes, not what is shown', () => {
  const { player, pass, feed } = handPlayer();
  player.setSpeed(0.5);
  feed(1);
  pass(900);
  expect(player.getState().move?.kind).toBe('cow');
  player.faster();
  player.faster();
  expect(player.getState().speed).toBe(2);
  pass(200);
  expect(player.getState().move?.kind).toBe('write');
});

test('paused it stands before a move; a step plays that one and stops, and what comes next waits at its start', () => {
  const { player, pass, feed, ticking } = handPlayer();
  feed(1);
  player.pause();
  expect(player.getState()).toMatchObject({ playing: false, index: 1 });
  expect(ticking()).toBe(0);
  player.stepForward();
  pass(250);
  expect(player.frame().legs).toHaveLength(1);
  pass(400);
  expect(player.getState()).toMatchObject({ playing: false, index: 2 });
  expect(player.frame().legs.map((leg) => leg.progress)).toEqual([0]);
  expect(ticking()).toBe(0);
});

test('a second step while one is played ends it; a step back returns before the last', () => {
  const { player, pass, feed } = handPlayer();
  feed(1);
  player.pause();
  player.stepForward();
  pass(100);
  player.stepForward();
  expect(player.getState().index).toBe(2);
  player.stepForward();
  pass(1000);
  expect(player.getState().index).toBe(3);
  player.stepBack();
  expect(player.getState().index).toBe(2);
  player.play();
  pass(4000);
  expect(player.getState().atEnd).toBe(true);
});

test('a new command brings the last one to its end at once', () => {
  const { player, pass, feed } = handPlayer();
  feed(1);
  pass(700);
  player.begin(2);
  expect(player.frame()).toMatchObject({ legs: [], flashes: [], holds: [] });
  expect(player.getState()).toMatchObject({ seq: 2, total: 0 });
  feed(3);
  expect(player.getState()).toMatchObject({ seq: 3, index: 1, total: 6 });
});

test('paused, a new command waits before its first move', () => {
  const { player, feed } = handPlayer();
  player.pause();
  feed(1);
  expect(player.getState()).toMatchObject({ playing: false, index: 1, atEnd: false });
});

test('reduced motion shows the end state at once, with a list of what changed', () => {
  const { player, feed, ticking } = handPlayer();
  player.setReduced(true);
  feed(1);
  expect(ticking()).toBe(0);
  expect(player.frame()).toMatchObject({ legs: [], holds: [] });
  expect(player.getState().changes.map((it) => [it.kind, it.count])).toEqual([
    ['cow', 1],
    ['write', 2],
    ['copy-up', 1],
    ['omap', 1],
  ]);
});

test('jump to the end', () => {
  const { player, feed, ticking } = handPlayer();
  feed(1);
  player.toEnd();
  expect(player.getState().atEnd).toBe(true);
  expect(ticking()).toBe(0);
});

test('watchers hear of changes of state, painters of every frame, until they leave', () => {
  const { player, pass, feed } = handPlayer();
  let states = 0;
  let frames = 0;
  const leave = player.subscribe(() => states++);
  const stop = player.onFrame(() => frames++);
  feed(1);
  pass(320);
  expect(states).toBeLessThan(4);
  expect(frames).toBeGreaterThan(10);
  leave();
  stop();
  const seen = [states, frames];
  pass(2000);
  expect([states, frames]).toEqual(seen);
});
