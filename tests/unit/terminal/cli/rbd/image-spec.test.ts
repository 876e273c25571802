import { describe, expect, it } from 'vitest';
import type { ParsedArgs } from '../../../../../src/terminal/cli/command.ts';
import { extractSpec, SpecReader, specText } from '../../../../../src/terminal/cli/rbd/image-spec.ts';

function args(positionals: readonly string[], options: Readonly<Record<string, string>> = {}): ParsedArgs {
  return { positionals, options: new Map(Object.entries(options).map(([key, value]) => [key, [value]])) };
}

describe('specs', () => {
  it.each([
    ['img', ['', '', 'img', '']],
    ['p/img', ['p', '', 'img', '']],
    ['p/n/img', ['p', 'n', 'img', '']],
    ['p/img@s', ['p', '', 'img', 's']],
    ['img@s', ['', '', 'img', 's']],
    ['p/n/img@s', ['p', 'n', 'img', 's']],
    // Read loosely, the rest belongs to the last name.
    ['p/n/a/b', ['p', 'n', 'a/b', '']],
    ['img@s@t', ['', '', 'img', 's@t']],
  ])('%s is read loosely as pool, namespace, image and snapshot', (text, parts) => {
    const { pool, nspace, image, snap } = extractSpec(text, 'none');
    expect([pool, nspace, image, snap]).toEqual(parts);
  });

  it.each([
    ['img@', 'none'],
    ['/img', 'full'],
    ['a//b', 'full'],
    ['img@a@b', 'snap'],
    ['a/b/c/d', 'full'],
    ['img@', 'snap'],
  ] as const)('%s is no spec, read with validation %s', (text, validation) => {
    expect(() => extractSpec(text, validation)).toThrow(`rbd: invalid spec '${text}'`);
  });

  it('fills in options where the spec leaves something out', () => {
    const spec = new SpecReader(args(['img@s'], { pool: 'p', namespace: 'n' })).image({ snap: 'required' });
    expect(specText(spec)).toBe('p/n/img@s');
  });

  it('reads a spec in --image too, and then takes no positional for it', () => {
    const reader = new SpecReader(args(['next'], { image: 'p/img' }));
    expect(specText(reader.image())).toBe('p/img');
    expect(reader.nextPositional()).toBe('next');
  });

  it('tells what is missing, of the destination in other words', () => {
    expect(() => new SpecReader(args([])).image()).toThrow('rbd: image name was not specified');
    expect(() => new SpecReader(args([])).image({ dest: true })).toThrow(
      'rbd: destination image name was not specified',
    );
    expect(() => new SpecReader(args(['a'])).image({ snap: 'required' })).toThrow(
      'rbd: snapshot name was not specified',
    );
    expect(() => new SpecReader(args(['a@s'])).image()).toThrow(
      "rbd: snapshot name specified for a command that doesn't use it",
    );
  });

  it('reads a pool with or without a namespace', () => {
    expect(new SpecReader(args(['p/n'])).pool()).toEqual({ pool: 'p', nspace: 'n' });
    expect(new SpecReader(args([], { pool: 'p' })).pool()).toEqual({ pool: 'p', nspace: '' });
    expect(new SpecReader(args(['p/n/x'])).pool()).toEqual({ pool: 'p/n', nspace: 'x' });
    expect(() => new SpecReader(args(['p/n/x'])).pool({ validate: true })).toThrow("rbd: invalid pool 'p/n'");
  });
});
