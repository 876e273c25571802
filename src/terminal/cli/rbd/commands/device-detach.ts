import { ERRNO } from '../../../../engine/base/errno.ts';
import { EXIT_NOT_YET } from '../../command.ts';
import { rbdCommand } from '../command.ts';
import { DEVICE_OPTIONS, DEVICE_TYPE, deviceType } from '../device-type.ts';
import { FOR_SNAP } from '../options.ts';
import { RbdError } from '../rbd-error.ts';

export const deviceDetach = rbdCommand(
  {
    words: ['device', 'detach'],
    summary: 'End the process behind a device, which stays: of devices of type nbd.',
    description: 'Here a device of type nbd and its process come and go together: `rbd device unmap` ends both.',
    positionals: [
      {
        name: 'image-or-snap-or-device-spec',
        type: 'device',
        summary: '/dev/nbdN, or [pool/[namespace/]]image[@snap]',
        optional: true,
      },
    ],
    options: [
      DEVICE_TYPE,
      ...FOR_SNAP,
      { long: 'snap-id', type: 'int', summary: 'Id of the snapshot' },
      DEVICE_OPTIONS,
    ],
  },
  /** @ceph src/tools/rbd/action/Device.cc execute_detach — exact for the kernel's devices */
  function* (run) {
    if (deviceType(run.args) === 'krbd') throw new RbdError('krbd does not support detach', ERRNO.EOPNOTSUPP);
    throw new RbdError('devices of type nbd and their processes end together in Radoscope: unmap it', EXIT_NOT_YET);
  },
);
