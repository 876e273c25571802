import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { learnChinese } from '../../../../src/terminal/chinese.ts';
import { addLanguage, explainFor } from '../../../../src/terminal/cli/explain/explain.ts';
import { columnsOf } from '../../../../src/terminal/cli/explain/wide-text.ts';
import { explanationsZh } from '../../../../src/terminal/cli/explain/zh/explanations.ts';
import { TestMachine } from '../../../helpers/machine.ts';
import { phrases } from './phrases.ts';

/** Says the same in every language: how something is written, names, numbers. */
const SAME = /^[\w[\]/@.-]+$/;
/** What must not be translated: options, commands, places of arguments, and values as they are typed. */
const LITERAL = /--[a-z][\w-]*|`[^`]+`|<\w[^>]*>|%[sd]|\b\w+=\w+/g;
/** Where the words begin that `ceph -h` has beside usage lines, those aside that are longer. */
const LEFT = 39;
const CHINESE = /[\u4e00-\u9fff]/;

describe('the Chinese explanations', () => {
  const said = phrases();

  it('are there for everything that help says', () => {
    const missing = [...said].filter(([text]) => !SAME.test(text) && !CHINESE.test(explanationsZh[text] ?? ''));
    expect(missing.filter(([text]) => explanationsZh[text] === undefined)).toEqual([]);
    expect(missing.map(([text]) => explanationsZh[text])).toEqual(missing.map(([text]) => text.replaceAll(', ', '、')));
  });

  it('hold nothing that is never said', () => {
    expect(Object.keys(explanationsZh).filter((text) => !said.has(text))).toEqual([]);
  });

  it('keep what is typed as it is', () => {
    for (const [english, chinese] of Object.entries(explanationsZh))
      for (const [literal] of english.matchAll(LITERAL)) expect(chinese, english).toContain(literal);
  });
});

describe('a program with LC_MESSAGES', () => {
  const machine = new TestMachine();
  const inChinese = (line: string) => machine.run(`LC_MESSAGES=zh_CN.UTF-8 ${line}`);

  beforeAll(learnChinese);
  afterAll(() => addLanguage('zh', {}));

  it('has the same usage and the same names as in English', () => {
    const english = machine.must('rbd help snap create').split('\n');
    const chinese = inChinese('rbd help snap create').out.split('\n');
    expect(chinese.slice(0, 4)).toEqual(english.slice(0, 4));
    expect(chinese).toContain('给镜像做快照。');
    expect(chinese).toContain('  --snap arg             快照的名字');
    for (const [at, line] of english.entries())
      if (/^ +-/.test(line)) expect(chinese[at]?.slice(0, 24)).toBe(line.slice(0, 24));
  });

  it('breaks lines by columns, of which a Chinese character takes two', () => {
    const shown = inChinese('ceph -h')
      .out.split('\n')
      .filter((line) => line.charAt(LEFT) === ' ');
    for (const line of [...inChinese('rbd help').out.split('\n'), ...shown])
      if (CHINESE.test(line)) expect(columnsOf(line), line).toBeLessThanOrEqual(80);
  });

  it.each([
    'help',
    'man dd',
    'man ceph osd out',
    'man rbd-clone',
    'dd --help',
    'rados -h',
    'crushtool -h',
  ])('explains %s', (line) => {
    expect(machine.run(line).out).not.toMatch(CHINESE);
    expect(inChinese(line).out).toMatch(CHINESE);
  });

  it.each([
    'osdmaptool -h',
    'ceph-objectstore-tool --help',
    'ceph config help osd_max_scrubs',
    'ceph tell osd.0 help',
  ])('explains %s', (line) => {
    expect(machine.run(line).out).not.toMatch(CHINESE);
    expect(inChinese(line).out).toMatch(CHINESE);
  });

  it('answers as ever: what tools print is not explained', () => {
    for (const line of [
      'ceph osd tree',
      'ceph health detail',
      'rbd ls none',
      'ceph osd pool ls detail',
      'ceph config help osd_max_scrubs -f json',
    ]) {
      const { out, err, code } = machine.run(line);
      expect(inChinese(line)).toEqual({ out, err, code });
    }
  });

  it('goes by LC_ALL first, then by LC_MESSAGES, then by LANG', () => {
    const speaks = (env: Record<string, string>) => explainFor(new Map(Object.entries(env)))('prints its words');
    expect(speaks({ LANG: 'zh_CN.UTF-8' })).toBe('打印参数');
    expect(speaks({ LANG: 'zh_CN.UTF-8', LC_MESSAGES: 'C' })).toBe('prints its words');
    expect(speaks({ LC_ALL: '', LC_MESSAGES: 'zh' })).toBe('打印参数');
    expect(speaks({ LC_ALL: 'C.UTF-8', LC_MESSAGES: 'zh_CN' })).toBe('prints its words');
    expect(speaks({ LC_MESSAGES: 'de_DE.UTF-8' })).toBe('prints its words');
  });
});
