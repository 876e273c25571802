import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Bench } from '../run-tool.ts';

function cloned(): Bench {
  const bench = new Bench();
  const lines = ['ceph osd pool create p 8', 'rbd pool init p', 'rbd create p/a -s 8M', 'rbd snap create p/a@s'];
  for (const line of lines) bench.must(line);
  return bench;
}

/** What stderr says, times and numbers aside. */
function said(bench: Bench, line: string): string[] {
  const { stderr } = bench.run(line);
  const times = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000 7f[0-9a-f]{10} -1 /;
  return stderr
    .trimEnd()
    .split('\n')
    .map((text) => text.replace(times, 'LOG ').replace(/0x55[0-9a-f]{10}/, 'THIS'));
}

test('what a client logs of a clone that fails comes before what the tool says, as recorded', () => {
  const bench = cloned();
  expect(said(bench, 'rbd clone p/a@none p/b')).toEqual([
    'LOG librbd::image::RefreshRequest: failed to locate snapshot: none',
    'LOG librbd::image::OpenRequest: failed to find snapshot none',
    'LOG librbd::image::CloneRequest: THIS handle_open_parent: failed to open parent image: (2) No such file or directory',
    'rbd: clone error: (2) No such file or directory',
  ]);
  expect(said(bench, 'rbd clone --snap-id 77 p/a p/b')).toEqual([
    'LOG librbd::image::OpenRequest: failed to set image snapshot: (2) No such file or directory',
    'LOG librbd::image::CloneRequest: THIS handle_open_parent: failed to open parent image: (2) No such file or directory',
    'rbd: clone error: (2) No such file or directory',
  ]);
  expect(said(bench, 'rbd clone p/none@s p/b')).toEqual(['rbd: clone error: (2) No such file or directory']);
  expect(said(bench, 'rbd clone p/a@s p/b')).toEqual([
    'LOG librbd::image::CloneRequest: THIS validate_parent: parent snapshot must be protected',
    'rbd: clone error: (22) Invalid argument',
  ]);
  bench.must('rbd snap protect p/a@s');
  expect(said(bench, 'rbd clone p/a@s p/a')).toEqual([
    'LOG librbd::image::CloneRequest: THIS handle_create_child: error creating child: (17) File exists',
    'rbd: clone error: (17) File exists',
  ]);
});

test('the clones that keep a snapshot protected stand in the log', () => {
  const bench = cloned();
  bench.must('rbd snap protect p/a@s');
  bench.must('rbd clone p/a@s p/b');
  const id = /id: (\w+)/.exec(bench.must('rbd info p/b'))?.[1];
  expect(said(bench, 'rbd snap unprotect p/a@s')).toEqual([
    `LOG librbd::SnapshotUnprotectRequest: cannot unprotect: at least 1 child(ren) [${id}] in pool 'p'`,
    'LOG librbd::SnapshotUnprotectRequest: encountered error: (16) Device or resource busy',
    'LOG librbd::SnapshotUnprotectRequest: THIS should_complete_error: ret_val=-16',
    'LOG librbd::SnapshotUnprotectRequest: THIS should_complete_error: ret_val=-16',
    'rbd: unprotecting snap failed: (16) Device or resource busy',
  ]);
});

/** A step of the recorded session: what was typed, logged, said, and the exit code. */
function recorded(): { line: string; answer: string[] }[] {
  const text = readFileSync(new URL('./log-answers.txt', import.meta.url), 'utf8');
  return text.split(/^\$ /m).flatMap((block) => {
    const [line = '', ...answer] = block.trimEnd().split('\n');
    return line === '' ? [] : [{ line, answer }];
  });
}

/** Log lines first: a real client writes them at any time. */
function answered(bench: Bench, line: string): string[] {
  const { code, stdout, stderr } = bench.run(line);
  const times = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000 7f[0-9a-f]{10} -1 /;
  const lines = `${stdout}\n${stderr}`.split(/[\r\n]+/).filter((text) => text !== '');
  const logs = lines.filter((text) => times.test(text)).map((text) => text.replace(times, 'LOG '));
  const numbers = (text: string) => text.replace(/0x55[0-9a-f]{10}/, 'THIS').replace(/\[[0-9a-f]+\] in/, '[ID] in');
  return [...logs.map(numbers), ...lines.filter((text) => !times.test(text)), `= ${code}`];
}

test('wrong uses of a session with a real cluster: what is logged, and what is said', () => {
  const bench = new Bench();
  for (const line of ['ceph osd pool create rbd 8', 'rbd pool init rbd']) bench.must(line);
  for (const { line, answer } of recorded()) {
    const expected = answer.map((text) => text.replace(/\[[0-9a-f]+\] in/, '[ID] in'));
    expect([line, ...answered(bench, line)].sort()).toEqual([line, ...expected].sort());
  }
});
