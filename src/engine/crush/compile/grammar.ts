import { parseRule } from './rule-grammar.ts';
import { Scanner } from './scanner.ts';
import type {
  BucketStatement,
  BucketType,
  ChooseArgStatement,
  ChooseArgsStatement,
  Device,
  ItemStatement,
  Statement,
  Tunable,
} from './statements.ts';

/** Statements as far as the text could be read, and where reading stopped; undefined at its end. */
export interface Parsed {
  readonly statements: readonly Statement[];
  readonly stop: number | undefined;
}

/**
 * Reads a text map. Tunables, devices and types come first, then buckets and rules, then choose_args.
 *
 * @ceph src/crush/grammar.h crush_grammar — exact
 */
export function parseCrushText(text: string): Parsed {
  const scan = new Scanner(text);
  const first = scan.many<Statement>(
    () => scan.attempt(() => tunable(scan)) ?? scan.attempt(() => device(scan)) ?? bucketType(scan),
  );
  const middle = scan.many<Statement>(() => scan.attempt(() => bucket(scan)) ?? parseRule(scan));
  const last = scan.many<Statement>(() => chooseArgs(scan));
  return { statements: [...first, ...middle, ...last], stop: scan.atEnd ? undefined : scan.at };
}

function tunable(scan: Scanner): Tunable | undefined {
  const name = scan.literal('tunable') && scan.name();
  const value = name && scan.posint();
  return name && value ? { kind: 'tunable', name, value } : undefined;
}

function device(scan: Scanner): Device | undefined {
  const id = scan.literal('device') && scan.posint();
  const name = id && scan.name();
  return id && name ? { kind: 'device', id, name, className: className(scan) } : undefined;
}

/** `class NAME`, where it stands. */
export function className(scan: Scanner): string | undefined {
  return scan.attempt(() => scan.literal('class') && scan.name());
}

function bucketType(scan: Scanner): BucketType | undefined {
  const id = scan.literal('type') && scan.posint();
  const name = id && scan.name();
  return id && name ? { kind: 'type', id, name } : undefined;
}

function bucket(scan: Scanner): BucketStatement | undefined {
  const typeName = scan.name();
  const name = typeName && scan.name();
  if (!typeName || !name || !scan.literal('{')) return undefined;
  const ids = scan.many(() => bucketId(scan));
  const alg = scan.literal('alg') && scan.name();
  if (!alg) return undefined;
  const hashes = scan.many(
    () => scan.literal('hash') && (scan.integer() ?? (scan.literal('rjenkins1') && 'rjenkins1')),
  );
  const items = scan.many(() => bucketItem(scan));
  return scan.literal('}') && { kind: 'bucket', typeName, name, ids, alg, hashes, items };
}

function bucketId(scan: Scanner): BucketStatement['ids'][number] | undefined {
  const id = scan.literal('id') && scan.negint();
  return id ? { id, className: className(scan) } : undefined;
}

function bucketItem(scan: Scanner): ItemStatement | undefined {
  const name = scan.literal('item') && scan.name();
  if (!name) return undefined;
  const weight = scan.attempt(() => scan.literal('weight') && scan.real());
  const place = scan.attempt(() => scan.literal('pos') && scan.posint());
  return { name, weight, place };
}

function chooseArgs(scan: Scanner): ChooseArgsStatement | undefined {
  const key = scan.literal('choose_args') && scan.posint();
  if (!key || !scan.literal('{')) return undefined;
  const args = scan.many(() => chooseArg(scan));
  return scan.literal('}') && { kind: 'choose_args', key, args };
}

function chooseArg(scan: Scanner): ChooseArgStatement | undefined {
  const bucketId = scan.literal('{') && scan.literal('bucket_id') && scan.negint();
  if (!bucketId) return undefined;
  const weightSets = scan.attempt(() => bracketed(scan, 'weight_set', () => bracketed(scan, '', () => scan.real())));
  const ids = scan.attempt(() => bracketed(scan, 'ids', () => scan.integer()));
  return scan.literal('}') && { bucketId, weightSets, ids };
}

/** `WORD [ … ]` */
function bracketed<T>(scan: Scanner, word: string, each: () => T | undefined): T[] | undefined {
  if (scan.literal(word) === undefined || !scan.literal('[')) return undefined;
  const items = scan.many(each);
  return scan.literal(']') && items;
}
