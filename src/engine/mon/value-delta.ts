/** How one plain value becomes another; what stays as it was is not told. */
export type ValueDelta =
  | { readonly kind: 'is'; readonly value: unknown }
  | {
      readonly kind: 'map' | 'object';
      readonly set: ReadonlyMap<unknown, ValueDelta>;
      readonly gone: readonly unknown[];
    }
  | { readonly kind: 'array'; readonly length: number; readonly set: ReadonlyMap<number, ValueDelta> };

/** What makes `to` out of `from`, of which parts that are the same are not looked into; undefined where they are equal. */
export function deltaOf(from: unknown, to: unknown): ValueDelta | undefined {
  if (Object.is(from, to)) return undefined;
  if (from instanceof Map && to instanceof Map) return ofEntries('map', from, to);
  if (Array.isArray(from) && Array.isArray(to)) return ofArrays(from, to);
  if (isPlainObject(from) && isPlainObject(to))
    return ofEntries('object', new Map(Object.entries(from)), new Map(Object.entries(to)));
  return { kind: 'is', value: to };
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function ofEntries(
  kind: 'map' | 'object',
  from: ReadonlyMap<unknown, unknown>,
  to: ReadonlyMap<unknown, unknown>,
): ValueDelta | undefined {
  const set = new Map<unknown, ValueDelta>();
  for (const [key, value] of to) {
    const delta: ValueDelta | undefined = from.has(key) ? deltaOf(from.get(key), value) : { kind: 'is', value };
    if (delta !== undefined) set.set(key, delta);
  }
  const gone = [...from.keys()].filter((key) => !to.has(key));
  const delta: ValueDelta = { kind, set, gone };
  if (kind === 'map' && !sameOrder(from, to)) return { kind: 'is', value: to };
  return set.size === 0 && gone.length === 0 ? undefined : delta;
}

/** True where entries that are added at the end come to lie in the order that is wanted. */
function sameOrder(from: ReadonlyMap<unknown, unknown>, to: ReadonlyMap<unknown, unknown>): boolean {
  const kept = [...from.keys()].filter((key) => to.has(key));
  const wanted = to.keys();
  return kept.every((key) => wanted.next().value === key);
}

function ofArrays(from: readonly unknown[], to: readonly unknown[]): ValueDelta | undefined {
  const set = new Map<number, ValueDelta>();
  for (const [at, value] of to.entries()) {
    const delta: ValueDelta | undefined = at < from.length ? deltaOf(from[at], value) : { kind: 'is', value };
    if (delta !== undefined) set.set(at, delta);
  }
  return set.size === 0 && from.length === to.length ? undefined : { kind: 'array', length: to.length, set };
}

/** The other value; parts that did not change are shared. */
export function withDelta(from: unknown, delta: ValueDelta): unknown {
  if (delta.kind === 'is') return delta.value;
  if (delta.kind === 'array') {
    const items: unknown[] = Array.isArray(from) ? from.slice(0, delta.length) : [];
    for (const [at, each] of delta.set) items[at] = withDelta(items[at], each);
    return items;
  }
  const entries = new Map<unknown, unknown>(
    from instanceof Map ? from : isPlainObject(from) ? Object.entries(from) : [],
  );
  for (const key of delta.gone) entries.delete(key);
  for (const [key, each] of delta.set) entries.set(key, withDelta(entries.get(key), each));
  return delta.kind === 'map' ? entries : Object.fromEntries([...entries].map(([key, value]) => [String(key), value]));
}
