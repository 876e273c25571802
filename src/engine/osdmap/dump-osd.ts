import type { JsonValue } from '../codec/json-value.ts';
import { ONE } from '../crush/fixed.ts';
import { NO_UUID, PLAIN_OSD } from './extra.ts';
import type { OsdInfo } from './osd-map.ts';
import { OSD_STATE } from './osd-state.ts';

const U32 = 0xffff_ffff;

/** An OSD of `ceph osd dump`, without its addresses. */
export function readOsd(osd: JsonValue): OsdInfo {
  const epoch = (key: string) => osd.maybe(key)?.int(0, U32) ?? 0;
  const bits = stateBits(osd);
  const named = OSD_STATE.exists | OSD_STATE.up | OSD_STATE.destroyed;
  return {
    uuid: osd.maybe('uuid')?.text() ?? NO_UUID,
    up: osd.at('up').bool(),
    weight: fixed(osd.at('weight')),
    primaryAffinity: fixed(osd.maybe('primary_affinity')) ?? ONE,
    destroyed: (bits & OSD_STATE.destroyed) !== 0,
    upFrom: epoch('up_from'),
    upThru: epoch('up_thru'),
    downAt: epoch('down_at'),
    lostAt: epoch('lost_at'),
    lastCleanBegin: epoch('last_clean_begin'),
    lastCleanEnd: epoch('last_clean_end'),
    extra: { ...PLAIN_OSD, stateBits: bits & ~named },
  };
}

/** Fields of OSDs that are not read, and how it is seen that they say something. */
export const OSD_FIELDS_LEFT_OUT = {
  public_addrs: (value: JsonValue) => value.isObject && (value.maybe('addrvec')?.size ?? 0) > 0,
};

function fixed(value: JsonValue): number;
function fixed(value: JsonValue | undefined): number | undefined;
function fixed(value: JsonValue | undefined): number | undefined {
  return value === undefined ? undefined : Math.round(value.number(0, 1) * ONE);
}

/** Names of states that are not known are passed over. */
function stateBits(osd: JsonValue): number {
  const names = new Set((osd.maybe('state')?.list() ?? []).map((each) => each.text()));
  return Object.entries(OSD_STATE).reduce((bits, [name, bit]) => (names.has(name) ? bits | bit : bits), 0);
}
