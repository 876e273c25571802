import { type ConfigVersion, configState, rowName } from '../../../../engine/mon/config/state.ts';
import { isoText } from '../../format/dates.ts';
import { arrayNode, itemsNamed, nodeOf, type PlainObject } from '../../format/tree.ts';
import { argNumber, type CephCall, cephCommand, shown } from '../ceph-command.ts';
import { int, optional } from '../signatures.ts';

const DEFAULT_COUNT = 10;

export const configLog = cephCommand({
  words: 'config log',
  summary: 'who was set what, the newest first',
  signature: [optional(int('num'))],
  answer: (call) => {
    const versions = lastVersions(call);
    return shown(
      call,
      () => versions.map((each) => versionText(call, each)).join(''),
      () =>
        arrayNode(
          'changesets',
          versions.map((each) => itemsNamed(nodeOf('changeset', versionObject(call, each)), { changes: 'change' })),
        ),
    );
  },
});

/** The first version of all is empty. */
const NOTHING: ConfigVersion = { version: 1, at_us: -1, note: '', edits: [] };

function lastVersions(call: CephCall): ConfigVersion[] {
  const { history } = configState(call.monitor.context.records);
  return [...history, NOTHING].slice(0, argNumber(call.args, 'num') ?? DEFAULT_COUNT);
}

function timeText(call: CephCall, { at_us }: ConfigVersion): string {
  return at_us < 0 ? '0.000000' : isoText(at_us === 0 ? call.map.created_us : at_us);
}

function versionText(call: CephCall, version: ConfigVersion): string {
  const note = version.note === '' ? '' : ` ${version.note} ---`;
  const edits = version.edits.flatMap(({ row, from, to }) => [
    ...(from === null ? [] : [`- ${rowName(row)} = ${from}\n`]),
    ...(to === null ? [] : [`+ ${rowName(row)} = ${to}\n`]),
  ]);
  return `--- ${version.version} --- ${timeText(call, version)} ---${note}\n${edits.join('')}`;
}

function versionObject(call: CephCall, version: ConfigVersion): PlainObject {
  const changes = version.edits.map(({ row, from, to }) => ({
    name: rowName(row),
    ...(from === null ? {} : { previous_value: from }),
    ...(to === null ? {} : { new_value: to }),
  }));
  return { version: version.version, timestamp: timeText(call, version), name: version.note, changes };
}
