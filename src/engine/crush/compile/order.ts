import { fail } from './compilation.ts';
import type { Statement } from './statements.ts';

/** A bucket has one for each that holds it, unless names stand more than once. */
const MAX_PAIRS = 1_000_000;

/**
 * Statements with buckets behind those that they hold, as far as changing places one after another brings it about.
 *
 * @ceph src/crush/CrushCompiler.cc CrushCompiler::adjust_bucket_item_place — exact
 */
export function inOrder(statements: readonly Statement[]): Statement[] {
  const out = [...statements];
  const placeOf = new Map<string, number>();
  const held = new Map<string, Set<string>>();
  const names: string[] = [];
  for (const [place, statement] of statements.entries()) {
    if (statement.kind !== 'bucket') continue;
    names.push(statement.name);
    placeOf.set(statement.name, place);
    const items = held.get(statement.name) ?? new Set<string>();
    for (const item of statement.items) items.add(item.name);
    held.set(statement.name, items);
  }
  let left = MAX_PAIRS;
  for (const [first, second] of pairs(names, held)) {
    if (--left < 0) fail('too many buckets of one name\n');
    if (held.get(second)?.has(first)) fail(`bucket  '${first}' and bucket '${second}' are included each other\n`);
    swap(out, placeOf.get(first) ?? 0, placeOf.get(second) ?? 0);
  }
  return out;
}

/** Pairs of buckets of which the first holds the second and stands before it. */
function* pairs(names: readonly string[], held: ReadonlyMap<string, ReadonlySet<string>>): Iterable<[string, string]> {
  const places = new Map<string, number[]>();
  for (const [place, name] of names.entries()) {
    const known = places.get(name);
    if (known === undefined) places.set(name, [place]);
    else known.push(place);
  }
  for (const [place, name] of names.entries()) {
    const later = [...(held.get(name) ?? [])].flatMap((item) => places.get(item) ?? []).filter((each) => each > place);
    for (const each of later.sort((a, b) => a - b)) yield [name, names[each] ?? ''];
  }
}

function swap(list: Statement[], a: number, b: number): void {
  const [first, second] = [list[a], list[b]];
  if (first === undefined || second === undefined) return;
  list[a] = second;
  list[b] = first;
}
