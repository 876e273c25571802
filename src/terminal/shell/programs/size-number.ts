const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  c: 1,
  w: 2,
  b: 512,
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  PB: 1e15,
  k: 2 ** 10,
  K: 2 ** 10,
  M: 2 ** 20,
  G: 2 ** 30,
  T: 2 ** 40,
  P: 2 ** 50,
  E: 2 ** 60,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
  PiB: 2 ** 50,
};

/** A number with coreutils' suffixes (`4M`, `1kB`, `512c`, and dd's `2x3`); null where it is none. Bytes. */
export function sizeNumber(text: string): number | null {
  let product = 1;
  for (const factor of text.split('x')) {
    const match = /^(\d+)([a-zA-Z]*)$/.exec(factor);
    const unit = UNITS[match?.[2] ?? '?'];
    if (match?.[1] === undefined || unit === undefined) return null;
    product *= Number(match[1]) * unit;
  }
  return product;
}
