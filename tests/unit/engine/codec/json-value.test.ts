import { describe, expect, test } from 'vitest';
import { utf8Encode } from '../../../../src/engine/base/utf8.ts';
import { readJson } from '../../../../src/engine/codec/json-value.ts';

const read = (json: string) => readJson(utf8Encode(json));
const quote = (texts: readonly string[]) => JSON.stringify(texts);
const escaped = (json: string) =>
  json.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

describe('texts of JSON', () => {
  const texts = ['plain', 'é', 'Gerät über 水', '😀 and 水', 'a\\u6c34b', 'a\\\\u6c34', '"\n\u0007', ''];

  test('are what they are as UTF-8, and with escapes', () => {
    for (const json of [quote(texts), escaped(quote(texts)), `${quote(texts).slice(0, -1)},"\\u00e9é"]`]) {
      const all = read(json)
        .list()
        .map((each) => each.text());
      expect(all.slice(0, texts.length)).toEqual(texts);
      expect(all.slice(texts.length)).toEqual(json.endsWith('é"]') ? ['éé'] : []);
    }
  });

  test('as keys, too', () => {
    for (const json of ['{"é":1,"b":2}', '{"\\u00e9":1,"b":2}', '\ufeff{"é":1,"b":2}']) {
      expect(
        read(json)
          .entries()
          .map(([key, value]) => [key, value.int(0, 9)]),
      ).toEqual([
        ['é', 1],
        ['b', 2],
      ]);
    }
  });

  test('half a pair is no letter', () => {
    expect(read('["\\ud83dx\\ude00"]').list()[0]?.text()).toBe('\ufffdx\ufffd');
  });
});

describe('bounds', () => {
  test.each([
    ['a text', `["${'x'.repeat(65_537)}"]`, 'a text of 65538 bytes'],
    ['many texts', `[${'"",'.repeat(2_000_000)}""]`, 'more than fits the memory'],
    ['many numbers', `[${'1,'.repeat(6_000_000)}1]`, 'more than fits the memory'],
    ['many objects', `[${'{},'.repeat(1_500_000)}{}]`, 'more than fits the memory'],
    ['many keys', `{${Array.from({ length: 500_000 }, (_, at) => `"k${at}":1`).join()}}`, 'more than fits the memory'],
  ])('%s', (_, json, message) => {
    expect(() => read(json)).toThrow(message);
  });

  test('keys that come again take nothing', () => {
    const keys = Array.from({ length: 100 }, (_, at) => `"k${at}":1`).join();
    expect(read(`[${`{${keys}},`.repeat(7000)}1]`).size).toBe(7001);
  });
});
