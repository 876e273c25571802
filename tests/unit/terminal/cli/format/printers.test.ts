import { describe, expect, it } from 'vitest';
import { ageText, ctimeText, dotTimeText, isoText } from '../../../../../src/terminal/cli/format/dates.ts';
import { doubleText, fixedText } from '../../../../../src/terminal/cli/format/fixed-text.ts';
import { formatted } from '../../../../../src/terminal/cli/format/formatter.ts';
import { cephHexdump } from '../../../../../src/terminal/cli/format/hexdump.ts';
import { byteText, countText } from '../../../../../src/terminal/cli/format/size-text.ts';
import { column, textTable } from '../../../../../src/terminal/cli/format/text-table.ts';
import { arrayNode, nodeOf, objectNode, valueNode } from '../../../../../src/terminal/cli/format/tree.ts';

describe('sizes as Ceph prints them', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [459280, '449 KiB'],
    [8388608, '8 MiB'],
    [8816000, '8.4 MiB'],
    [107374182400, '100 GiB'],
    [1388544, '1.3 MiB'],
    [19053789184, '18 GiB'],
    [459264, '448 KiB'],
  ])('%d bytes', (bytes, text) => expect(byteText(bytes)).toBe(text));

  it('counts in thousands', () => {
    expect(countText(999)).toBe('999');
    expect(countText(25600)).toBe('25.60k');
    expect(countText(2000)).toBe('2k');
  });

  it('rounds a tie to the even digit, as printf does', () => {
    expect(fixedText(2.5, 0)).toBe('2');
    expect(fixedText(3.5, 0)).toBe('4');
    expect(fixedText(0.125, 2)).toBe('0.12');
    expect(fixedText(1.005, 2)).toBe('1.00');
  });
});

describe('numbers of %.17g', () => {
  it.each([
    [0.01415422186255455, '0.01415422186255455'],
    [Math.fround(9.09), '9.0900001525878906'],
    [7.6814110798295587e-5, '7.6814110798295587e-05'],
    [0.2, '0.20000000000000001'],
    [1, '1'],
    [Math.fround(0.95), '0.94999998807907104'],
  ])('%d', (value, text) => expect(doubleText(value)).toBe(text));
});

describe('dates', () => {
  const at_us = 1795347686_123456;
  it('in every form', () => {
    expect(ctimeText(at_us)).toBe('Sun Nov 22 11:41:26 2026');
    expect(isoText(at_us)).toBe('2026-11-22T11:41:26.123456+0000');
    expect(dotTimeText(at_us)).toBe('2026.11.22 11:41:26');
    expect(ctimeText(951782400_000000)).toBe('Tue Feb 29 00:00:00 2000');
    expect(ctimeText(0)).toBe('Thu Jan  1 00:00:00 1970');
  });

  it('and ages', () => {
    expect(ageText(119e6)).toBe('119s');
    expect(ageText(120e6)).toBe('2m');
    expect(ageText(7200e6)).toBe('2h');
    expect(ageText(3 * 86400e6)).toBe('3d');
  });
});

describe('hexdump of a bufferlist', () => {
  it('shows nothing for no bytes', () => expect(cephHexdump(new Uint8Array())).toBe(''));

  it('pads the last row', () => {
    const bytes = Uint8Array.from([6, 0, 0, 0, 0x69, 0x6d, 0x61, 0x67, 0x65, 0x31]);
    expect(cephHexdump(bytes)).toBe(
      '00000000  06 00 00 00 69 6d 61 67  65 31                    |....image1|\n0000000a\n',
    );
  });

  it('stars repeated rows and shows the last', () => {
    expect(cephHexdump(new Uint8Array(40))).toBe(
      '00000000  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|\n' +
        '*\n' +
        '00000020  00 00 00 00 00 00 00 00                           |........|\n' +
        '00000028\n',
    );
  });
});

describe('tables', () => {
  it('pads the last column and counts bytes', () => {
    const columns = [column('ID', 'left', 'right'), column('NAME')];
    expect(
      textTable(columns, [
        [1, 'ü'],
        [22, 'abcdef'],
      ]),
    ).toBe('ID  NAME  \n 1  ü    \n22  abcdef\n');
  });
});

describe('structured formats', () => {
  const tree = objectNode('o', [
    valueNode('a', 1),
    arrayNode('list', [objectNode('each', [valueNode('s', '<"x">')]), objectNode('each', [])]),
    valueNode('yes', true),
    arrayNode('none', []),
  ]);
  it('JSON', () => {
    expect(formatted(tree, 'json')).toBe('{"a":1,"list":[{"s":"<\\"x\\">"},{}],"yes":true,"none":[]}');
    expect(formatted(nodeOf('o', { b: [1, 2] }), 'json-pretty')).toBe('{\n    "b": [\n        1,\n        2\n    ]\n}');
  });
  it('XML', () => {
    expect(formatted(tree, 'xml')).toBe(
      '<o><a>1</a><list><each><s>&lt;&quot;x&quot;&gt;</s></each><each></each></list><yes>true</yes><none></none></o>',
    );
    expect(formatted(nodeOf('o', { b: 1 }), 'xml-pretty')).toBe('<o>\n <b>1</b>\n</o>\n');
  });
});
