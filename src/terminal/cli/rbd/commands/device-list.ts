import { eraText } from '../../format/era-text.ts';
import { column, textTable } from '../../format/text-table.ts';
import { arrayNode, nodeOf } from '../../format/tree.ts';
import { rbdCommand } from '../command.ts';
import { DEVICE_TYPE, kernelDevice } from '../device-type.ts';
import { formatOf, formattedText } from '../format.ts';
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
    kernelDevice(run.args);
    const format = formatOf(run.args);
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
