import { describe, expect, it } from 'vitest';
import { type Answer, compareRecording } from '../../tools/conformance/compare.ts';
import { maskHexdumps } from '../../tools/conformance/hexdump-mask.ts';
import { readRecording, recordingNames } from '../../tools/conformance/recording.ts';
import { sortPgs } from '../../tools/conformance/sort-pgs.ts';
import { UuidNames } from '../../tools/conformance/uuid-names.ts';

/** The recording's own answers. */
function own(name: string): Answer[] {
  return readRecording(name).steps.flatMap(({ n, exit = 0, stdout, stderr, stdout_sha256, files }) => {
    const text = { ...(stdout === undefined ? {} : { stdout }), ...(stderr === undefined ? {} : { stderr }) };
    return [
      {
        n,
        exit,
        ...text,
        ...(stdout_sha256 === undefined ? {} : { stdout_sha256 }),
        ...(files === undefined ? {} : { files }),
      },
    ];
  });
}

describe('masks', () => {
  it.each(recordingNames())('%s agrees with itself', (name) => {
    const results = compareRecording(readRecording(name), own(name));
    expect(results.filter(({ differences }) => differences.length > 0)).toEqual([]);
  });

  it('tells a changed exit code, output and file', () => {
    const answers = own('story-a').map((answer) => ({
      ...answer,
      exit: answer.exit + 1,
      stdout: `${answer.stdout ?? ''}x`,
      files: {},
    }));
    const results = compareRecording(readRecording('story-a'), answers);
    expect(results.every(({ differences }) => differences.some(({ kind }) => kind === 'exit'))).toBe(true);
    expect(results.filter(({ differences }) => differences.some(({ kind }) => kind === 'stdout'))).toHaveLength(82);
    expect(results.some(({ differences }) => differences.some(({ kind }) => kind === 'file'))).toBe(true);
  });

  it('sets times in hex dumps to zero and nothing else', () => {
    const row = '00000000  80 43 6d 38 01 02 03 04  aa bb 00 00 00 00 00 00  |.Cm8............|';
    const seconds = 0x386d4380;
    const masked = maskHexdumps(row, [seconds - 10, seconds + 10], new UuidNames());
    expect(masked).toBe('00000000  00 00 00 00 00 00 00 00  aa bb 00 00 00 00 00 00  |................|');
    expect(maskHexdumps(row, [1, 2], new UuidNames())).toBe(row);
  });

  it('orders PGs in texts and in JSON', () => {
    expect(sortPgs('PG\n2.1 b\n2.0 a\nend')).toBe('PG\n2.0 a\n2.1 b\nend');
    expect(sortPgs('{"pgs":[{"pgid":"2.1"},{"pgid":"2.0"}]}')).toBe('{"pgs":[{"pgid":"2.0"},{"pgid":"2.1"}]}');
  });

  it('counts UUIDs by first appearance', () => {
    const names = new UuidNames();
    const [a, b] = ['11111111-2222-4333-8444-555555555555', '66666666-2222-4333-8444-555555555555'];
    expect(names.rename(`${b} ${a} ${b}`)).toMatch(/^(\S+001) \S+002 \1$/);
    expect(names.rename('4a1e7ab0-5eed-4cef-8000-0000000c0ffe')).toBe('4a1e7ab0-5eed-4cef-8000-0000000c0ffe');
  });
});
