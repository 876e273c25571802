import { describe, expect, it } from 'vitest';
import { bytesData } from '../../../../src/engine/base/data.ts';
import { CephError } from '../../../../src/engine/base/errno.ts';
import { reverse } from '../../../../src/engine/base/records.ts';
import { CAPACITY_BYTES } from '../../../../src/terminal/shell/files.ts';
import { Bench } from './shell-fixture.ts';

describe('the state of the shell', () => {
  it('lies in the records alone, so that undo brings all of it back', () => {
    const bench = new Bench();
    bench.run('x=before; mkdir d; echo one > d/f; false');
    bench.records.commit();
    bench.run('x=after; cd d; echo two >> f; rm f; export y=1; touch g');
    expect(bench.shell.prompt).toBe('root@radoscope:~/d# ');
    bench.records.apply(reverse(bench.records.commit()));
    bench.shell.resume();
    expect(bench.shell.prompt).toBe('root@radoscope:~# ');
    expect(bench.shell.lastExit).toBe(1);
    expect(bench.shell.history).toEqual(['x=before; mkdir d; echo one > d/f; false']);
    expect(bench.run('echo $? $x "[$y]"; pwd; cat d/f; ls d').out).toBe('1 before []\n/root\none\nf\n');
  });

  it('takes nothing of a line that is only looked at', () => {
    const bench = new Bench();
    bench.run('echo a > f');
    bench.records.commit();
    const before = bench.records.commit();
    bench.run('cat f | wc -c; ls; pwd');
    expect(before).toEqual([]);
    const tables = new Set(bench.records.commit().map(({ table }) => table));
    expect([...tables]).toEqual(['shell/history']);
  });

  it('keeps a history, without repeats', () => {
    const bench = new Bench();
    for (const line of ['true', 'true', '  echo a ', '']) bench.run(line);
    expect(bench.run('history').out).toBe('    1  true\n    2  echo a\n    3  history\n');
    bench.run('history -c');
    expect(bench.shell.history).toEqual([]);
  });

  it('numbers the lines of a script in its messages', () => {
    const bench = new Bench();
    const text = 'echo one\nnosuch\n\nfor i in 1; do\n  nosuch2\ndone\necho $0 $1\nls | | cat\necho never\n';
    const code = bench.drive(bench.shell.runScript(text, 'x.sh', ['arg']));
    expect(code).toBe(2);
    const err = new TextDecoder().decode(bench.stderr.bytes());
    expect(err.split('\n').filter((line) => !line.startsWith('Did you'))).toEqual([
      'x.sh: line 2: nosuch: command not found',
      'x.sh: line 5: nosuch2: command not found',
      "x.sh: line 8: syntax error near unexpected token `|'",
      "x.sh: line 8: `ls | | cat'",
      '',
    ]);
    expect(new TextDecoder().decode(bench.stdout.bytes())).toBe('one\nx.sh arg\n');
  });

  it('drops the line, and ends a script, at a variable that must be set', () => {
    const bench = new Bench();
    expect(bench.run('set -u; echo $nope; echo never')).toEqual({
      out: '',
      err: 'bash: nope: unbound variable\n',
      code: 1,
    });
    expect(bench.run(`echo \${nope:?is missing}`)).toEqual({ out: '', err: 'bash: nope: is missing\n', code: 1 });
    expect(bench.drive(bench.shell.runScript('set -u\necho $nope\necho never', 'x.sh'))).toBe(127);
  });

  it('names the nearest command', () => {
    const bench = new Bench();
    expect(bench.run('gerp a')).toEqual({
      out: '',
      err: "bash: gerp: command not found\nDid you mean 'grep'? Type 'help' to see what there is.\n",
      code: 127,
    });
    expect(bench.run('qqqqqqqq').err).toBe('bash: qqqqqqqq: command not found\n');
  });

  it('says what is not there yet, exit 95', () => {
    expect(new Bench().run('sleep 5 &')).toEqual({
      out: '',
      err: 'bash: running a command in the background (&): not there yet\n',
      code: 95,
    });
  });
});

describe('files', () => {
  it('have a capacity for bytes, and none for what costs nothing', () => {
    const bench = new Bench();
    bench.shell.files.put('/root/big', bytesData(new Uint8Array(CAPACITY_BYTES - 1000)));
    expect(bench.run('head -c 2000 /dev/urandom > more')).toMatchObject({
      code: 1,
      err: 'head: write error: No space left on device\n',
    });
    expect(bench.run('truncate -s 1T sparse; dd if=/dev/zero of=zeros bs=1G count=100 status=none').code).toBe(0);
    expect(bench.run('rm big; head -c 2000 /dev/urandom > more; wc -c < more')).toMatchObject({
      code: 0,
      out: '2000\n',
    });
  });

  it('go on for those who have them open', () => {
    const bench = new Bench();
    expect(bench.run('echo a > f; { read x; rm f; echo "$x"; cat; } < f; ls f').out).toBe('a\n');
  });

  it('refuse what has no place', () => {
    const files = new Bench().shell.view({
      stdin: {
        isTty: false,
        *read() {
          return null;
        },
      },
      stdout: new Sink(),
      stderr: new Sink(),
    });
    const errno = (body: () => unknown): number => {
      try {
        body();
      } catch (error) {
        if (error instanceof CephError) return error.errno;
      }
      return 0;
    };
    expect(errno(() => files.open('nope', 'read'))).toBe(2);
    expect(errno(() => files.open('nope/x', 'write'))).toBe(2);
    expect(errno(() => files.open('/root', 'write'))).toBe(21);
    expect(errno(() => files.remove('/root'))).toBe(16);
    expect(errno(() => files.list('/dev/null'))).toBe(20);
    expect(errno(() => files.makeDirectory('/tmp'))).toBe(17);
    expect(errno(() => files.open('x'.repeat(300), 'write'))).toBe(36);
    expect(files.list('/dev')).toContain('urandom');
  });
});

class Sink {
  readonly isTty = false;
  *write() {}
}
