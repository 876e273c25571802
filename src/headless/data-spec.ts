const UNITS: Readonly<Record<string, number>> = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 };
const MOST_BYTES = 1024 ** 3;

/** Bytes that a recorded session describes: `pattern SIZE SEED`, `zeros SIZE`, `byte SIZE VALUE`, `text "…"`, `sparse SIZE OFF:LEN:SEED…`. */
export function bytesOfSpec(spec: string): Buffer {
  const [kind = '', ...words] = spec.trim().split(/\s+/);
  if (kind === 'text') return unescaped(spec.slice(spec.indexOf('"') + 1, spec.lastIndexOf('"')));
  const size = sizeOf(words[0] ?? '');
  if (kind === 'zeros') return Buffer.alloc(size);
  if (kind === 'byte') return Buffer.alloc(size, Number(words[1] ?? 0));
  if (kind === 'pattern') return pattern(size, Number(words[1] ?? 0));
  if (kind !== 'sparse') throw new Error(`unknown kind of data: ${spec}`);
  const out = Buffer.alloc(size);
  for (const part of words.slice(1)) {
    const [off = '0', length = '0', seed = '0'] = part.split(':');
    pattern(sizeOf(length), Number(seed)).copy(out, sizeOf(off));
  }
  return out;
}

/** A size with K, M or G, powers of 1024. */
export function sizeOf(text: string): number {
  const match = /^(\d+)([KMG]?)$/.exec(text);
  const size = Number(match?.[1]) * (UNITS[match?.[2] ?? ''] ?? 1);
  if (!(size <= MOST_BYTES)) throw new Error(`bad size: ${text}`);
  return size;
}

/** Lines of 16 bytes: the seed as 4 hex digits, a blank, the line's number as 10 digits, a newline. */
function pattern(size: number, seed: number): Buffer {
  const prefix = seed.toString(16).padStart(4, '0');
  const lines = Array.from(
    { length: Math.ceil(size / 16) },
    (_, line) => `${prefix} ${String(line).padStart(10, '0')}\n`,
  );
  return Buffer.from(lines.join(''), 'latin1').subarray(0, size);
}

function unescaped(text: string): Buffer {
  const bytes = text.replace(/\\(?:x([0-9a-fA-F]{2})|(.))/g, (_, hex: string | undefined, char: string | undefined) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    return char === 'n' ? '\n' : char === 't' ? '\t' : (char ?? '');
  });
  const isBytes = [...bytes].every((char) => char.charCodeAt(0) <= 0xff);
  return Buffer.from(bytes, isBytes ? 'latin1' : 'utf8');
}
