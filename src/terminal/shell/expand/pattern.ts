/**
 * Shell patterns (`*`, `?`, `[…]`) as regular expressions. In the source a quoted character stands behind a
 * backslash, as {@link quotePattern} writes it.
 */
export function quotePattern(text: string): string {
  return text.replace(/[\\*?[\]]/g, '\\$&');
}

/** True where a pattern has something to match with. */
export function hasWildcard(pattern: string): boolean {
  return /(?:^|[^\\])(?:\\\\)*[*?[]/.test(pattern);
}

/** The pattern without its backslashes: what it stands for where nothing matches. */
export function unquotePattern(pattern: string): string {
  return pattern.replace(/\\(.)/gs, '$1');
}

/** Source of a regular expression; `any` is what `*` may run over. */
export function patternSource(pattern: string, any = '[^]'): string {
  let out = '';
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern.charAt(at);
    if (char === '*') out += `${any}*`;
    else if (char === '?') out += any;
    else if (char === '\\') out += escapeRegExp(pattern.charAt(++at));
    else if (char === '[') {
      const set = bracketAt(pattern, at);
      out += set?.source ?? '\\[';
      at = set?.end ?? at;
    } else out += escapeRegExp(char);
  }
  return out;
}

/** A regular expression that a whole text must match. */
export function patternRegExp(pattern: string, any?: string): RegExp {
  return new RegExp(`^${patternSource(pattern, any)}$`, 'u');
}

export function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: ' \\t\\n\\r\\f\\v',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`\\{-~',
  xdigit: '0-9A-Fa-f',
  cntrl: '\\x00-\\x1f\\x7f',
  print: ' -~',
  graph: '!-~',
};

/** The source of a POSIX class such as `[:alpha:]` inside brackets; undefined where there is none of that name. */
export function classSource(name: string): string | undefined {
  return CLASSES[name];
}

function bracketAt(pattern: string, at: number): { source: string; end: number } | null {
  const match = /^\[([!^]?)(\]?(?:\[:\w+:\]|\\.|[^\]\\])*)\]/s.exec(pattern.slice(at));
  if (match === null) return null;
  const [all, not = '', inner = ''] = match;
  const body = inner.replace(/\[:(\w+):\]|\\?([\s\S])/g, (text, name: string | undefined, char: string | undefined) => {
    if (name !== undefined) return classSource(name) ?? '';
    return char === '-' && text === '-' ? '-' : (char ?? '').replace(/[\\^\]\-[]/, '\\$&');
  });
  return { source: body === '' ? '\\[' : `[${not === '' ? '' : '^'}${body}]`, end: at + all.length - 1 };
}
