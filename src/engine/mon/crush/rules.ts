import { addSimpleRule, removeRule, renameRule, ruleIdOf, type SimpleRule } from '../../crush/edit/rules.ts';
import { done, type MonAnswer, refused } from '../mon-answer.ts';
import type { Monitor } from '../monitor.ts';
import { crushCommand, editOrAnswer, publishCrush } from './publish-crush.ts';

/**
 * Makes a rule that spreads over buckets of one type. One of that name is no error, whatever it does.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd crush rule create-simple", "osd crush rule create-replicated"
 */
export function createCrushRule(monitor: Monitor, rule: Omit<SimpleRule, 'type'>): MonAnswer {
  return crushCommand(monitor, (crush) => {
    if (ruleIdOf(crush, rule.name) !== undefined) return done(`rule ${rule.name} already exists`);
    const added = editOrAnswer(() => addSimpleRule(crush, { ...rule, type: 'replicated' }));
    if ('refusal' in added) return added.refusal;
    return publishCrush(monitor, added.crush, '', `rule ${rule.name} created`);
  });
}

/** @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd crush rule rm" — exact */
export function removeCrushRule(monitor: Monitor, name: string): MonAnswer {
  return crushCommand(monitor, (crush) => {
    const id = ruleIdOf(crush, name);
    if (id === undefined) return done(`rule ${name} does not exist`);
    const used = [...monitor.map().pools.values()].some(({ crushRule }) => crushRule === id);
    if (used) return refused('EBUSY', `crush rule ${name} (${id}) is in use`);
    return publishCrush(monitor, removeRule(crush, id), '', `rule ${name} removed`);
  });
}

/** @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd crush rule rename" — exact */
export function renameCrushRule(monitor: Monitor, from: string, to: string): MonAnswer {
  return crushCommand(monitor, (crush) => {
    if (from === '' || to === '')
      return refused('EINVAL', 'must specify both source rule name and destination rule name');
    if (from === to) return done('destination rule name is equal to source rule name');
    if (ruleIdOf(crush, from) === undefined && ruleIdOf(crush, to) !== undefined)
      return done(`already renamed to '${to}'`);
    const renamed = editOrAnswer(() => renameRule(crush, from, to));
    if ('refusal' in renamed) return renamed.refusal;
    return publishCrush(monitor, renamed.crush, '', `rule ${from} renamed to ${to}`);
  });
}
