import { describe, expect, it } from 'vitest';
import { Bench } from './shell-fixture.ts';

describe('what would take all memory, all time or all of the stack', () => {
  it.each([
    ['nested too deeply', `${'( '.repeat(5000)}a${')'.repeat(5000)}`, 2],
    ['nested too deeply', `${'echo $('.repeat(5000)}a${')'.repeat(5000)}`, 2],
    ['maximum nesting level', `x='eval "$x"'; eval "$x"`, 1],
    ['maximum nesting level', `echo '. ./f' > f; . ./f`, 1],
    [
      'Argument list too long',
      'echo {1..9999} {1..9999} {1..9999} {1..9999} {1..9999} {1..9999} {1..9999} {1..9999} {1..9999} {1..9999} {1..9999}',
      1,
    ],
    ['Cannot allocate memory', 'x=aaaaaaaaaaaaaaaa; while true; do x=$x$x; done', 1],
    ['Cannot allocate memory', 'printf %2000000d 1', 1],
    ['Cannot allocate memory', 'x=$(head -c 20000000 /dev/zero)', 1],
    ['Cannot allocate memory', 'sort /dev/zero', 2],
    ['No space left on device', 'cat /dev/urandom > f', 1],
    ['expression too long', `echo $((${'('.repeat(5000)}1${')'.repeat(5000)}))`, 1],
    ['command line too long', `echo ${'a'.repeat(1 << 21)}`, 2],
  ])('ends with %s: %.40s', (message, line, code) => {
    const result = new Bench().run(line);
    expect(result.err).toContain(message);
    expect(result.code).toBe(code);
  });

  it('keeps braces that would make too many words', () => {
    expect(new Bench().run('echo {1..9000}{1..9000}').out).toBe('{1..9000}{1..9000}\n');
  });

  it.each([
    'cat /dev/zero > /dev/null',
    'dd if=/dev/zero of=/dev/null',
    'truncate -s 1T f; wc -c < f',
    'tail -c 1 /dev/urandom',
    'cat /dev/urandom | tr a b | wc',
  ])('lets others run meanwhile: %s', (line) => {
    const bench = new Bench();
    const task = bench.shell.run(line);
    for (let step = 0; step < 500; step++) expect(task.next().done).toBe(false);
    expect(task.return(0).done).toBe(true);
  });
});
