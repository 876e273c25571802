import { cppStrerror, ERRNO } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import type { Process } from '../../../process.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { DEVICE_OPTIONS, DEVICE_TYPE, deviceType } from '../device-type.ts';
import { type ImageSpec, specText } from '../image-spec.ts';
import { checkSnapId, unmapOptions } from '../map-options.ts';
import { failed } from '../nbd.ts';
import { FOR_SNAP } from '../options.ts';
import { orFail, RbdError } from '../rbd-error.ts';

type MappedDevice = ReturnType<Process['devices']['list']>[number];

export const deviceUnmap = rbdCommand(
  {
    words: ['device', 'unmap'],
    aliases: [['unmap']],
    summary: 'End a mapping.',
    positionals: [
      {
        name: 'image-or-snap-or-device-spec',
        type: 'device',
        summary: '/dev/rbdN, or [pool/[namespace/]]image[@snap]',
        optional: true,
      },
    ],
    options: [
      DEVICE_TYPE,
      ...FOR_SNAP,
      { long: 'snap-id', type: 'int', summary: 'Of device type nbd' },
      DEVICE_OPTIONS,
    ],
  },
  function* (run) {
    const type = deviceType(run.args);
    if (type === 'krbd') {
      unmapOptions(run.args);
      checkSnapId(run.args);
    }
    const [typed = ''] = run.args.positionals;
    const device = type === 'nbd' ? nbdDevice(run, typed) : yield* kernelDevice(run, typed);
    yield* orFail('unmap failed', run.process.devices.unmap(device));
  },
);

function* kernelDevice(run: RbdRun, typed: string): Task<MappedDevice> {
  return typed.startsWith('/dev/') ? byPath(run, typed) : yield* bySpec(run);
}

/** @ceph src/tools/rbd_nbd/rbd-nbd.cc do_unmap, src/tools/rbd/action/Nbd.cc — exact in texts */
function nbdDevice(run: RbdRun, typed: string): MappedDevice {
  if (typed.startsWith('/dev/')) {
    if (!/^\/dev\/nbd\d+$/.test(typed)) failed(`invalid device path: ${typed} (expected /dev/nbd{num})`);
    return run.process.devices.find(typed) ?? failed(`failed to open device: ${typed}`);
  }
  const said = run.specs.image({ snap: 'permitted' });
  const spec = { ...said, pool: said.pool || run.defaultPool };
  const found = run.process.devices.list('nbd').find((device) => isOf(device, spec));
  return found ?? failed(`${specText(spec)} is not mapped`);
}

function byPath(run: RbdRun, path: string): MappedDevice {
  const device = run.process.devices.find(path);
  return device?.type === undefined && device !== undefined ? device : refuse(`'${path}' is not a block device`);
}

function* bySpec(run: RbdRun): Task<MappedDevice> {
  const typed = run.specs.image({ snap: 'permitted', imageRequired: false });
  if (typed.image === '') throw new RbdError('unmap requires either image name or device path', ERRNO.EINVAL);
  const spec = { ...typed, pool: typed.pool || run.defaultPool };
  const [found, ...others] = run.process.devices.list().filter((device) => isOf(device, spec));
  if (found === undefined) return refuse(`${specText(spec)}: not a mapped image or snapshot`);
  if (others.length > 0) {
    yield* run.complain(`rbd: ${specText(spec)}: mapped more than once, unmapping /dev/rbd${found.index} only\n`);
  }
  return found;
}

function isOf(device: MappedDevice, { pool, nspace, image, snap }: ImageSpec): boolean {
  return device.pool === pool && device.nspace === nspace && device.image === image && (device.snap ?? '') === snap;
}

function refuse(reason: string): never {
  throw new RbdError(`${reason}\nrbd: unmap failed: ${cppStrerror(ERRNO.EINVAL)}`, ERRNO.EINVAL);
}
