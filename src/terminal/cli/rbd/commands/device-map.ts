import { CephError, cppStrerror } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import { eraText } from '../../format/era-text.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { DEVICE_OPTIONS, DEVICE_TYPE, deviceType } from '../device-type.ts';
import type { ImageSpec } from '../image-spec.ts';
import { FeatureMismatch, kernelPrepares } from '../kernel-client.ts';
import { checkSnapId, mapOptions } from '../map-options.ts';
import { mapNbd } from '../nbd.ts';
import { onImage } from '../open.ts';
import { FOR_SNAP, IMAGE_OR_SNAP_SPEC } from '../options.ts';
import { RbdError } from '../rbd-error.ts';

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
      { long: 'exclusive', summary: 'Takes the lock at once; another client gets it when it asks' },
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
    const options = mapOptions(run.args);
    checkSnapId(run.args);
    yield* warnOfQuiesce(run);
    const pool = spec.pool || run.defaultPool;
    const io = yield* run.open(spec);
    yield* onImage(io, { name: spec.image }, { readOnly: true, skipParent: true }, () => run.print(''));
    const readOnly = run.has('read-only') || options.includes('ro');
    const exclusive = run.has('exclusive') || options.includes('exclusive');
    const device = yield* mapImage(run, { ...spec, pool }, readOnly, exclusive);
    if (!eraText(run.process.cluster).old) yield* run.print(`${device}\n`);
  },
);

/** The kernel's devices are never asked to be quiet. */
function* warnOfQuiesce(run: RbdRun): Task<void> {
  for (const option of ['quiesce', 'quiesce-hook'])
    if (run.has(option)) yield* run.complain(`rbd: warning: ${option} is not supported\n`);
}

function* mapImage(
  run: RbdRun,
  { pool, nspace, image, snap }: ImageSpec,
  readOnly: boolean,
  exclusive: boolean,
): Task<string> {
  const name = { pool, nspace, image, snap: snap === '' ? null : snap };
  try {
    return yield* run.process.devices.map(name, { readOnly, prepare: kernelPrepares(exclusive) });
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    yield* run.complain('rbd: sysfs write failed\n');
    if (error instanceof FeatureMismatch) yield* run.print(mismatchText(run, { pool, nspace, image }, error.features));
    yield* run.print('In some cases useful info is found in syslog - try "dmesg | tail".\n');
    throw new RbdError(`map failed: ${cppStrerror(error.errno)}`, error.errno);
  }
}

/** @ceph src/tools/rbd/action/Kernel.cc print_error_description — exact */
function mismatchText(
  run: RbdRun,
  { pool, nspace, image }: Pick<ImageSpec, 'pool' | 'nspace' | 'image'>,
  features: readonly string[],
): string {
  const place = (pool === run.defaultPool ? '' : `${pool}/`) + (nspace === '' ? '' : `${nspace}/`);
  const fix = `rbd feature disable ${place}${image} ${features.join(' ')}`;
  return `RBD image feature set mismatch. You can disable features unsupported by the kernel with "${fix}".\n`;
}
