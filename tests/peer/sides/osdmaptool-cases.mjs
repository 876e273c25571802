import { crushText, osdMap } from './random-maps.mjs';

/** @typedef {import('./random.mjs').Chance} Chance */
/**
 * @typedef {object} Case
 * @property {string} name
 * @property {Record<string, Uint8Array | string>} files
 * @property {string[][]} commands one after another, in the same folder
 */

const osd = (chance) => String(chance.between(0, 9));
const format = (chance) =>
  chance.of(['plain', 'json', 'json-pretty', 'xml', 'xml-pretty', 'table', 'html', 'nonsense', '']);

/** Option combinations; each by chance. */
const OPTIONS = [
  () => ['--print'],
  (chance) => ['--dump', format(chance)],
  (chance) => [`--tree=${format(chance)}`],
  () => ['--health'],
  () => ['--test-map-pgs'],
  () => ['--test-map-pgs-dump'],
  () => ['--test-map-pgs-dump-all'],
  (chance) => ['--test-map-pgs', '--pool', String(chance.between(0, 4))],
  (chance) => ['--test-map-pgs-dump', '--pg_num', String(chance.of([4, 7, 128]))],
  (chance) => ['--test-map-pg', chance.of(['1.0', '2.5', '3.ff', 'x', '9.0'])],
  (chance) => ['--test-map-object', chance.of(['foo', 'bar', 'a b']), '--pool', String(chance.between(1, 3))],
  () => ['--test_map_object', 'foo'],
  () => ['--mark-up-in'],
  (chance) => ['--mark-out', osd(chance)],
  (chance) => ['--mark-up', osd(chance)],
  (chance) => ['--mark-up', osd(chance), '--mark-in', osd(chance)],
  () => ['--clear-temp'],
  () => ['--clean-temps'],
  (chance) => ['--adjust-crush-weight', `${osd(chance)}:${chance.of(['0', '0.5', '2.25'])}`],
  (chance) => ['--adjust-crush-weight', `${osd(chance)}:1,${osd(chance)}:0.125`, '--save'],
  () => ['--export-crush', 'crush'],
  () => ['--upmap-cleanup', '-'],
  () => ['--upmap-cleanup', 'cleanup'],
  () => ['--vstart'],
  () => ['--save'],
  () => ['--with-default-pool'],
];

/** Lines that are wrong, or that do nothing. */
const WRONG = [
  [],
  ['map', '--no-such-option'],
  ['map', '--prnt'],
  ['map', 'map'],
  ['map'],
  ['none', '--print'],
  ['text', '--print'],
  ['map', '--save'],
  ['map', '--pool'],
  ['map', '--pool', 'x'],
  ['map', '--pool', '7', '--test-map-pgs'],
  ['map', '--pool', '7', '--test-map-object', 'foo'],
  ['map', '--test-map-object'],
  ['map', '--test-map-pg'],
  ['map', '--print=1'],
  ['map', '--pg_num', '3x', '--print'],
  ['map', '--upmap-deviation', '0', '--print'],
  ['map', '--upmap-max'],
  ['map', '--upmap', '-', '--upmap-max', 'x', '--upmap-pool', 'p0', '--upmap-seed', '3'],
  ['map', '--upmap', '-', '--upmap-pool', 'none'],
  ['map', '--upmap', 'no/such/file'],
  ['map', '--read', '-'],
  ['map', '--read'],
  ['map', '--read-pool', 'p0'],
  ['map', '--read', '-', '--read-pool', 'none'],
  ['map', '--osd-size-aware'],
  ['map', '--mark-out', 'x', '--print'],
  ['map', '--mark-up', 'x', '--print'],
  ['map', '--mark-out', '99', '--print'],
  ['map', '--mark-out', '-3', '--print'],
  ['map', '--mark-up', '3.7', '--print'],
  ['map', '--mark-out', '99999999999', '--print'],
  ['map', '--adjust-crush-weight', '1'],
  ['map', '--adjust-crush-weight', 'x:1'],
  ['map', '--adjust-crush-weight', '1:x'],
  ['map', '--adjust-crush-weight', '99:1'],
  ['map', '--adjust-crush-weight', ''],
  ['map', '--adjust-crush-weight', '1:0.5,,2:3'],
  ['map', '--import-crush', 'none'],
  ['map', '--import-crush', 'map'],
  ['map', '--export-crush', 'no/such/file'],
  ['map', '--range-first', '1', '--range-last', '2'],
  ['map', '--range-first', 'x', '--range-last', '2'],
  ['map', '--range-first', '1', '--print'],
  ['map', '--createsimple', '3'],
  ['new', '--createsimple', '0'],
  ['new', '--createsimple', 'x'],
  ['new', '--createsimple'],
  ['new', '--createsimple', '3', '--pg_bits', 'x'],
  ['no/such', '--createsimple', '3'],
  ['map', '--clobber', '--print'],
  ['map', '--', '--print'],
  ['--', 'map'],
  ['map', '--test-map-pgs', '--pg-bits', '3'],
  ['map', '--upmap-seed', 'x', '--print'],
  ['--version'],
  ['-v'],
];

