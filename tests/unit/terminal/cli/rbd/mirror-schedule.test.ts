import { expect, test } from 'vitest';
import { asSet } from '../../../../../src/engine/librbd/schedule-order.ts';
import { TestMachine } from '../../../../helpers/machine.ts';

const MINUTE_US = 60_000_000;

function mirrored(): TestMachine {
  const machine = new TestMachine();
  machine.must('ceph osd pool create rbd 8; rbd pool init rbd; rbd mirror pool enable rbd image');
  machine.must('rbd create --size 16M s; rbd mirror image enable s snapshot');
  machine.must('rbd mirror pool peer add rbd client.x@remote');
  return machine;
}

const made = (machine: TestMachine) =>
  machine.must('rbd mirror image status s').match(/\.mirror\.primary/g)?.length ?? 0;

test('MI3: schedules of all levels are listed as recorded from a real cluster', () => {
  const machine = mirrored();
  machine.must('rbd mirror snapshot schedule add -p rbd --image s 1h');
  machine.must('rbd mirror snapshot schedule add 3h; rbd mirror snapshot schedule add -p rbd 1d 10:00');
  machine.must('rbd mirror snapshot schedule add -p rbd 2h 00:00');
  expect(machine.must('rbd mirror snapshot schedule ls')).toBe('every 3h\n');
  expect(machine.must('rbd mirror snapshot schedule ls -R')).toBe(
    [
      'POOL  NAMESPACE  IMAGE  SCHEDULE                                                    ',
      '-     -          -      every 3h                                                    ',
      'rbd   -          -      every 2h starting at 00:00:00, every 1d starting at 10:00:00',
      'rbd              s      every 1h                                                    ',
      '',
    ].join('\n'),
  );
  expect(machine.must('rbd mirror snapshot schedule ls -R -p rbd --image s --format xml')).toBe(
    '<schedules><schedule><pool>rbd</pool><namespace></namespace><image>s</image><items><item><interval>1h</interval><start_time></start_time></item></items></schedule></schedules>\n',
  );
  expect(JSON.parse(machine.must('ceph rbd mirror snapshot schedule list rbd/s'))).toEqual({
    [JSON.parse(machine.must('rbd info s --format json')).id.replace(
      /^/,
      `${machine.cluster.connect().ioCtx('rbd').poolId}//`,
    )]: {
      name: 'rbd/s',
      schedule: [{ interval: '1h', start_time: null }],
    },
  });
  expect(machine.must('rbd mirror snapshot schedule status')).toBe('SCHEDULE TIME  IMAGE\n');
  machine.must('rbd mirror snapshot schedule rm -p rbd --image s; rbd mirror snapshot schedule rm -p rbd');
  machine.must('rbd mirror snapshot schedule rm 3h');
  expect(machine.must('rbd mirror snapshot schedule ls -R')).toBe('POOL  NAMESPACE  IMAGE  SCHEDULE\n');
});

test('MI3: a snapshot is made when it is due, and five wait for a peer at most', () => {
  const machine = mirrored();
  machine.must('rbd mirror snapshot schedule add -p rbd 10m');
  expect(made(machine)).toBe(1);
  machine.cluster.advance(10 * MINUTE_US);
  // The one from before there was a peer goes with the first that names one.
  expect(made(machine)).toBe(1);
  machine.cluster.advance(20 * MINUTE_US);
  expect(made(machine)).toBe(3);
  expect(machine.must('rbd mirror snapshot schedule status')).toMatch(
    /^SCHEDULE TIME {8}IMAGE\n\d{4}-\d\d-\d\d \d\d:\d0:00 {2}rbd\/s\n$/,
  );
  machine.cluster.advance(60 * MINUTE_US);
  expect(made(machine)).toBe(5);
  machine.must('rbd mirror image demote s');
  machine.cluster.advance(MINUTE_US);
  expect(machine.must('rbd mirror snapshot schedule status')).toBe('SCHEDULE TIME  IMAGE\n');
  machine.must('rbd mirror image promote s; rbd rm s');
  machine.cluster.advance(20 * MINUTE_US);
  expect(machine.must('rbd mirror snapshot schedule ls -p rbd')).toBe('every 10m\n');
});

