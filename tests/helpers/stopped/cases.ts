import type { TestMachine } from '../machine.ts';

/** An operation that is stopped after each of its steps, and how it is run again. */
export interface StoppedCase {
  readonly name: string;
  /** On top of what every case begins with: image `p/a` with snapshot `s`, its clone `p/c`, both written to since. */
  readonly before?: readonly string[];
  readonly line: string | ((machine: TestMachine) => string);
  /** How the second run ends where the first had come far enough; it may always end with 0. */
  readonly done?: readonly number[];
  /** What makes room for a third run where the second was refused so: something half-made is in the way. */
  readonly clear?: readonly string[];
  /** As after every removal of a snapshot that was stopped in Ceph: it may be left in the trash, without its name. */
  readonly leavesTrash?: true;
}

const OLD_SNAP = ['rbd snap create p/c@t', write('c', 2)];
const MIGRATION = 'rbd migration prepare p/m q/m';
const SOURCE = ['rbd create p/m --size 12K --object-size 4K', write('m', 3), 'rbd snap create p/m@v', write('m', 1)];
const GROUP = ['rbd group create p/g', 'rbd group image add p/g p/a', 'rbd group image add p/g p/c'];
const GROUP_SNAP = [...GROUP, 'rbd group snap create p/g@u', write('a', 3), write('c', 3)];

/** So many objects from the beginning, all of the same byte. */
function write(image: string, objects: number, byte = objects): string {
  const size = `--io-size 4K --io-total ${4 * objects}K --io-pattern seq --pattern-byte ${byte}`;
  return `rbd bench --io-type write ${size} p/${image}`;
}

export const ALWAYS_BEFORE: readonly string[] = [
  'ceph osd pool create p 4; ceph osd pool create q 4; rbd pool init p; rbd pool init q',
  'rbd create p/a --size 12K --object-size 4K',
  write('a', 2),
  'rbd snap create p/a@s; rbd snap protect p/a@s',
  'rbd clone p/a@s p/c --object-size 4K',
  write('a', 3),
  write('c', 1),
];

export const STOPPED_CASES: readonly StoppedCase[] = [
  { name: 'flatten', line: 'rbd flatten p/c', done: [22] },
  { name: 'flatten with a snapshot', before: OLD_SNAP, line: 'rbd flatten p/c', done: [22] },
  { name: 'rm of a clone', line: 'rbd rm p/c', done: [2] },
  { name: 'rm', before: SOURCE.slice(0, 2), line: 'rbd rm p/m', done: [2] },
  { name: 'shrink', line: 'rbd resize p/c --size 5K --allow-shrink', done: [22] },
  { name: 'shrink with a snapshot', before: OLD_SNAP, line: 'rbd resize p/c --size 5K --allow-shrink', done: [22] },
  { name: 'growth', line: 'rbd resize p/c --size 20K', done: [22] },
  { name: 'rollback', before: OLD_SNAP, line: 'rbd snap rollback p/c@t' },
  { name: 'snap create', line: 'rbd snap create p/c@t', done: [17], clear: ['rbd snap rm p/c@t'] },
  { name: 'snap rm', before: OLD_SNAP, line: 'rbd snap rm p/c@t', done: [2], leavesTrash: true },
  { name: 'clone', line: 'rbd clone p/a@s p/n --object-size 4K', done: [17], clear: ['rbd rm p/n'] },
  { name: 'cp', before: OLD_SNAP, line: 'rbd cp p/c p/n', done: [17], clear: ['rbd rm p/n'] },
  {
    name: 'deep cp',
    before: OLD_SNAP,
    line: 'rbd deep cp p/c p/n',
    done: [17],
    clear: ['rbd snap purge p/n', 'rbd rm p/n'],
  },
  {
    name: 'import',
    before: ['rbd export p/c f'],
    line: 'rbd import f p/n --object-size 4K',
    done: [17],
    clear: ['rbd rm p/n'],
  },
  {
    name: 'sparsify',
    before: [write('c', 2, 0)],
    line: 'rbd sparsify p/c',
  },
  { name: 'trash mv', line: 'rbd trash mv p/c', done: [2] },
  {
    name: 'trash restore',
    before: ['rbd trash mv p/c'],
    line: (machine) => `rbd trash restore p/${trashed(machine)}`,
    done: [2],
  },
  {
    name: 'trash rm',
    before: ['rbd trash mv p/c'],
    line: (machine) => `rbd trash rm p/${trashed(machine)}`,
    done: [2],
  },
  { name: 'group create', line: 'rbd group create p/g', done: [17], clear: ['rbd group rm p/g'] },
  { name: 'group image add', before: GROUP.slice(0, 2), line: 'rbd group image add p/g p/c' },
  { name: 'group image rm', before: GROUP, line: 'rbd group image rm p/g p/c' },
  {
    name: 'group snap create',
    before: GROUP,
    line: 'rbd group snap create p/g@u',
    done: [17],
    clear: ['rbd group snap rm p/g@u'],
  },
  { name: 'group snap rollback', before: GROUP_SNAP, line: 'rbd group snap rollback p/g@u' },
  { name: 'group snap rm', before: GROUP_SNAP, line: 'rbd group snap rm p/g@u', done: [2], leavesTrash: true },
  { name: 'group rm', before: GROUP_SNAP, line: 'rbd group rm p/g', leavesTrash: true },
  {
    name: 'migration prepare',
    before: SOURCE,
    line: MIGRATION,
    done: [2, 16, 22, 30],
    clear: ['rbd migration abort p/m'],
  },
  { name: 'migration execute', before: [...SOURCE, MIGRATION], line: 'rbd migration execute q/m', done: [22] },
  {
    name: 'migration commit',
    before: [...SOURCE, MIGRATION, 'rbd migration execute q/m'],
    line: 'rbd migration commit q/m',
    done: [22],
  },
  { name: 'migration abort', before: [...SOURCE, MIGRATION], line: 'rbd migration abort p/m', done: [22] },
];

function trashed(machine: TestMachine): string {
  return machine.must('rbd trash ls p').split(' ')[0] ?? '';
}
