import type { RecordStore } from '../base/records.ts';
import { configFlag, configNumber } from './config/value.ts';
import { type MonAnswer, refused } from './mon-answer.ts';

/** `osd_pool_default_min_size`, or more than half of the copies; never more than the size. @ceph src/common/config.cc get_osd_pool_default_min_size — exact */
export function defaultMinSize(records: RecordStore, size: number): number {
  const set = configNumber(records, 'mon', 'osd_pool_default_min_size');
  return Math.min(set || size - Math.floor(size / 2), size);
}

const SIZE_ONE_WARNING =
  'WARNING: setting pool size 1 could lead to data loss without recovery. ' +
  'If you are *ABSOLUTELY CERTAIN* that is what you want, pass the flag --yes-i-really-mean-it.';

/** Why a pool may not keep a single copy. */
export function sizeOneRefusal(records: RecordStore, confirmed: boolean): MonAnswer | undefined {
  if (!configFlag(records, 'mon', 'mon_allow_pool_size_one'))
    return refused('EPERM', 'configuring pool size as 1 is disabled by default.');
  return confirmed ? undefined : refused('EPERM', SIZE_ONE_WARNING);
}
