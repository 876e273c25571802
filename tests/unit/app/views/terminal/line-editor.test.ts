import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyCompletion, inColumns, pickCandidate } from '../../../../../src/app/views/terminal/completion.ts';
import { parseKeys } from '../../../../../src/app/views/terminal/keys.ts';
import { type EditorState, newEditor, press } from '../../../../../src/app/views/terminal/line-editor.ts';

/** The editor after keys as a terminal sends them, and the lines that ran. */
function type(data: string, history: readonly string[] = []): { state: EditorState; ran: string[]; effects: string[] } {
  let state = newEditor(history);
  const ran: string[] = [];
  const effects: string[] = [];
  for (const key of parseKeys(data)) {
    const pressed = press(state, key);
    state = pressed.state;
    if (pressed.effect.kind === 'run') ran.push(pressed.effect.line);
    else if (pressed.effect.kind !== 'none') effects.push(JSON.stringify(pressed.effect));
  }
  return { state, ran, effects };
}

/** No half of a pair of surrogates stands alone. */
function isWhole(text: string): boolean {
  return [...text].every((character) => character.length === 2 || !/[\ud800-\udfff]/.test(character));
}

const LEFT = '\x1b[D';
const UP = '\x1b[A';
const DOWN = '\x1b[B';

describe('editing', () => {
  it.each([
    ['abc', 'abc', 3],
    [`abc${LEFT}X`, 'abXc', 3],
    ['abc\x01X', 'Xabc', 1],
    ['abc\x01\x05X', 'abcX', 4],
    ['one two\x17', 'one ', 4],
    ['one two\x17\x17', '', 0],
    ['one two\x15', '', 0],
    [`one two${LEFT}${LEFT}\x15`, 'wo', 0],
    [`one two${LEFT}${LEFT}\x0b`, 'one t', 5],
    [`one two${LEFT}${LEFT}\x0b\x01\x19`, 'woone t', 2],
    ['ab\x7f', 'a', 1],
    ['ab\x01\x1b[3~', 'b', 0],
    ['ab\x01\x04', 'b', 0],
    ['ab\x14', 'ba', 2],
    ['one two\x1bb\x1bbX', 'Xone two', 1],
    ['快照\x7f', '快', 1],
    ['a😀\x7f', 'a', 1],
    ['\x1b[200~', '', 0],
  ])('%j', (data, text, cursor) => {
    const { state } = type(data);
    expect({ text: state.text, cursor: state.cursor }).toEqual({ text, cursor });
  });

  it('a paste of several lines runs each, and leaves the last one to be edited', () => {
    const { state, ran } = type('ceph -s\r\nrbd ls\nrados ls');
    expect(ran).toEqual(['ceph -s', 'rbd ls']);
    expect(state.text).toBe('rados ls');
  });

  it('Ctrl-C drops the line, Ctrl-L and Escape tell the page', () => {
    const { state, effects } = type('abc\x03\x0c\x1b');
    expect(state.text).toBe('');
    expect(effects).toEqual(['{"kind":"interrupt"}', '{"kind":"clear"}', '{"kind":"leave"}']);
  });

  it('never leaves the line: any keys give a cursor between its characters', () => {
    const keys = [
      'a',
      ' ',
      '快',
      '😀',
      '\x7f',
      LEFT,
      '\x1b[C',
      '\x01',
      '\x05',
      '\x0b',
      '\x15',
      '\x17',
      '\x19',
      '\x14',
      UP,
      DOWN,
      '\x12',
      '\r',
      '\x1b[3~',
      '\x1bb',
      '\x1bf',
      '\x1bd',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...keys), { maxLength: 60 }), (pressed) => {
        const { state } = type(pressed.join(''), ['rbd ls', '快照 😀']);
        expect(state.cursor).toBeGreaterThanOrEqual(0);
        expect(state.cursor).toBeLessThanOrEqual(state.text.length);
        expect(isWhole(state.text) && isWhole(state.text.slice(0, state.cursor))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('history', () => {
  const history = ['ceph -s', 'rbd ls', 'rbd create a'];
  it('goes up and down, and comes back to the new line', () => {
    expect(type(`new${UP}`, history).state.text).toBe('rbd create a');
    expect(type(`new${UP}${UP}${UP}${UP}`, history).state.text).toBe('ceph -s');
    expect(type(`new${UP}${UP}${DOWN}${DOWN}`, history).state.text).toBe('new');
  });
  it('keeps a line that ran, once in a row', () => {
    expect(type('a\ra\rb\r').state.history).toEqual(['a', 'b']);
  });
  it('Ctrl-R finds backwards, again goes further, Enter runs', () => {
    expect(type('\x12rbd', history).state.text).toBe('rbd create a');
    expect(type('\x12rbd\x12', history).state.text).toBe('rbd ls');
    expect(type('\x12rbd\x12\r', history).ran).toEqual(['rbd ls']);
    expect(type('draft\x12ceph\x1b', history).state).toMatchObject({ text: 'draft', search: null });
  });
});

describe('completion', () => {
  const at = (text: string): EditorState => type(text).state;
  const give = (from: number, ...texts: string[]) => ({ from, candidates: texts.map((text) => ({ text })) });
  it('finishes the only candidate with a blank, paths and pools without', () => {
    expect(applyCompletion(at('rbd sn'), give(4, 'snap')).state.text).toBe('rbd snap ');
    expect(applyCompletion(at('rbd info po'), give(9, 'pool/')).state.text).toBe('rbd info pool/');
  });
  it('goes as far as all agree, then lists', () => {
    const done = applyCompletion(at('rbd info p/im'), give(9, 'p/image1', 'p/image2'));
    expect(done).toMatchObject({ ambiguous: true, state: { text: 'rbd info p/image' } });
    expect(pickCandidate(done.state, 9, 'p/image2').text).toBe('rbd info p/image2 ');
  });
  it('Tab asks, a second Tab lists', () => {
    expect(type('rb\t\t').effects).toEqual(['{"kind":"complete","list":false}', '{"kind":"complete","list":true}']);
    expect(type('rb\tx\t').effects.at(-1)).toBe('{"kind":"complete","list":false}');
  });
  it('lists in columns, down first', () => {
    expect(inColumns(['a', 'b', 'c'], 80)).toBe('a  b  c');
    expect(inColumns(['aa', 'bb', 'cc'], 8)).toBe('aa  cc\r\nbb');
  });
});