test('MI5: an image leaves mirroring when it is removed, or moved to the trash', () => {
  const machine = mirrored();
  machine.must('rbd create --size 16M t; rbd mirror image enable t journal');
  machine.must('rbd rm s; rbd trash mv t');
  expect(machine.must('rbd mirror pool status rbd')).toContain('images: 0 total\n');
  // As recorded: the image in the trash keeps its journal.
  expect(machine.must('rbd info $(rbd trash ls | cut -d" " -f1 | sed s/^/--image-id=/)')).toContain('journaling');
  expect(machine.must('rados -p rbd ls').match(/^journal\.\w+$/gm)).toHaveLength(1);
});

const WRONG: readonly (readonly [line: string, code: number, err: string])[] = [
  [
    'add -p rbd --image s 1x',
    22,
    'rbd: rbd mirror snapshot schedule add failed: (22) Invalid argument: Invalid interval (1x)',
  ],
  [
    'add -p rbd --image s 1h 25:00',
    22,
    'rbd: rbd mirror snapshot schedule add failed: (22) Invalid argument: Invalid start time 25:00: hour must be in 0..23, not 25: 25:00',
  ],
  [
    'add -p rbd --image nope 1h',
    22,
    'rbd: rbd mirror snapshot schedule add failed: (22) Invalid argument: image nope does not exist',
  ],
  [
    'add -p nope 1h',
    22,
    'rbd: rbd mirror snapshot schedule add failed: (22) Invalid argument: pool nope does not exist',
  ],
  [
    'add -p rbd --image plain 1h',
    22,
    'rbd: rbd mirror snapshot schedule add failed: (22) Invalid argument: image plain is not in snapshot mirror mode',
  ],
  [
    'add -p rbd --namespace ns 1h',
    22,
    'rbd: rbd mirror snapshot schedule add failed: (22) Invalid argument: namespace ns is not in mirror image mode',
  ],
  ['add --image rbd/s -p rbd 1h', 22, 'rbd: pool is specified both via pool and image options'],
  ['add --image rbd/s --namespace ns 1h', 22, 'rbd: namespace is specified both via namespace and image options'],
  ['add --image s', 22, "rbd: missing 'interval' argument"],
  [
    'ls -p rbd --image nope',
    22,
    'rbd: rbd mirror snapshot schedule list failed: (22) Invalid argument: image nope does not exist',
  ],
  [
    'status -p rbd --image nope',
    74,
    'rbd: rbd mirror snapshot schedule status failed: (22) Invalid argument: image nope does not exist\nrbd: invalid schedule status JSON received',
  ],
];

test('MI3: what cannot be scheduled is refused as recorded', () => {
  const machine = mirrored();
  machine.must('rbd create --size 16M plain; rbd namespace create rbd/ns');
  for (const [line, code, err] of WRONG) {
    const found = machine.run(`rbd mirror snapshot schedule ${line}`);
    expect({ line, code: found.code, err: found.err }).toEqual({ line, code, err: `${err}\n` });
  }
  expect(machine.run('rbd mirror snapshot schedule ls')).toEqual({ code: 2, out: '', err: '' });
  expect(machine.run('ceph rbd mirror snapshot schedule add rbd/@s 1h').err).toBe(
    'Error EINVAL: failed to parse rbd/@s\n',
  );
});

test("items are in the order of Python's sets", () => {
  const item = (minutes: number, startTime: string | null) => ({ minutes, startTime });
  const order = (...items: Parameters<typeof asSet>[0][number][]) => asSet(items).map(({ minutes }) => minutes);
  // As CPython gives them.
  expect(order(item(1440, '10:00:00'), item(120, '00:00:00'))).toEqual([120, 1440]);
  expect(order(item(60, '00:15:00'), item(1440, '00:00:00'))).toEqual([1440, 60]);
  expect(order(item(60, '00:00:00'), item(1440, '14:15:00'))).toEqual([1440, 60]);
});
