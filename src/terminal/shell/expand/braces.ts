import type { Word } from '../syntax/ast.ts';

/** More words than this are not made of one: it stays as it is. */
const MOST = 10_000;

/** `a{b,c}` and `{1..5}` as several words; anything else as the one it is. Only braces outside quotes count. */
export function expandBraces(word: Word): Word[] {
  for (const [index, part] of word.entries()) {
    if (part.kind !== 'text' || part.quoted) continue;
    const list = findBraces(part.text);
    if (list === null || list.items.length > MOST) continue;
    const before = word.slice(0, index);
    const after = word.slice(index + 1);
    const out: Word[] = [];
    for (const item of list.items) {
      const text = part.text.slice(0, list.from) + item + part.text.slice(list.to);
      out.push(...expandBraces([...before, { ...part, text }, ...after]));
      if (out.length > MOST) return [word];
    }
    return out;
  }
  return [word];
}

interface BraceList {
  readonly from: number;
  readonly to: number;
  readonly items: readonly string[];
}

function findBraces(text: string): BraceList | null {
  for (let from = text.indexOf('{'); from >= 0; from = text.indexOf('{', from + 1)) {
    const commas: number[] = [];
    let depth = 0;
    for (let at = from; at < text.length; at++) {
      const char = text.charAt(at);
      if (char === '{') depth++;
      else if (char === ',' && depth === 1) commas.push(at);
      else if (char === '}' && --depth === 0) {
        const items = commas.length > 0 ? pieces(text, from, at, commas) : range(text.slice(from + 1, at));
        if (items !== null) return { from, to: at + 1, items };
        break;
      }
    }
  }
  return null;
}

function pieces(text: string, from: number, to: number, commas: readonly number[]): string[] {
  const ends = [from, ...commas, to];
  return ends.slice(1).map((end, index) => text.slice((ends[index] ?? 0) + 1, end));
}

/** `1..5`, `01..10`, `a..e`, each with an optional step. */
function range(text: string): string[] | null {
  const match = /^(?:(-?\d+)\.\.(-?\d+)|([a-zA-Z])\.\.([a-zA-Z]))(?:\.\.(-?\d+))?$/.exec(text);
  if (match === null) return null;
  const [, low, high, first, last, by] = match;
  const start = low === undefined ? (first ?? '').charCodeAt(0) : Number(low);
  const end = high === undefined ? (last ?? '').charCodeAt(0) : Number(high);
  const width = [low, high].some((value) => /^-?0\d/.test(value ?? ''))
    ? Math.max((low ?? '').length, (high ?? '').length)
    : 0;
  const step = Math.max(1, Math.abs(Number(by ?? 1)));
  const count = Math.floor(Math.abs(end - start) / step) + 1;
  if (count > MOST) return null;
  return Array.from({ length: count }, (_, index) => {
    const value = start + Math.sign(end - start) * step * index;
    if (low === undefined) return String.fromCharCode(value);
    return value < 0 ? `-${String(-value).padStart(width - 1, '0')}` : String(value).padStart(width, '0');
  });
}
