import { describe, expect, it } from 'vitest';
import type { CommandRecord } from '../../../../../src/terminal/cli/command.ts';
import { commandWords, parseArgs } from '../../../../../src/terminal/cli/rbd/program-options.ts';
import { RbdError } from '../../../../../src/terminal/cli/rbd/rbd-error.ts';

const COMMAND: CommandRecord = {
  tool: 'rbd',
  words: ['snap', 'create'],
  summary: '',
  positionals: [{ name: 'snap-spec', type: 'snap-spec' }],
  options: [
    { long: 'size', short: 's', type: 'size', summary: '' },
    { long: 'image-feature', type: 'string', summary: '', repeat: true },
    { long: 'no-progress', summary: '' },
  ],
  *run() {
    return 0;
  },
};

function parse(...words: string[]) {
  return parseArgs(COMMAND, 2, ['snap', 'create', ...words]);
}

describe('options of rbd', () => {
  it.each([
    ['--sise 1G x', "rbd: unrecognised option '--sise'"],
    ['-z x', "rbd: unrecognised option '-z'"],
    ['--size', "rbd: the required argument for option '--size' is missing"],
    ['--size= x', "rbd: the argument for option '--size' should follow immediately after the equal sign"],
    ['--size 1 --size 2 x', "rbd: option '--size' cannot be specified more than once"],
    ['--no-progress --no-progress', "rbd: option '--no-progress' cannot be specified more than once"],
    ['--no-progress=1 x', "rbd: option '--no-progress' does not take any arguments"],
    ['x y', 'rbd: too many arguments'],
  ])('%s is refused in the words of the real parser', (line, message) => {
    expect(() => parse(...line.split(' '))).toThrow(expect.objectContaining({ message, exitCode: 1 }));
  });

  it('takes values apart from, joined to, and stuck to their option', () => {
    for (const line of ['--size 5 x', '--size=5 x', '-s 5 x', '-s5 x', 'x -s5']) {
      const { positionals, options } = parse(...line.split(' '));
      expect([positionals, options.get('size')], line).toEqual([['x'], ['5']]);
    }
  });

  it('keeps each value of an option that may be repeated', () => {
    const { options } = parse('--image-feature', 'a', '--image-feature', 'b', 'x');
    expect(options.get('image-feature')).toEqual(['a', 'b']);
  });

  it('takes everything after -- as positionals', () => {
    expect(parse('--', '-dash').positionals).toEqual(['-dash']);
  });

  it('takes options that only say where the cluster is', () => {
    expect(parse('-c', 'ceph.conf', '--id', 'admin', 'x').positionals).toEqual(['x']);
  });

  it('finds the words of a command among options, of which switches have no value', () => {
    const words = commandWords(['--pool', 'p', 'snap', '--no-progress', 'ls', '--image=i'], new Set(['no-progress']));
    expect(words).toEqual(['snap', 'ls']);
  });

  it('gives errors of the tool exit codes and a prefix', () => {
    expect(new RbdError('words', 22).message).toBe('rbd: words');
    expect(new RbdError('', 22).message).toBe('');
  });
});
