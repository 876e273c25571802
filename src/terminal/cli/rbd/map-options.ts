import { ERRNO } from '../../../engine/base/errno.ts';
import { optionValue, type ParsedArgs } from '../command.ts';
import { RbdError } from './rbd-error.ts';

/** What the value of an option of the kernel's client must be; null for one that has none. */
type Check = RegExp | null;

const NUMBER = /^\d+$/;
const ANY = /^/;

/** Switches that change nothing here, but for `ro` and `exclusive`. */
const SWITCHES =
  'share noshare crc nocrc cephx_require_signatures nocephx_require_signatures tcp_nodelay notcp_nodelay ' +
  'cephx_sign_messages nocephx_sign_messages rw ro lock_on_read exclusive notrim abort_on_full udev noudev rxbounce ' +
  'noshare';
const NUMBERS = 'mount_timeout osdkeepalive osd_idle_ttl osd_request_timeout queue_depth lock_timeout alloc_size';

/** @ceph src/tools/rbd/action/Kernel.cc parse_map_options — exact */
const MAP_OPTIONS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ...SWITCHES.split(' ').map((name) => [name, null] as const),
  ...NUMBERS.split(' ').map((name) => [name, NUMBER] as const),
  ['fsid', ANY],
  ['ip', ANY],
  ['crush_location', ANY],
  ['read_from_replica', /^(no|balance|localize)$/],
  ['compression_hint', /^(none|compressible|incompressible)$/],
  ['ms_mode', /^(legacy|crc|secure|prefer-crc|prefer-secure)$/],
]);

/** @ceph src/tools/rbd/action/Kernel.cc parse_unmap_options — exact */
const UNMAP_OPTIONS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['force', null],
  ['wait-for', null],
  ['udev', null],
  ['noudev', null],
]);

/** Names of the options that `-o` of `rbd device map` gives. EINVAL. */
export function mapOptions(args: ParsedArgs): string[] {
  return checked(args, 'map', MAP_OPTIONS);
}

/** Those of `rbd device unmap`. EINVAL. */
export function unmapOptions(args: ParsedArgs): string[] {
  return checked(args, 'unmap', UNMAP_OPTIONS);
}

function checked(args: ParsedArgs, what: 'map' | 'unmap', known: ReadonlyMap<string, Check>): string[] {
  const texts = (args.options.get('options') ?? []).flatMap((text) => text.split(',')).filter((text) => text !== '');
  return texts.map((text) => {
    const [name = '', value] = text.split(/=(.*)/, 2);
    const check = known.get(name);
    const refuse = (reason: string) => new RbdError(`${reason}\nrbd: couldn't parse ${what} options`, ERRNO.EINVAL);
    if (check === undefined) throw refuse(`unknown ${what} option '${name}'`);
    if (check !== null && (value ?? '') === '') throw refuse(`${name} option requires a value`);
    if (check !== null && !check.test(value ?? '')) throw refuse(`invalid ${name} value '${value}'`);
    return name;
  });
}

/** `--snap-id` of the kernel's devices is read, and goes nowhere. */
export function checkSnapId(args: ParsedArgs): void {
  const text = optionValue(args, 'snap-id');
  if (text !== undefined && !NUMBER.test(text)) {
    throw new RbdError(`the argument ('${text}') for option '--snap-id' is invalid`, 1);
  }
}
