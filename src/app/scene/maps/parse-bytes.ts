const POWERS: Readonly<Record<string, number>> = { '': 0, k: 1, m: 2, g: 3, t: 4, p: 5, e: 6 };

/** Bytes of `12.5 TiB`, `300G`, `4096`: binary units, as Ceph has them. Null where the text is none of that. */
export function parseBytes(text: string): number | null {
  const parts = /^(\d+(?:\.\d+)?)\s*([kmgtpe]?)(?:i?b)?$/i.exec(text.trim());
  const power = POWERS[(parts?.[2] ?? '').toLowerCase()];
  if (parts === null || power === undefined) return null;
  const bytes = Math.round(Number(parts[1]) * 1024 ** power);
  return Number.isSafeInteger(bytes) ? bytes : null;
}
