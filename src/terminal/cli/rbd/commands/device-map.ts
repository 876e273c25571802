import { CephError, cppStrerror, ERRNO } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import { optionValue } from '../../command.ts';
import { eraText } from '../../format/era-text.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { DEVICE_OPTIONS, DEVICE_TYPE, deviceType } from '../device-type.ts';
import type { ImageSpec } from '../image-spec.ts';
import { mapNbd } from '../nbd.ts';
import { FOR_SNAP, IMAGE_OR_SNAP_SPEC } from '../options.ts';
import { RbdError } from '../rbd-error.ts';

/** Options of the kernel's client that change nothing here. */
const KERNEL_OPTIONS: ReadonlySet<string> = new Set(
  (
    'fsid ip share noshare crc nocrc cephx_require_signatures nocephx_require_signatures tcp_nodelay notcp_nodelay ' +
    'cephx_sign_messages nocephx_sign_messages mount_timeout osdkeepalive osd_idle_ttl rw ro queue_depth lock_on_read ' +
    'exclusive lock_timeout notrim abort_on_full alloc_size udev noudev osd_request_timeout crush_location ' +
    'read_from_replica compression_hint ms_mode rxbounce'
  ).split(' '),
);

export const deviceMap = rbdCommand(
  {
    words: ['device', 'map'],
    aliases: [['map']],
    summary: 'Map an image to a block device, such as /dev/rbd0.',
    description:
      'The device is a client of its own: it watches the image, and takes its exclusive lock at the first write. ' +
      'An encrypted image is unlocked with -t nbd -o encryption-passphrase-file=FILE.',
    positionals: [IMAGE_OR_SNAP_SPEC],
    options: [
      DEVICE_TYPE,
      ...FOR_SNAP,
      { long: 'show-cookie', summary: 'Of device type nbd' },
      { long: 'cookie', type: 'string', summary: 'Of device type nbd' },
      { long: 'read-only', summary: 'Refuses writes' },
      { long: 'exclusive', summary: 'Keeps the lock: of no effect here' },
      { long: 'quiesce', summary: 'Of device type nbd' },
      { long: 'quiesce-hook', type: 'file', summary: 'Of device type nbd' },
      { long: 'snap-id', type: 'int', summary: 'Of device type nbd' },
      DEVICE_OPTIONS,
    ],
  },
  function* (run) {
    const type = deviceType(run.args);
    const spec = run.specs.image({ snap: 'permitted' });
    if (type === 'nbd') return yield* mapNbd(run, spec);
    const options = mapOptions(run);
    const pool = spec.pool || run.defaultPool;
    yield* run.open(spec);
    const readOnly = run.has('read-only') || options.includes('ro');
    const device = yield* mapImage(run, { ...spec, pool }, readOnly);
    if (!eraText(run.process.cluster).old) yield* run.print(`${device}\n`);
  },
);

function* mapImage(run: RbdRun, { pool, nspace, image, snap }: ImageSpec, readOnly: boolean): Task<string> {
  try {
    return yield* run.process.devices.map({ pool, nspace, image, snap: snap === '' ? null : snap }, { readOnly });
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    yield* run.complain('rbd: sysfs write failed\n');
    yield* run.print('In some cases useful info is found in syslog - try "dmesg | tail".\n');
    throw new RbdError(`map failed: ${cppStrerror(error.errno)}`, error.errno);
  }
}

function mapOptions(run: RbdRun): string[] {
  const texts = (optionValue(run.args, 'options') ?? '').split(',').filter((text) => text !== '');
  const names = texts.map((text) => text.split('=')[0] ?? '');
  const unknown = names.find((name) => !KERNEL_OPTIONS.has(name));
  if (unknown !== undefined) {
    throw new RbdError(`unknown map option '${unknown}'\nrbd: couldn't parse map options`, ERRNO.EINVAL);
  }
  return names;
}
