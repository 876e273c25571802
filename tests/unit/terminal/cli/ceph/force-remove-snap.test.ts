import { expect, test } from 'vitest';
import { Bench } from '../run-tool.ts';

/** Answers of a real cluster of 20.2.4 to the same lines. */
test('snapshots that are gone can be trimmed once more; those that are there are left alone', () => {
  const bench = new Bench();
  bench.must('ceph osd pool create ps 4');
  const force = (args: string): string => bench.run(`ceph osd pool force-remove-snap ps ${args}`).stderr;
  expect(force('')).toBe('Error EINVAL: pool ps invalid snaps mode\n');
  for (const name of ['s1', 's2', 's3', 's4', 's5']) bench.must(`ceph osd pool mksnap ps ${name}`);
  bench.must('rados -p ps put a -', 'hello');
  for (const name of ['s2', 's3']) bench.must(`ceph osd pool rmsnap ps ${name}`);
  bench.cluster.run(bench.cluster.settle());
  const purged = 'snapids: 2 was already marked as purged. snapids: 3 was already marked as purged. ';
  const range = (from: number, to: number): string =>
    `force removing snap ids in the range of [${from},${to}) from pool 2. `;
  expect(force('2 4 --dry-run')).toBe(`Dry run: ${range(2, 4)}${purged}no snapshots were removed\n`);
  expect(force('2 4')).toBe(`${range(2, 4)}${purged}no snapshots were removed\n`);
  expect(force('1 4 --dry-run')).toBe(`Dry run: ${range(1, 4)}${purged}removed snapids: 1\n`);
  expect(force('0 3 --dry-run')).toBe(
    `Dry run: ${range(0, 3)}snapids: 2 was already marked as purged. removed snapids: 0,1\n`,
  );
  expect(force('--dry-run')).toBe(`Dry run: ${range(1, 5)}${purged}removed snapids: 1,4\n`);
  expect(force('7 9 --dry-run')).toBe(`Dry run: ${range(7, 5)}no snapshots were removed\n`);
  expect(force('2 2')).toBe(`${range(2, 2)}no snapshots were removed\n`);
  expect(force('9 7')).toBe("Error ENOENT: error, lower bound can't be higher than higher bound\n");
  expect(bench.run('ceph osd pool force-remove-snap nope').stderr).toBe("Error ENOENT: unrecognized pool 'nope'\n");
  expect(bench.run('ceph osd pool force-remove-snap ps 4 5').code).toBe(95);
  expect(bench.must('rados -p ps lssnap')).toContain('3 snaps\n');
});
