/** A number that is a float in Python: it always shows its point. */
export interface PythonFloat {
  readonly float: number;
}

export type PythonValue =
  | null
  | boolean
  | string
  /** An int. */
  | number
  | PythonFloat
  | readonly PythonValue[]
  | PythonMembers;

/** Members in their order. */
export type PythonMembers = ReadonlyMap<string, PythonValue>;

export function members(value: Readonly<Record<string, PythonValue>>): PythonMembers {
  return new Map(Object.entries(value));
}

/** A value as Python's `json.dumps(value)` writes it, which is how modules of the manager store and answer. */
export function pythonJson(value: PythonValue): string {
  return written(value, null);
}

/** As `json.dumps(value, indent=4, sort_keys=True)`. */
export function sortedPythonJson(value: PythonValue): string {
  return written(value, 0);
}

/** `level` is null where all stands in one line. */
function written(value: PythonValue, level: number | null): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (typeof value === 'string') return quoted(value);
  if ('float' in value) return pythonFloat(value.float);
  const inner = level === null ? null : level + 1;
  if (value instanceof Map) {
    const entries = [...value.entries()].sort(([a], [b]) => (level === null ? 0 : a < b ? -1 : 1));
    return bracketed(
      '{',
      entries.map(([name, each]) => `${quoted(name)}: ${written(each, inner)}`),
      '}',
      level,
    );
  }
  return bracketed(
    '[',
    listOf(value).map((each) => written(each, inner)),
    ']',
    level,
  );
}

/** What is no map is a list: the type of a read-only map does not tell them apart. */
function listOf(value: readonly PythonValue[] | PythonMembers): readonly PythonValue[] {
  return Array.isArray(value) ? value : [];
}

function bracketed(open: string, parts: readonly string[], close: string, level: number | null): string {
  if (parts.length === 0) return open + close;
  if (level === null) return open + parts.join(', ') + close;
  const blanks = '    '.repeat(level);
  return `${open}\n${parts.map((part) => `${blanks}    ${part}`).join(',\n')}\n${blanks}${close}`;
}

/** `repr()` of a float: whole ones with `.0`, small and large ones with an exponent of two digits. */
export function pythonFloat(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return `${value}.0`;
  const text = value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential() : String(value);
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** Of UTF-16 units, as Python writes what is not ASCII. */
function quoted(text: string): string {
  let out = '"';
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    const code = text.charCodeAt(at);
    out += ESCAPES[char] ?? (code < 0x20 || code > 0x7e ? `\\u${code.toString(16).padStart(4, '0')}` : char);
  }
  return `${out}"`;
}
