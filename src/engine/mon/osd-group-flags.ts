import { idOfName } from '../crush/tree.ts';
import { PLAIN_MAP, PLAIN_OSD } from '../osdmap/extra.ts';
import type { OsdMap } from '../osdmap/osd-map.ts';
import { OSD_STATE } from '../osdmap/osd-state.ts';
import { done, type MonAnswer, refused } from './mon-answer.ts';
import type { Monitor } from './monitor.ts';
import { osdIdsOf } from './osd-ids.ts';
import { changeOsds } from './osd-state.ts';

const FLAGS = ['noup', 'nodown', 'noin', 'noout'] as const;

/** What a list of names stands for. */
interface Group {
  readonly osds: number[];
  readonly nodes: number[];
  readonly classes: number[];
  text: string;
}

/**
 * Sets flags of OSDs, of CRUSH nodes and of device classes, or takes them back; `flags` with commas between.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd set-group", "osd unset-group" — exact; the flags are kept and
 *   shown, nothing else is done by them
 */
export function setGroupFlags(monitor: Monitor, flags: string, who: readonly string[], on: boolean): MonAnswer {
  monitor.received();
  let bits = 0;
  for (const flag of flags.split(',').filter((word) => word !== '')) {
    const known = FLAGS.find((each) => each === flag);
    if (known === undefined)
      return refused('EINVAL', `unrecognized flag '${flag}', must be one of {noup,nodown,noin,noout}`);
    bits |= OSD_STATE[known];
  }
  const group = groupOf(monitor.map(), who);
  const { osds, nodes, classes, text } = group;
  if (osds.length + nodes.length + classes.length === 0) return refused('EINVAL', text);
  const there = osds.filter((id) => monitor.map().osds[id] !== undefined);
  const missing = osds.filter((id) => !there.includes(id)).map((id) => `osd.${id} does not exist. `);
  if (there.length + nodes.length + classes.length > 0)
    monitor.publish((map) => withGroupFlags(map, { ...group, osds: there }, bits, on), `${flags} ${on ? '' : 'un'}set`);
  return done(text + missing.join(''));
}

function groupOf(map: OsdMap, who: readonly string[]): Group {
  const group: Group = { osds: [], nodes: [], classes: [], text: '' };
  for (const word of who) {
    const [read] = osdIdsOf(map, [word]);
    const node = idOfName(map.crush, word);
    const className = [...map.crush.classNames].find(([, name]) => name === word);
    if (read !== undefined && read.problem === undefined) group.osds.push(...read.ids);
    else if (node !== undefined) group.nodes.push(node);
    else if (className !== undefined) group.classes.push(className[0]);
    else group.text += `unable to parse osd id or crush node or device class: "${word}". `;
    if (read?.all === true) break;
  }
  return group;
}

function withGroupFlags(map: OsdMap, { osds, nodes, classes }: Group, bits: number, on: boolean): OsdMap {
  const changed = changeOsds(map, osds, (osd) => {
    const extra = osd.extra ?? PLAIN_OSD;
    return { ...osd, extra: { ...extra, stateBits: withBits(extra.stateBits, bits, on) } };
  });
  const extra = map.extra ?? PLAIN_MAP;
  const crushNodeFlags = withFlags(extra.crushNodeFlags, nodes, bits, on);
  const deviceClassFlags = withFlags(extra.deviceClassFlags, classes, bits, on);
  return { ...changed, extra: { ...extra, crushNodeFlags, deviceClassFlags } };
}

function withFlags(flags: ReadonlyMap<number, number>, ids: readonly number[], bits: number, on: boolean) {
  const next = new Map(flags);
  for (const id of ids) {
    const now = withBits(next.get(id) ?? 0, bits, on);
    if (now === 0) next.delete(id);
    else next.set(id, now);
  }
  return next;
}

function withBits(now: number, bits: number, on: boolean): number {
  return on ? now | bits : now & ~bits;
}
