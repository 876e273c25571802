import { expect, it } from 'vitest';
import { markAt, placeMarks, shortName } from '../../../../../src/app/views/timeline/marks.ts';
import { noCost } from '../../../../../src/engine/base/cost.ts';

const entry = (seq: number, line: string, changes = 1, exitCode = 0) => ({
  seq,
  line,
  exitCode,
  at_us: seq,
  took_us: 1,
  cost: noCost(),
  changes,
});

it.each([
  ['rbd snap create pool100/image1@snap1', 'snap create'],
  ['rbd create -p pool100 image1 --size 100G', 'create'],
  ['rados -p pool100 ls', 'rados ls'],
  ['ceph -s', 'ceph'],
  ['ceph osd pool create pool100 64 64', 'pool create'],
  ['ceph osd tree', 'osd tree'],
  ['ceph health detail', 'ceph health'],
  ['dd if=/dev/zero of=/dev/rbd0', 'dd'],
  ['echo a | cat', 'echo'],
])('%s is called %s', (line, name) => {
  expect(shortName(line)).toBe(name);
});

it('places a mark a command, in order, inside the track, and finds them again', () => {
  for (const count of [1, 5, 200]) {
    const entries = Array.from({ length: count }, (_, index) => entry(index + 1, 'rbd create x'));
    const marks = placeMarks(entries, 600);
    expect(marks).toHaveLength(count + 1);
    marks.forEach((mark, index) => {
      expect(mark.x).toBeGreaterThan(marks[index - 1]?.x ?? 0);
      expect(mark.x).toBeLessThanOrEqual(600);
      expect(markAt(marks, mark.x)).toBe(mark.seq);
    });
  }
});

it('labels never run over another mark or label', () => {
  const entries = Array.from({ length: 30 }, (_, index) => entry(index + 1, 'rbd snap create a/b@c', index % 3));
  const marks = placeMarks(entries, 900);
  for (const mark of marks.filter((each) => each.label !== '')) {
    const end = mark.x + 12 + mark.label.length * 7;
    expect(marks.some((other) => other.x > mark.x && other.x - 6 < end)).toBe(false);
  }
});
