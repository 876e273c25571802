import { cppStrerror, ERRNO } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import type { Process } from '../../../process.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { DEVICE_OPTIONS, DEVICE_TYPE, kernelDevice } from '../device-type.ts';
import { type ImageSpec, specText } from '../image-spec.ts';
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
    kernelDevice(run.args);
    const [typed = ''] = run.args.positionals;
    const device = typed.startsWith('/dev/') ? byPath(run, typed) : yield* bySpec(run);
    yield* orFail('unmap failed', run.process.devices.unmap(device));
  },
);

function byPath(run: RbdRun, path: string): MappedDevice {
  return run.process.devices.find(path) ?? refuse(`'${path}' is not a block device`);
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
