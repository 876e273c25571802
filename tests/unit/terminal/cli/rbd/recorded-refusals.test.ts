import { expect, test } from 'vitest';
import { TestMachine } from '../../../../helpers/machine.ts';

test('refusals of wrong uses, as a real cluster gave them', () => {
  const machine = new TestMachine();
  machine.must('ceph osd pool create g 8; rbd pool init g; rbd namespace create g/n; rbd create g/a -s 8M');
  machine.must('rbd create g/n/b -s 8M; rbd mirror pool enable g/n image');
  const missing = '[errno 2] RADOS object not found (Failed to operate write op for oid';
  const schedule = 'schedule remove failed: (2) No such file or directory';
  const refusals: readonly (readonly [string, number, string])[] = [
    ['mv g/a g/n/a', 22, 'rbd: mv/rename across namespaces not supported\nsource namespace:  dest namespace: n\n'],
    ['mirror pool info g/n', 2, ''],
    ['mirror pool info g/n --format json', 2, ''],
    ['mirror image snapshot g/n/b', 22, 'rbd: mirroring not enabled on the image\n'],
    [
      'mirror snapshot schedule rm -p g 1m',
      2,
      `rbd: rbd mirror snapshot ${schedule}: ${missing} rbd_mirror_snapshot_schedule)\n`,
    ],
    ['trash purge schedule rm -p g 1m', 2, `rbd: rbd trash purge ${schedule}: ${missing} rbd_trash_purge_schedule)\n`],
    [
      'migration prepare --import-only --source-spec x --source-spec-path y g/b',
      22,
      'rbd: cannot specify both source-spec and source-spec-path\n',
    ],
  ];
  for (const [words, code, err] of refusals) {
    expect(machine.run(`rbd ${words}`), words).toEqual({ code, out: '', err });
  }
  // The destination's namespace is the source's unless another is said.
  machine.must('rbd mv g/n/b g/c');
  expect(machine.must('rbd ls g/n')).toBe('c\n');
});

const PLAIN = 'rbd: --pretty-format only works when --format is json or xml\n';
const NO_SNAP = "rbd: snapshot name specified for a command that doesn't use it\n";

test.each<readonly [line: string, code: number, err: string]>([
  ['rbd journal status --pretty-format', 22, 'rbd: journal was not specified\n'],
  ['rbd journal status a@nope', 22, NO_SNAP],
  ['rbd snap ls p2/a@s --pretty-format', 22, NO_SNAP],
  ['rbd lock ls --format foo a@x', 1, "rbd: the argument for option '--format' is invalid\n"],
  ...['info nosuch', 'ls nopool', 'device list', 'config global ls client', 'mirror image status'].map(
    (line) => [`rbd ${line} --pretty-format`, 22, PLAIN] as const,
  ),
  ['rbd config pool get --pool=rbd k', 1, "rbd: unrecognised option '--pool=rbd'\n"],
  ['rbd --pool rbd --format=json create a @s', 1, "rbd: unrecognised option '--format=json'\n"],
  ['rbd snap rollback --debug-rbd 0 a -a', 1, "rbd: unrecognised option '-a'\n"],
  ['rbd rm --debug-foo 0 a', 1, "rbd: unrecognised option '--debug-foo'\n"],
  [
    'rbd flatten --debug-rbd x',
    22,
    "parse error setting 'debug_rbd' to 'x' (value must take the form N or N/M, where N and M are integers)\n\n" +
      'rbd: image name was not specified\n',
  ],
  ["rbd feature disable a ''", 22, 'rbd: failed to update image features: (22) Invalid argument\n'],
  ["rbd feature disable c ''", 2, 'rbd: error opening image c: (2) No such file or directory\n'],
  ['rbd migration prepare a x@s', 22, NO_SNAP],
  ['rbd trash rm a@s', 22, NO_SNAP],
  ['rbd deep cp a/b/c/d b@s2 --order 99', 1, "rbd: the argument for option '--order' is invalid\n"],
  ['rbd mirror image enable c b', 2, 'rbd: error opening image c: (2) No such file or directory\n'],
  ['rbd mirror image enable a b', 22, 'rbd: invalid mode name: b\n'],
  [
    'rbd group create --user x --user y',
    22,
    `rbd: group name was not specified\n${'rbd: --user is deprecated, use --id\n'.repeat(2)}`,
  ],
  ['rbd clone --namespace n a@s c', 2, 'rbd: clone error: (2) No such file or directory\n'],
  ['rbd children a@s', 2, 'rbd: snapshot does not exist.\n'],
])('%s', (line, code, err) => {
  const machine = new TestMachine();
  machine.must('ceph osd pool create rbd 8; rbd pool init rbd; rbd namespace create rbd/n; rbd create a -s 8M');
  const answer = machine.run(line);
  expect({ ...answer, err: answer.err.replace(/^\d{4}-\S+ 7f[0-9a-f]+ -1 .*\n/gm, '') }).toMatchObject({ code, err });
});

test('names that stay or are filled in', () => {
  const machine = new TestMachine();
  machine.must('ceph osd pool create rbd 8; rbd pool init rbd; rbd create a -s 8M; rbd snap create --no-progress a@s');
  machine.must('rbd snap rename rbd/a@s a@t; rbd group create g');
  expect(machine.run('rbd group rename g g').code).toBe(17);
  expect(machine.must('rbd group ls; rbd snap ls a --format json')).toMatch(/^g\n.*"name":"t"/);
});

test('a migration whose source takes part in another one leaves that alone', () => {
  const machine = new TestMachine();
  machine.must('ceph osd pool create rbd 8; rbd pool init rbd; rbd create a -s 8M; rbd migration prepare a b');
  machine.must('rbd migration execute b --no-progress');
  expect(machine.run('rbd migration prepare b c').code).toBe(17);
  machine.must('rbd migration commit b --no-progress');
  expect(machine.must('rbd ls')).toBe('b\n');
});
