import { type HealthCheck, warning } from '../../mon/health-check.ts';
import type { HealthInput } from '../../mon/health-input.ts';
import { opTrackerOf } from './op-tracker.ts';

/** Requests that OSDs do not get on with. @ceph src/mgr/DaemonHealthMetricCollector.cc SlowOps — exact */
export function slowOps({ map, records, now_us }: HealthInput): HealthCheck[] {
  const tracker = records === undefined ? null : opTrackerOf(records);
  if (tracker?.isWaiting !== true) return [];
  const slow = map.osds.flatMap((osd, id) => {
    const ops = osd?.up === true ? tracker.blocked(id) : [];
    return ops.length === 0 ? [] : [{ name: `osd.${id}`, ops }];
  });
  if (slow.length === 0) return [];
  const all = slow.flatMap(({ ops }) => ops);
  const oldest_us = now_us - Math.min(...all.map(({ begun_us }) => begun_us));
  const whose = `oldest one blocked for ${Math.floor(oldest_us / 1e6)} sec, ${daemonsText(slow.map(({ name }) => name))}`;
  return [warning('SLOW_OPS', `${all.length} slow ops, ${whose}`, all.length)];
}

const MOST_NAMED = 10;

function daemonsText(names: readonly string[]): string {
  const [first] = names;
  if (names.length === 1) return `${first} has slow ops`;
  const more = names.length > MOST_NAMED ? '...' : '';
  return `daemons [${names.slice(0, MOST_NAMED).join(',')}]${more} have slow ops.`;
}
