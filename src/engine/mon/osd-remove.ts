import { removeItem } from '../crush/edit/remove-item.ts';
import { finalized } from '../crush/finalize.ts';
import { PLAIN_OSD } from '../osdmap/extra.ts';
import type { OsdInfo, OsdMap } from '../osdmap/osd-map.ts';
import { OSD_STATE } from '../osdmap/osd-state.ts';
import { done, type MonAnswer, refused } from './mon-answer.ts';
import type { Monitor } from './monitor.ts';
import { osdIdsOf } from './osd-ids.ts';
import { changeOsds } from './osd-state.ts';
import { noSuchOsd } from './pg-upmap.ts';

function without(map: OsdMap, ids: readonly number[]): OsdMap {
  return { ...map, osds: map.osds.map((osd, id) => (ids.includes(id) ? undefined : osd)) };
}

/**
 * Takes OSDs out of the map; those that are up stay, which makes it EBUSY. The CRUSH map keeps them.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd rm" — exact
 */
export function removeOsds(monitor: Monitor, words: readonly string[]): MonAnswer {
  monitor.received();
  const gone: number[] = [];
  let [text, code]: [string, 'EINVAL' | 'EBUSY' | undefined] = ['', undefined];
  for (const { ids, problem } of osdIdsOf(monitor.map(), words)) {
    if (problem !== undefined) [text, code] = [`${text}${problem}invalid osd id-1`, 'EINVAL'];
    for (const id of ids) {
      const osd = monitor.map().osds[id];
      if (osd === undefined) text += `osd.${id} does not exist. `;
      else if (osd.up) [text, code] = [`${text}osd.${id} is still up; must be down before removal. `, 'EBUSY'];
      else {
        text += `${gone.length > 0 ? ', ' : 'removed '}osd.${id}`;
        gone.push(id);
      }
    }
  }
  if (gone.length > 0) monitor.publish((map) => without(map, gone), `osds ${gone} removed`);
  return code === undefined ? done(text) : refused(code, text);
}

/**
 * Says that what an OSD holds is lost for good.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd lost" — exact
 */
export function loseOsd(monitor: Monitor, id: number, sure: boolean): MonAnswer {
  monitor.received();
  if (!sure)
    return refused(
      'EPERM',
      'are you SURE?  this might mean real, permanent data loss.  pass --yes-i-really-mean-it if you really do.',
    );
  const osd = monitor.map().osds[id];
  if (osd === undefined) return noSuchOsd(id);
  if (osd.up) return refused('EBUSY', `osd.${id} is not down`);
  monitor.publish((map) => changeOsds(map, [id], (each) => ({ ...each, lostAt: each.downAt })), `osd.${id} lost`);
  return done(`marked osd lost in epoch ${osd.downAt}`);
}

type Removal = 'destroy' | 'purge' | 'purge-new';

/** What is asked of somebody who removes an OSD that was new, and is not sure. */
const ARE_YOU_SURE =
  "Are you SURE?  Did you verify with 'ceph osd safe-to-destroy'?  This will mean real, permanent data loss, " +
  'as well as deletion of cephx and lockbox keys. Pass --yes-i-really-mean-it if you really do.';

/**
 * Destroys an OSD, which keeps its id, or purges all of it, its place in the CRUSH map too. Whether that is safe is
 * asked before.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd destroy", "osd purge" — without keys
 */
export function destroyOsd(monitor: Monitor, id: number, how: Removal, sure: boolean): MonAnswer {
  monitor.received();
  const osd = monitor.map().osds[id];
  const past = how === 'destroy' ? 'destroyed' : 'purged';
  if (!sure) return refused('EPERM', ARE_YOU_SURE);
  if (osd === undefined) return done(`osd.${id} does not exist`);
  if (osd.up) return refused('EBUSY', `osd.${id} is not \`down\`.`);
  if (how === 'purge-new' && !isNew(osd)) return refused('EBUSY', `osd.${id} is not \`new\`.`);
  if (how === 'destroy') destroy(monitor, id);
  else purge(monitor, id);
  return done(`${past} osd.${id}`);
}

function isNew({ extra }: OsdInfo): boolean {
  return ((extra ?? PLAIN_OSD).stateBits & OSD_STATE.new) !== 0;
}

function destroy(monitor: Monitor, id: number): void {
  monitor.publish(
    (map) => changeOsds(map, [id], (osd) => ({ ...osd, destroyed: true, uuid: '' })),
    `osd.${id} destroyed`,
  );
}

function purge(monitor: Monitor, id: number): void {
  monitor.publish((map) => {
    const rest = without(map, [id]);
    if (!map.crush.names.has(id)) return rest;
    return { ...rest, crush: finalized(removeItem(map.crush, id)), crushVersion: map.crushVersion + 1 };
  }, `osd.${id} purged`);
}
