import { EXIT_NOT_YET, type OptionRecord, optionValue, type ParsedArgs } from '../command.ts';
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

/** Of the kinds of devices that the real tool has, the kernel's and nbd are there. */
export function deviceType(args: ParsedArgs): 'krbd' | 'nbd' {
  const type = optionValue(args, 'device-type') ?? 'krbd';
  if (!['krbd', 'nbd', 'ggate', 'ubbd'].includes(type)) invalid('device-type');
  if (type === 'krbd' || type === 'nbd') return type;
  throw new RbdError(`device type '${type}' is not there yet in Radoscope`, EXIT_NOT_YET);
}