/** @param {Chance} chance @param {readonly Uint8Array[]} recorded @returns {Generator<Case>} */
export function* osdmaptoolCases(chance, recorded) {
  for (const words of WRONG) {
    yield {
      name: words.join(' '),
      files: { map: osdMap(chance, 1), text: 'no map\n' },
      commands: [['osdmaptool', ...words]],
    };
  }
  for (let round = 0; ; round++) {
    const map = chance.in100(25) ? chance.of(recorded) : osdMap(chance, round + 2);
    const words = Array.from({ length: chance.between(1, 3) }, () => chance.of(OPTIONS)(chance)).flat();
    const again = words.includes('--save') ? [['osdmaptool', 'map', '--print']] : [];
    yield { name: words.join(' '), files: { map }, commands: [['osdmaptool', 'map', ...words], ...again] };
    yield upmapCase(chance, map);
    yield upmapOnCrushCase(chance);
    yield readCase(chance, map, chance.of(['p0', 'p0', 'p1', 'p2']));
    if (round % 4 === 0) yield createCase(chance);
  }
}

/** Pools take turns by chance, so one alone is balanced. @param {Chance} chance @param {Uint8Array} map @returns {Case} */
function upmapCase(chance, map) {
  const words = ['--upmap', chance.of(['-', 'out']), '--upmap-pool', chance.of(['p0', 'p0', 'p1'])];
  words.push('--upmap-seed', String(chance.between(0, 1000)), '--upmap-deviation', String(chance.between(1, 3)));
  words.push('--upmap-max', String(chance.of([1, 10, 50])));
  if (chance.in100(20)) words.push('--upmap-active');
  if (chance.in100(30)) words.push('--save');
  if (chance.in100(20)) words.push('--vstart');
  if (chance.in100(20)) words.push('--osd_calc_pg_upmaps_aggressively=false');
  return { name: words.join(' '), files: { map }, commands: [['osdmaptool', 'map', ...words]] };
}

/** With trees and rules of all kinds. @param {Chance} chance @returns {Case} */
function upmapOnCrushCase(chance) {
  const { text, devices } = crushText(chance);
  const words = ['--upmap', 'out', '--upmap-seed', String(chance.between(0, 1000)), '--upmap-deviation'];
  words.push(String(chance.between(1, 3)), '--upmap-max', String(chance.of([1, 10, 50])), '--save');
  if (chance.in100(30)) words.push('--osd_calc_pg_upmaps_aggressively=false');
  const out = chance.in100(50) ? ['--mark-out', String(chance.between(0, devices - 1))] : [];
  return {
    name: `on a tree: ${words.join(' ')}`,
    files: { text },
    commands: [
      ['crushtool', '-c', 'text', '-o', 'crush'],
      ['osdmaptool', 'new', '--createsimple', String(devices), '--with-default-pool', '--pg-bits', '3'],
      ['osdmaptool', 'new', '--import-crush', 'crush'],
      ['osdmaptool', 'new', '--mark-up-in', ...out, ...words],
      ['osdmaptool', 'new', '--mark-up-in', ...out, ...words],
      ['osdmaptool', 'new', '--test-map-pgs-dump-all'],
    ],
  };
}

/** @param {Chance} chance @param {Uint8Array} map @param {string} pool @returns {Case} */
function readCase(chance, map, pool) {
  const words = ['--read', chance.of(['-', 'out']), '--read-pool', pool];
  if (chance.in100(40)) words.push('--osd-size-aware');
  if (chance.in100(20)) words.push('--vstart');
  return { name: words.join(' '), files: { map }, commands: [['osdmaptool', 'map', ...words]] };
}

/** Settings that a new map goes by, in sections of which some are not heeded. @param {Chance} chance */
function confText(chance) {
  const settings = [
    () => `osd_pool_default_size = ${chance.between(1, 5)}`,
    () => `osd pool default min size = ${chance.between(0, 3)}`,
    () => `osd_pool_default_pg_num = ${chance.between(8, 64)}`,
    () => `osd_pool_default_flags = ${chance.of([0, 1, 4, 16])}`,
    () => `osd_pool_default_flag_${chance.of(['hashpspool', 'nodelete', 'bulk'])} = ${chance.of(['true', 'false'])}`,
    () => `osd_pool_default_pg_autoscale_mode = ${chance.of(['on', 'off', 'warn'])}`,
    () => `osd_crush_chooseleaf_type = ${chance.between(0, 3)}`,
  ];
  const section = (name) => [`[${name}]`, ...Array.from({ length: 2 }, () => chance.of(settings)())];
  return ['global', 'client', 'client.admin', 'osd', 'mon'].flatMap(section).join('\n');
}

/** @param {Chance} chance @returns {Case} */
function createCase(chance) {
  const words = ['--createsimple', String(chance.between(1, 40))];
  if (chance.in100(70)) words.push('--with-default-pool');
  if (chance.in100(40))
    words.push(chance.of(['--pg-bits', '--pg_bits', '--osd-pg-bits']), String(chance.between(0, 7)));
  if (chance.in100(40)) words.push('--pgp-bits', String(chance.between(0, 7)));
  if (chance.in100(40)) words.push('-c', chance.of(['conf', 'conf', 'none']));
  const commands = [
    ['osdmaptool', 'new', ...words],
    ['osdmaptool', 'new', '--print'],
    ['osdmaptool', 'new', '--dump', 'json'],
    ['osdmaptool', 'new', '--mark-up-in', '--test-map-pgs-dump-all'],
    ['osdmaptool', 'new', '--export-crush', 'crush'],
    ['crushtool', '-d', 'crush', '-o', 'text'],
  ];
  return { name: words.join(' '), files: { conf: confText(chance) }, commands };
}
