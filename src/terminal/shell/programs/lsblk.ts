import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import { fail, has, type Options, withOptions } from './options.ts';

/** Major numbers, as kernels give them, and how far minor numbers are apart. */
const RBD_MAJOR = 252;
const NBD_MAJOR = 43;
const RBD_MINORS = 16;
const NBD_MINORS = 32;
const HEADINGS = ['NAME', 'MAJ:MIN', 'RM', 'SIZE', 'RO', 'TYPE', 'MOUNTPOINTS'];
const RIGHT = new Set(['RM', 'SIZE', 'RO']);

/** `lsblk [-bnpd] [DEVICE]…`: lists block devices. */
export function* lsblk(process: Process): Task<number> {
  const long = { bytes: 'b', noheadings: 'n', paths: 'p', nodeps: 'd' };
  return yield* withOptions(process, { letters: 'bnpd', long }, function* (options) {
    const all = process.devices.names().map((name) => row(process, name, options));
    const wanted = options.operands.map((path) => path.replace(/^\/dev\//, ''));
    const missing = wanted.find((name) => !process.devices.names().includes(name));
    if (missing !== undefined) return yield* fail(process, `${missing}: not a block device`, 32);
    const names = process.devices.names();
    const rows = all.filter((_, at) => wanted.length === 0 || wanted.includes(names[at] ?? ''));
    if (rows.length > 0) yield* process.stdout.write(tableText(rows, has(options, 'n')));
    return 0;
  });
}

function row({ devices }: Process, name: string, options: Options): string[] {
  const device = devices.find(`/dev/${name}`);
  const index = device?.index ?? 0;
  const [major, minors] = device?.type === 'nbd' ? [NBD_MAJOR, NBD_MINORS] : [RBD_MAJOR, RBD_MINORS];
  const bytes = device === undefined ? 0 : devices.sizeOf(device);
  return [
    has(options, 'p') ? `/dev/${name}` : name,
    `${String(major).padStart(3)}:${String(index * minors).padEnd(3)}`,
    '0',
    has(options, 'b') ? String(bytes) : sizeText(bytes),
    device?.readOnly === true ? '1' : '0',
    'disk',
    '',
  ];
}

/** `16M`, `1.5G`: by the largest unit, with one decimal where it is not whole. @ceph none: util-linux size_to_human_string */
function sizeText(bytes: number): string {
  let unit = 0;
  let value = bytes;
  while (value >= 1024 && unit < 6) {
    value /= 1024;
    unit++;
  }
  const text = value.toFixed(1);
  return `${text.endsWith('.0') ? text.slice(0, -2) : text}${'BKMGTPE'.charAt(unit)}`;
}

function tableText(rows: readonly (readonly string[])[], noHeadings: boolean): string {
  const lines = noHeadings ? rows : [HEADINGS, ...rows];
  const widths = HEADINGS.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length)));
  const cell = (text: string, at: number): string => {
    if (at === HEADINGS.length - 1) return text;
    const width = widths[at] ?? 0;
    return RIGHT.has(HEADINGS[at] ?? '') ? text.padStart(width) : text.padEnd(width);
  };
  return lines.map((line) => `${line.map(cell).join(' ')}\n`).join('');
}
