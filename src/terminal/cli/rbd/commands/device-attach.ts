import { ERRNO } from '../../../../engine/base/errno.ts';
import { EXIT_NOT_YET } from '../../command.ts';
import { rbdCommand } from '../command.ts';
import { DEVICE_OPTIONS, DEVICE_TYPE, deviceType } from '../device-type.ts';
import { FOR_SNAP, IMAGE_OR_SNAP_SPEC } from '../options.ts';
import { RbdError } from '../rbd-error.ts';

export const deviceAttach = rbdCommand(
  {
    words: ['device', 'attach'],
    summary: 'Put an image onto a device whose process has died: of devices of type nbd.',
    description: 'No process behind a device of type nbd dies here, so that there is none to attach to.',
    positionals: [IMAGE_OR_SNAP_SPEC],
    options: [
      DEVICE_TYPE,
      ...FOR_SNAP,
      { long: 'device', type: 'device', required: true, summary: 'The device that is there' },
      { long: 'show-cookie', summary: 'Prints what the device can be found by again' },
      { long: 'cookie', type: 'string', summary: 'What the device was mapped with' },
      { long: 'read-only', summary: 'Refuses writes' },
      { long: 'force', summary: 'Without a cookie' },
      { long: 'exclusive', summary: 'Takes the lock at once' },
      { long: 'quiesce', summary: 'Asks the file system to be quiet before snapshots' },
      { long: 'quiesce-hook', type: 'file', summary: 'What is run for that' },
      { long: 'snap-id', type: 'int', summary: 'Id of the snapshot' },
      DEVICE_OPTIONS,
    ],
  },
  /** @ceph src/tools/rbd/action/Device.cc execute_attach, src/tools/rbd/action/Nbd.cc — exact in what is refused */
  function* (run) {
    if (deviceType(run.args) === 'krbd') throw new RbdError('krbd does not support attach', ERRNO.EOPNOTSUPP);
    run.specs.image({ snap: 'permitted' });
    if (!run.has('cookie') && !run.has('force')) {
      const lines = [
        'could not validate attach request',
        'mismatching the image and the device may lead to data corruption',
        'must specify --cookie <arg> or --force to proceed',
      ];
      throw new RbdError(lines.join('\nrbd: '), ERRNO.EINVAL);
    }
    throw new RbdError(
      'no process behind a device of type nbd dies in Radoscope: there is none to attach to',
      EXIT_NOT_YET,
    );
  },
);
