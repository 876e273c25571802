import type { RecordStore } from '../base/records.ts';
import type { OsdOp } from '../codec/osd-op.ts';
import { type ConfigState, configState } from '../mon/config/state.ts';
import { keptSetting } from '../mon/config/value.ts';
import type { OpContext } from '../osd/op-context.ts';
import type { OsdLimits } from '../osd/ops/limits.ts';
import type { FindAtSnap } from '../osd/ops/op-plugins.ts';
import { runOp } from '../osd/ops/table.ts';

const MIB = 1024 * 1024;

/** Runs an operation within the limits that somebody has set for OSDs. */
export function runWithinLimits(context: OpContext, op: OsdOp, find: FindAtSnap): unknown {
  context.limits ??= configuredLimits(context.engine.records);
  return runOp(context, op, find);
}

/** Limits by the settings that they were told from: every request asks for them. */
const known = new WeakMap<ConfigState, OsdLimits>();

function configuredLimits(records: RecordStore): OsdLimits {
  const state = configState(records);
  let limits = known.get(state);
  if (limits === undefined) known.set(state, (limits = limitsOf(records)));
  return limits;
}

/** Limits that the monitor's configuration sets for all OSDs; where it sets none, they have their own. */
function limitsOf(records: RecordStore): OsdLimits {
  const set = (name: string): number | undefined => {
    const { source, value } = keptSetting(records, 'osd', name);
    return source === 'mon' ? Number(value) : undefined;
  };
  const writeMib = set('osd_max_write_size');
  return {
    objectBytes: set('osd_max_object_size'),
    nameBytes: set('osd_max_object_name_len'),
    namespaceBytes: set('osd_max_object_namespace_len'),
    writeBytes: writeMib === undefined ? undefined : writeMib * MIB,
    attrNameBytes: set('osd_max_attr_name_len'),
    // 0 is no limit.
    attrBytes: set('osd_max_attr_size') || undefined,
  };
}
