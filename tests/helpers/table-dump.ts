import { isDeepStrictEqual } from 'node:util';
import { type RecordStore, tableName } from '../../src/engine/base/records.ts';

/** Every table of a store as it is now. Records are values that nobody changes: the dump keeps them as they are. */
export type Dump = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

export function dumpOf(records: RecordStore): Dump {
  return new Map(
    records.tableNames().map((name) => [name, new Map(records.table(tableName<unknown>(name)).entries())]),
  );
}

/** The first record in which two dumps differ, told in a line; null where they are deeply equal. */
export function firstDifference(a: Dump, b: Dump): string | null {
  for (const name of new Set([...a.keys(), ...b.keys()])) {
    const left = a.get(name);
    const right = b.get(name);
    for (const key of new Set([...(left?.keys() ?? []), ...(right?.keys() ?? [])])) {
      const from = left?.get(key);
      const to = right?.get(key);
      if (from !== to && !isDeepStrictEqual(from, to)) return `${name} / ${key}: ${shown(from)} is not ${shown(to)}`;
    }
  }
  return null;
}

function shown(value: unknown): string {
  return (JSON.stringify(value, plain) ?? 'nothing').slice(0, 2000);
}

function plain(_key: string, value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return value;
}
