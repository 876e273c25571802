import type { Task } from '../../../../engine/base/task.ts';
import { eraText } from '../../format/era-text.ts';
import { column, textTable } from '../../format/text-table.ts';
import { arrayNode, nodeOf } from '../../format/tree.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { DEVICE_TYPE, deviceType } from '../device-type.ts';
import { formatOf, formattedText, refusePretty } from '../format.ts';
import { FORMATS } from '../options.ts';

const COLUMNS = ['id', 'pool', 'namespace', 'image', 'snap', 'device'].map((name) => column(name));

/** Before there were namespaces. */
const OLD_COLUMNS = ['id', 'pool', 'image', 'snap', 'device'].map((name) => column(name));

export const deviceList = rbdCommand(
  {
    words: ['device', 'list'],
    aliases: [['showmapped'], ['device', 'ls']],
    summary: 'Tell which images are mapped to which devices.',
    positionals: [],
    options: [DEVICE_TYPE, ...FORMATS],
  },
  function* (run) {
    refusePretty(run.args);
    const format = formatOf(run.args);
    if (deviceType(run.args) === 'nbd') return yield* listNbd(run, format);
    const devices = run.process.devices.list().map(({ index, pool, nspace, image, snap }) => ({
      id: String(index),
      pool,
      namespace: nspace,
      name: image,
      snap: snap ?? '-',
      device: `/dev/rbd${index}`,
    }));
    if (format !== null) {
      const nodes = devices.map((device) => nodeOf('device', device));
      yield* run.print(formattedText(arrayNode('devices', nodes), format));
    } else if (devices.length > 0) {
      const old = eraText(run.process.cluster).old;
      const shown = old ? devices.map(({ namespace: _, ...device }) => device) : devices;
      yield* run.print(
        textTable(
          old ? OLD_COLUMNS : COLUMNS,
          shown.map((device) => Object.values(device)),
          eraText(run.process.cluster).table,
        ),
      );
    }
  },
);

const NBD_COLUMNS = ['id', 'pool', 'namespace', 'image', 'snap', 'device', 'cookie'].map((name) => column(name));

/** The number of the process is the client's: there are no processes. @ceph src/tools/rbd_nbd/rbd-nbd.cc do_list_mapped_devices — exact else */
function* listNbd(run: RbdRun, format: ReturnType<typeof formatOf>): Task<void> {
  const devices = run.process.devices.list('nbd').map(({ client, index, pool, nspace, image, snap }) => ({
    id: client,
    pool,
    namespace: nspace,
    image,
    snap: snap ?? '-',
    device: `/dev/nbd${index}`,
    cookie: '',
  }));
  if (format !== null) {
    const nodes = devices.map((device) => nodeOf('device', device));
    yield* run.print(formattedText(arrayNode('devices', nodes), format));
  } else if (devices.length > 0) {
    const rows = devices.map((device) => Object.values(device).map(String));
    yield* run.print(textTable(NBD_COLUMNS, rows, eraText(run.process.cluster).table));
  }
}
