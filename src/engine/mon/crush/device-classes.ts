import { CephError, cppStrerror, ERRNO } from '../../base/errno.ts';
import type { CrushMap } from '../../crush/crush-map.ts';
import { classIdOf } from '../../crush/edit/class-ids.ts';
import { isOfClass, removeDeviceClass, renameClass, setDeviceClass } from '../../crush/edit/classes.ts';
import { edited } from '../../crush/edit/draft.ts';
import { classOf } from '../../crush/tree.ts';
import type { OsdMap } from '../../osdmap/osd-map.ts';
import { done, type MonAnswer, refused } from '../mon-answer.ts';
import type { Monitor } from '../monitor.ts';
import { osdIdsOf } from '../osd-ids.ts';
import { crushCommand, editOrAnswer, publishCrush } from './publish-crush.ts';

/**
 * Gives OSDs a device class. What is no OSD is told and passed over; an OSD of another class ends it.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd crush set-device-class" — exact
 */
export function setDeviceClasses(monitor: Monitor, className: string, words: readonly string[]): MonAnswer {
  return crushCommand(monitor, (before) => {
    let text = '';
    const updated = new Set<number>();
    for (const { word, ids, problem, all } of osdIdsOf(monitor.map(), words)) {
      if (problem !== undefined) text += `${problem}, unable to parse osd id:"${word}". `;
      for (const id of ids) {
        const note = updated.has(id) ? alreadySet(id, className) : noteOf(monitor.map(), before, id, className);
        if (typeof note === 'object') return { code: note.code, text: text + note.text };
        if (note === '') updated.add(id);
        text += all ? note.replace(/set-device-class .*/, '') : note;
      }
    }
    const crush = setDeviceClass(named(before, updated), [...updated], className);
    return publishCrush(monitor, crush, `${text}set osd(s) ${idList(updated)} to class '${className}'`);
  });
}

/** What is told of an OSD that stays as it is, nothing of one that is to get the class, or why nobody gets it. */
function noteOf(map: OsdMap, crush: CrushMap, id: number, className: string): string | MonAnswer {
  if (map.osds[id] === undefined) return `osd.${id} does not exist. `;
  try {
    return isOfClass(crush, id, className) ? alreadySet(id, className) : '';
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    return { code: error.errno, text: error.context };
  }
}

function alreadySet(id: number, className: string): string {
  const item = `set-device-class item id ${id} name 'osd.${id}' device_class '${className}': no change. `;
  return `osd.${id} already set to class ${className}. ${item}`;
}

/** With a name for those OSDs that have none yet. */
function named(crush: CrushMap, ids: ReadonlySet<number>): CrushMap {
  const missing = [...ids].filter((id) => !crush.names.has(id));
  if (missing.length === 0) return crush;
  return { ...crush, names: new Map([...crush.names, ...missing.map((id) => [id, `osd.${id}`] as const)]) };
}

/** @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd crush rm-device-class" — exact */
export function removeDeviceClasses(monitor: Monitor, words: readonly string[]): MonAnswer {
  return crushCommand(monitor, (before) => {
    let text = '';
    const updated = new Set<number>();
    for (const { word, ids, problem } of osdIdsOf(monitor.map(), words)) {
      if (problem !== undefined) return refused('EINVAL', `${text}${problem}, unable to parse osd id:"${word}". `);
      for (const id of ids) {
        if (monitor.map().osds[id] === undefined) text += `osd.${id} does not exist. `;
        else if (updated.has(id) || classOf(before, id) === undefined) text += `osd.${id} belongs to no class, `;
        else updated.add(id);
      }
    }
    const crush = removeDeviceClass(before, [...updated]);
    return publishCrush(monitor, crush, `${text}done removing class of osd(s): ${idList(updated)}`);
  });
}

function idList(ids: ReadonlySet<number>): string {
  return [...ids].sort((a, b) => a - b).join(',');
}

/** @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd crush class create" — exact */
export function createDeviceClass(monitor: Monitor, name: string): MonAnswer {
  return crushCommand(monitor, (crush) => {
    if (hasClass(crush, name)) return done(`class '${name}' already exists`);
    let id = 0;
    const made = edited(crush, (draft) => {
      id = classIdOf(draft, name);
    });
    return publishCrush(monitor, made, `created class ${name} with id ${id} to crush map`);
  });
}

/** @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd crush class rename" — exact */
export function renameDeviceClass(monitor: Monitor, from: string, to: string): MonAnswer {
  return crushCommand(monitor, (crush) => {
    if (!hasClass(crush, from) && hasClass(crush, to)) return done(`already renamed to '${to}'`);
    const renamed = editOrAnswer(() => renameClass(crush, from, to));
    if ('crush' in renamed) return publishCrush(monitor, renamed.crush, `rename class '${from}' to '${to}'`);
    const { code } = renamed.refusal;
    return { code, text: `fail to rename '${from}' to '${to}' : ${cppStrerror(code)}` };
  });
}

/**
 * Removes a class; its devices have none then. EBUSY where a rule takes its shadow tree.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd crush class rm" — exact
 */
export function removeClass(monitor: Monitor, name: string): MonAnswer {
  return crushCommand(monitor, (crush) => {
    const classId = [...crush.classNames].find(([, each]) => each === name)?.[0];
    if (classId === undefined) return done('');
    const users = rulesUsing(crush, classId);
    if (users.length > 0)
      return { code: ERRNO.EBUSY, text: `class '${name}' still referenced by crush_rule(s): ${users.join(',')}` };
    const without = removeDeviceClass(crush, devicesOfClass(crush, name));
    const classNames = new Map([...without.classNames].filter(([each]) => each !== classId));
    return publishCrush(monitor, { ...without, classNames }, `removed class ${name} with id ${classId} from crush map`);
  });
}

/** Rules that take a shadow bucket of a class. @ceph src/crush/CrushWrapper.cc class_is_in_use — exact */
function rulesUsing(crush: CrushMap, classId: number): string[] {
  const shadows = new Set([...crush.classBuckets.values()].flatMap((byClass) => byClass.get(classId) ?? []));
  const rules = [...crush.rules.values()].sort((a, b) => a.id - b.id);
  const using = rules.filter(({ steps }) => steps.some((step) => step.op === 'take' && shadows.has(step.item)));
  return using.map(({ name }) => name);
}

function hasClass(crush: CrushMap, name: string): boolean {
  return [...crush.classNames.values()].includes(name);
}

/** Devices of a class, by id. */
export function devicesOfClass(crush: CrushMap, name: string): number[] {
  const devices = [...crush.deviceClasses].filter(([id, each]) => id >= 0 && crush.classNames.get(each) === name);
  return devices.map(([id]) => id).sort((a, b) => a - b);
}

/** Names of rules that take only devices of a class, by rule id; undefined where there is no such class. */
export function rulesOfClass(crush: CrushMap, name: string): string[] | undefined {
  const found = [...crush.classNames].find(([, each]) => each === name);
  return found === undefined ? undefined : rulesUsing(crush, found[0]);
}
