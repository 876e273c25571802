import { CephError } from '../base/errno.ts';
import { ONE } from '../crush/fixed.ts';
import { NO_ADDRESSES, type OsdAddresses, PLAIN_MAP, PLAIN_OSD, VACANT_OSD, type VacantOsd } from './extra.ts';
import type { Incremental } from './incremental.ts';
import type { OsdInfo, OsdMap } from './osd-map.ts';
import { OSD_STATE } from './osd-state.ts';
import { MAX_OSDS } from './wire.ts';

/** A place in the lists of OSDs, existing or not, with all its state bits. */
interface Place extends VacantOsd {
  readonly state: number;
}

/** The OSDs of the next map, and what stands in the places of those that do not exist. */
export interface OsdsAfter {
  readonly osds: readonly (OsdInfo | undefined)[];
  readonly vacant: ReadonlyMap<number, VacantOsd>;
  readonly maxOsd: number;
  /** True where primary affinities are written though all are the default. */
  readonly affinities: boolean;
}

/** Changes OSDs as an incremental says; EINVAL for one beyond max_osd. */
export function applyToOsds(map: OsdMap, inc: Incremental): OsdsAfter {
  const places = new Places(map, inc.newMaxOsd >= 0 ? inc.newMaxOsd : map.maxOsd);
  for (const [id, weight] of inc.newWeight) places.change(id, (osd) => weighed(osd, weight));
  for (const [id, primaryAffinity] of inc.newPrimaryAffinity) places.setAffinity(id, primaryAffinity);
  for (const [id, bits] of inc.newState) places.flip(id, bits === 0 ? OSD_STATE.up : bits, inc);
  for (const [id, addresses] of inc.newUpClient) places.change(id, (osd) => booted(osd, id, inc, addresses));
  for (const [id, cluster] of inc.newUpCluster) places.change(id, (osd) => addressed(osd, { cluster }));
  for (const [id, upThru] of inc.newUpThru) places.change(id, (osd) => ({ ...osd, upThru }));
  for (const [id, [begin, end]] of inc.newLastCleanInterval) {
    places.change(id, (osd) => ({ ...osd, lastCleanBegin: begin, lastCleanEnd: end }));
  }
  for (const [id, lostAt] of inc.newLost) places.change(id, (osd) => ({ ...osd, lostAt }));
  for (const [id, note] of inc.newXinfo) places.change(id, (osd) => ({ ...osd, extra: { ...osd.extra, ...note } }));
  for (const [id, uuid] of inc.newUuid) places.change(id, (osd) => ({ ...osd, uuid }));
  return places.finish();
}

class Places {
  readonly #osds: (OsdInfo | undefined)[];
  readonly #vacant: Map<number, VacantOsd>;
  readonly #maxOsd: number;
  #affinities: boolean;

  constructor(map: OsdMap, maxOsd: number) {
    if (maxOsd > MAX_OSDS) throw new CephError('EINVAL', `max_osd ${maxOsd}`);
    this.#maxOsd = maxOsd;
    this.#osds = Array.from({ length: maxOsd }, (_, id) => map.osds[id]);
    const { vacant, affinities } = map.extra ?? PLAIN_MAP;
    this.#vacant = new Map([...vacant].filter(([id]) => id < maxOsd));
    for (let id = map.maxOsd; id < maxOsd; id++) this.#vacant.set(id, VACANT_OSD);
    this.#affinities = affinities || map.osds.some((osd) => osd !== undefined && osd.primaryAffinity !== ONE);
  }

  change(id: number, to: (osd: Place) => Place): void {
    if (id < 0 || id >= this.#maxOsd) throw new CephError('EINVAL', `osd.${id} where max_osd is ${this.#maxOsd}`);
    const { state, ...rest } = to(this.#placeOf(id));
    if ((state & OSD_STATE.exists) === 0) {
      this.#osds[id] = undefined;
      this.#vacant.set(id, { ...rest, extra: { ...rest.extra, stateBits: state >>> 0 } });
      return;
    }
    this.#vacant.delete(id);
    const [up, destroyed] = [(state & OSD_STATE.up) !== 0, (state & OSD_STATE.destroyed) !== 0];
    this.#osds[id] = { ...rest, up, destroyed, extra: { ...rest.extra, stateBits: (state & ~NAMED) >>> 0 } };
  }

  setAffinity(id: number, primaryAffinity: number): void {
    this.#affinities = true;
    this.change(id, (osd) => ({ ...osd, primaryAffinity }));
  }

  /** Turns state bits over; an OSD that exists and is not to is forgotten. */
  flip(id: number, bits: number, inc: Incremental): void {
    this.change(id, (osd) => {
      if ((osd.state & bits & OSD_STATE.exists) !== 0) {
        this.#affinities = true;
        return { ...VACANT_OSD, weight: osd.weight, state: 0 };
      }
      const goesDown = (osd.state & bits & OSD_STATE.up) !== 0;
      const down = goesDown ? { downAt: inc.epoch, extra: { ...osd.extra, downStamp: inc.modified } } : {};
      return { ...osd, ...down, state: osd.state ^ bits };
    });
  }

  finish(): OsdsAfter {
    return { osds: this.#osds, vacant: this.#vacant, maxOsd: this.#maxOsd, affinities: this.#affinities };
  }

  #placeOf(id: number): Place {
    const osd = this.#osds[id];
    if (osd === undefined) {
      const vacant = this.#vacant.get(id) ?? VACANT_OSD;
      return { ...vacant, state: vacant.extra.stateBits };
    }
    const { up, destroyed, extra = PLAIN_OSD, ...rest } = osd;
    const named = OSD_STATE.exists | (up ? OSD_STATE.up : 0) | (destroyed ? OSD_STATE.destroyed : 0);
    return { ...rest, extra, state: named | extra.stateBits };
  }
}

const NAMED = OSD_STATE.exists | OSD_STATE.up | OSD_STATE.destroyed;

/** An OSD with a weight exists; marked in, it is no longer new, nor out by itself. */
function weighed(osd: Place, weight: number): Place {
  if (weight === 0) return { ...osd, weight };
  const state = (osd.state | OSD_STATE.exists) & ~(OSD_STATE.autoout | OSD_STATE.new);
  return { ...osd, weight, state, extra: { ...osd.extra, oldWeight: 0 } };
}

function booted(osd: Place, id: number, inc: Incremental, addresses: OsdAddresses['public']): Place {
  const state = (osd.state | OSD_STATE.exists | OSD_STATE.up) & ~OSD_STATE.stop;
  const [heartbeatBack, heartbeatFront] = [inc.newHbBackUp.get(id) ?? [], inc.newHbFrontUp.get(id) ?? []];
  const known = addressed(osd, { public: addresses, heartbeatBack, heartbeatFront });
  return { ...known, state, upFrom: inc.epoch };
}

function addressed(osd: Place, some: Partial<OsdAddresses>): Place {
  const before = osd.extra.addresses ?? NO_ADDRESSES;
  return { ...osd, extra: { ...osd.extra, addresses: { ...before, ...some } } };
}
