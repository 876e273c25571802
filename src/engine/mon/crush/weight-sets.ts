import { type CrushMap, DEFAULT_CHOOSE_ARGS } from '../../crush/crush-map.ts';
import { createChooseArgs, removeChooseArgs } from '../../crush/edit/buckets.ts';
import { adjustChooseArgs, positionsOf } from '../../crush/edit/choose-args.ts';
import { edited, openDraft } from '../../crush/edit/draft.ts';
import { checkedWeight } from '../../crush/edit/weights.ts';
import { idOfName } from '../../crush/tree.ts';
import { RELEASES } from '../../osdmap/names.ts';
import { done, type MonAnswer, refused } from '../mon-answer.ts';
import type { Monitor } from '../monitor.ts';
import { crushCommand, publishCrush } from './publish-crush.ts';

/** A pool's own weight set, by the pool's name; that which all others have, where there is no name. */
export type WeightSetOwner = string | undefined;

/**
 * Makes a weight set out of the weights of the tree, for one pool or for all.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd crush weight-set create", "… create-compat" — exact
 */
export function createWeightSet(monitor: Monitor, owner: WeightSetOwner, mode: string): MonAnswer {
  return crushCommand(monitor, (crush) => {
    if ([...crush.buckets.values()].some(({ alg }) => alg !== 'straw2'))
      return refused('EPERM', 'crush map contains one or more bucket(s) that are not straw2');
    const tooOld = owner === undefined ? undefined : needsLuminous(monitor);
    if (tooOld !== undefined) return tooOld;
    const key = keyOf(monitor, owner);
    if (key === undefined) return noSuchPool(owner);
    const positions = mode === 'positional' ? (monitor.map().pools.get(key)?.size ?? 1) : 1;
    if (crush.chooseArgs.has(key)) {
      return done(
        owner === undefined ? 'compat weight-set already created' : `weight-set for pool '${owner}' already created`,
      );
    }
    return publishCrush(monitor, createChooseArgs(crush, key, positions), '', 'weight-set created');
  });
}

/** Sets of single pools are nothing for clients before luminous. */
function needsLuminous(monitor: Monitor): MonAnswer | undefined {
  const allowed = monitor.map().requireMinCompatClient;
  if (RELEASES.indexOf(allowed) >= RELEASES.indexOf('luminous')) return undefined;
  return refused(
    'EPERM',
    `require_min_compat_client ${allowed} < luminous, which is required for per-pool weight-sets. ` +
      `Try 'ceph osd set-require-min-compat-client luminous' before using the new interface`,
  );
}

/** @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd crush weight-set rm", "… rm-compat" — exact */
export function removeWeightSet(monitor: Monitor, owner: WeightSetOwner): MonAnswer {
  return crushCommand(monitor, (crush) => {
    const key = keyOf(monitor, owner);
    if (key === undefined) return noSuchPool(owner);
    return publishCrush(monitor, removeChooseArgs(crush, key), '', 'weight-set removed');
  });
}

/**
 * Gives an item other weights in a weight set, one for each position.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd crush weight-set reweight", "… reweight-compat" — exact
 */
export function reweightInWeightSet(
  monitor: Monitor,
  owner: WeightSetOwner,
  item: string,
  weights: readonly number[],
): MonAnswer {
  return crushCommand(monitor, (crush) => {
    const key = keyOf(monitor, owner);
    if (key === undefined) return noSuchPool(owner);
    const problem = missingWeightSet(crush, key, owner, weights.length);
    if (problem !== undefined) return problem;
    const id = idOfName(crush, item);
    if (id === undefined) return refused('ENOENT', `item '${item}' does not exist`);
    const fixed = weights.map(checkedWeight);
    const changed = edited(crush, (draft) => {
      adjustChooseArgs(draft, draft.chooseArgs.get(key) ?? new Map(), id, fixed);
    });
    return publishCrush(monitor, changed, '', `weight-set: ${item} reweighted`);
  });
}

function missingWeightSet(crush: CrushMap, key: number, owner: WeightSetOwner, given: number): MonAnswer | undefined {
  const args = openDraft(crush).chooseArgs.get(key);
  if (owner === undefined) {
    return args === undefined ? refused('ENOENT', 'no backward-compatible weight-set') : undefined;
  }
  if (args === undefined) return refused('ENOENT', `no weight-set for pool '${owner}'`);
  const positions = positionsOf(args);
  return given === positions ? undefined : refused('EINVAL', `must specify exact ${positions} weight values`);
}

function keyOf(monitor: Monitor, owner: WeightSetOwner): number | undefined {
  return owner === undefined ? DEFAULT_CHOOSE_ARGS : monitor.findPool(owner)?.id;
}

function noSuchPool(owner: WeightSetOwner): MonAnswer {
  return refused('ENOENT', `pool '${owner}' not found`);
}
