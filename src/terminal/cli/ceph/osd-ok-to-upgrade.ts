import { ERRNO } from '../../../engine/base/errno.ts';
import { devicesUnder, idOfName, typeNameOf } from '../../../engine/crush/tree.ts';
import { okToStop } from '../../../engine/mon/ok-to-stop.ts';
import { EXIT_NOT_YET } from '../command.ts';
import { formatted } from '../format/formatter.ts';
import { itemsNamed, nodeOf } from '../format/tree.ts';
import { argNumber, type CephAnswer, type CephCall, cephCommand, requiredText } from './ceph-command.ts';
import { int, optional, text } from './signatures.ts';

/** Between two releases, or of a vendor: releases themselves are refused. */
const VERSION = /^\d+\.\d+\.\d+-\d+(-g[\da-f]+|\.el\d+cp)$/;
const BAD_VERSION =
  "Invalid Ceph version (short) format. The format to use is the same as 'ceph_version_short' found in OSD metadata. " +
  'Examples: "20.3.0-3803-g63ca1ffb5a2", "20.1.0-144.el9cp".';
const TYPES = ['rack', 'chassis', 'host', 'osd'];
const OSD_LISTS = ['osds_in_crush_bucket', 'osds_ok_to_upgrade', 'osds_upgraded', 'bad_no_version'];
const ITEMS = Object.fromEntries(OSD_LISTS.map((name) => [name, 'osd']));

/** @ceph src/mgr/DaemonServer.cc "osd ok-to-upgrade" — exact where all OSDs of the bucket could stop, or it has one */
export const osdOkToUpgrade = cephCommand({
  words: 'osd ok-to-upgrade',
  summary: 'which OSDs of a bucket could be stopped together, to be upgraded',
  signature: [{ ...text('crush_bucket'), completes: 'bucket' }, text('ceph_version'), optional(int('max'))],
  answer: (call) => {
    const max = argNumber(call.args, 'max') ?? 0;
    if (max < 0) return invalid(`Invalid 'max' value: ${max}. 'max' must be non-negative.`);
    if (!VERSION.test(requiredText(call.args, 'ceph_version'))) return invalid(BAD_VERSION);
    const osds = osdsOf(call);
    return Array.isArray(osds) ? upgradable(call, osds, max) : osds;
  },
});

/** In order; why not, where the bucket is none. */
function osdsOf({ map: { crush }, args }: CephCall): number[] | CephAnswer {
  const name = requiredText(args, 'crush_bucket');
  const id = idOfName(crush, name);
  if (id === undefined) return { code: ERRNO.ENOENT, text: `"${name}" does not exist` };
  const type = typeNameOf(crush, id);
  if (!TYPES.includes(type))
    return invalid(
      `crush bucket "${name}" of type "${type}" is incompatible for upgradability check; valid types are: ` +
        "'rack', 'chassis', 'host' and 'osd'",
    );
  const osds = [...new Set(devicesUnder(crush, id))].sort((a, b) => a - b);
  if (osds.length > 0) return osds;
  return { code: ERRNO.ENOENT, text: `crush bucket "${name}" of type: ${type} has no children!` };
}

function upgradable(call: CephCall, osds: readonly number[], max: number): CephAnswer {
  const { pgs } = call.stats();
  const unknown = pgs.filter(({ state }) => state === 'unknown').length;
  if (unknown > 0)
    return refusal(
      call,
      osds,
      `${unknown} pgs have unknown state; cannot draw any conclusions at this time; re-try after pgs transition to known states`,
    );
  const wanted = max === 0 ? osds : osds.slice(0, max);
  if (okToStop(call.map, pgs, wanted).bad === 0) return { output: reportText(call, osds, wanted) };
  if (wanted.length > 1)
    return {
      code: EXIT_NOT_YET,
      text: "'ceph osd ok-to-upgrade' of a part of a bucket is not available in this sandbox yet",
    };
  return refusal(
    call,
    osds,
    `unsafe to upgrade OSD(s) at this time (one or more PG(s) will become offline if any OSD out of the ${osds.length} ` +
      `in CRUSH bucket '${requiredText(call.args, 'crush_bucket')}' is stopped)`,
  );
}

function refusal(call: CephCall, osds: readonly number[], why: string): CephAnswer {
  return { code: ERRNO.EBUSY, text: why, output: reportText(call, osds, []) };
}

function reportText({ format }: CephCall, osds: readonly number[], ok: readonly number[]): string {
  const report = {
    ok_to_upgrade: ok.length > 0,
    all_osds_upgraded: false,
    osds_in_crush_bucket: osds,
    osds_ok_to_upgrade: ok,
    osds_upgraded: [],
    bad_no_version: [],
  };
  return `${formatted(itemsNamed(nodeOf('ok_to_upgrade', report), ITEMS), format === 'plain' ? 'json' : format)}\n`;
}

function invalid(why: string): CephAnswer {
  return { code: ERRNO.EINVAL, text: why };
}
