import { classSource } from '../expand/pattern.ts';

/** A basic regular expression as an extended one: `\(`, `\|`, `\{`, `\+`, `\?` and their plain twins change places. */
export function basicToExtended(pattern: string): string {
  let out = '';
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern.charAt(at);
    if (char === '[') {
      const set = bracketEnd(pattern, at);
      out += pattern.slice(at, set);
      at = set - 1;
    } else if (char === '\\') {
      const next = pattern.charAt(++at);
      out += '(){}|+?'.includes(next) && next !== '' ? next : `\\${next}`;
    } else if (char === '*' && (out === '' || out.endsWith('(') || out.endsWith('|') || out === '^')) out += '\\*';
    else out += '(){}|+?'.includes(char) ? `\\${char}` : char;
  }
  return out;
}

/** A regular expression of POSIX extended patterns, any of which may match; `wrap` puts more around each. Throws for bad ones. */
export function posixRegExp(patterns: readonly string[], wrap: (source: string) => string, flags: string): RegExp {
  const sources = patterns.map((pattern) => wrap(translate(pattern)));
  return new RegExp(
    sources.length === 1 ? (sources[0] ?? '') : sources.map((source) => `(?:${source})`).join('|'),
    flags,
  );
}

/** What JavaScript reads otherwise: brackets, `\<`, `\>`, a `{` that begins no count. */
function translate(pattern: string): string {
  let out = '';
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern.charAt(at);
    if (char === '[') {
      const end = bracketEnd(pattern, at);
      out += bracket(pattern.slice(at, end));
      at = end - 1;
    } else if (char === '\\') {
      const next = pattern.charAt(++at);
      if (next === '<') out += '\\b(?=\\w)';
      else if (next === '>') out += '\\b(?<=\\w)';
      else out += /[wWsSbB1-9]/.test(next) ? `\\${next}` : next.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
    } else if (char === '{' && !/^\{\d*(?:,\d*)?\}/.test(pattern.slice(at))) out += '\\{';
    else if ('*+?'.includes(char) && (out === '' || /[(|^]$/.test(out))) out += char === '*' && out === '' ? '\\*' : '';
    else out += char;
  }
  return out;
}

function bracketEnd(pattern: string, at: number): number {
  const match = /^\[\^?\]?(?:\[:\w+:\]|[^\]])*\]/.exec(pattern.slice(at));
  if (match === null) throw new SyntaxError('unmatched [');
  return at + match[0].length;
}

function bracket(text: string): string {
  const negated = text.startsWith('[^');
  const inner = text.slice(negated ? 2 : 1, -1);
  const body = inner.replace(/\[:(\w+):\]|([\\[\]^])/g, (_, name: string | undefined, char: string | undefined) =>
    name === undefined ? `\\${char}` : (classSource(name) ?? ''),
  );
  return `[${negated ? '^' : ''}${body}]`;
}
