/** PGs in order: arrays of objects with a `pgid` in a JSON answer (written anew), runs of PG lines in a text. */
export function sortPgs(text: string): string {
  if (/^\s*[[{]/.test(text)) {
    try {
      return JSON.stringify(sortedValue(JSON.parse(text)));
    } catch {
      // Not JSON after all: it stays as it is.
      return text;
    }
  }
  const out: string[] = [];
  let run: string[] = [];
  for (const line of text.split('\n')) {
    if (/^\d+\.[0-9a-f]+\s/.test(line)) run.push(line);
    else {
      out.push(...run.sort(), line);
      run = [];
    }
  }
  return [...out, ...run.sort()].join('\n');
}

function sortedValue(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(sortedValue);
    return pgidOf(items[0]) === undefined
      ? items
      : items.sort((a, b) => ((pgidOf(a) ?? '') < (pgidOf(b) ?? '') ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sortedValue(inner)]));
}

function pgidOf(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && 'pgid' in value && value.pgid ? String(value.pgid) : undefined;
}
