import { ERRNO } from '../../../engine/base/errno.ts';
import { type OptionRecord, optionValue, type ParsedArgs } from '../command.ts';
import { RbdError } from './rbd-error.ts';
import { invalid } from './values.ts';

export const DEVICE_TYPE: OptionRecord = {
  long: 'device-type',
  short: 't',
  type: 'enum:krbd|nbd|ggate|ubbd',
  summary: 'Who serves the device: krbd, the kernel, or nbd, librbd, which can unlock encrypted images',
};
export const DEVICE_OPTIONS: OptionRecord = {
  long: 'options',
  short: 'o',
  type: 'string',
  summary: 'Options of the device, separated by commas, as ro',
};

/** Of the kinds of devices that the real tool knows, it has the kernel's and nbd as well. */
export function deviceType(args: ParsedArgs): 'krbd' | 'nbd' {
  const type = optionValue(args, 'device-type') ?? 'krbd';
  if (!['krbd', 'nbd', 'ggate', 'ubbd'].includes(type)) invalid('device-type');
  if (type === 'krbd' || type === 'nbd') return type;
  const reason = type === 'ggate' ? 'ggate is only supported on FreeBSD' : 'ubbd device is not supported';
  throw new RbdError(reason, ERRNO.EOPNOTSUPP);
}
