import { CephError } from '../../src/engine/base/errno.ts';
import { DecodeError } from '../../src/engine/codec/decode-error.ts';
import { compileCrushMap } from '../../src/engine/crush/compile/compile.ts';
import type { CrushMap } from '../../src/engine/crush/crush-map.ts';
import { decodeCrushMap } from '../../src/engine/crush/decode.ts';
import { decompileCrushMap } from '../../src/engine/crush/decompile.ts';
import { encodeCrushMap } from '../../src/engine/crush/encode.ts';
import { doRule } from '../../src/engine/crush/mapper.ts';
import { decodeOsdMap } from '../../src/engine/osdmap/decode.ts';
import { encodeOsdMap } from '../../src/engine/osdmap/encode.ts';
import { applyIncremental } from '../../src/engine/osdmap/incremental-apply.ts';
import { decodeIncremental } from '../../src/engine/osdmap/incremental-decode.ts';
import { encodeIncremental } from '../../src/engine/osdmap/incremental-encode.ts';
import type { OsdMap } from '../../src/engine/osdmap/osd-map.ts';
import { PgMapper } from '../../src/engine/osdmap/pg-mapper.ts';
import { crushMapNode } from '../../src/terminal/cli/crushtool/dump.ts';
import { treeText as crushTreeText } from '../../src/terminal/cli/crushtool/tree-text.ts';
import { mapText } from '../../src/terminal/cli/osdmaptool/map-text.ts';
import { treeText } from '../../src/terminal/cli/osdmaptool/tree-text.ts';
import { Chance, mutated, mutatedText, sealed } from './map-mutations.ts';

/** Real files to start from. Incrementals are with the map that they apply to. */
export interface FuzzCorpus {
  readonly osdmaps: readonly Uint8Array[];
  readonly incrementals: readonly { readonly before: Uint8Array; readonly bytes: Uint8Array }[];
  readonly crushmaps: readonly Uint8Array[];
  readonly texts: readonly string[];
}

export interface FuzzResult {
  readonly inputs: number;
  /** How many were refused, by kind of error. */
  readonly refused: Readonly<Record<string, number>>;
  /** The longest that reading took, and reading with all that is tried of the map. */
  readonly slowestRead_ms: number;
  readonly slowest_ms: number;
  readonly slowestInput: string;
  /** What must not be: input and error, at most 20. */
  readonly findings: readonly string[];
}

const KINDS = ['osdmap', 'incremental', 'crushmap', 'text'] as const;
export type FuzzKind = (typeof KINDS)[number];

/** Runs inputs `from` to `to`; input n is the same for a seed, whatever ran before it. */
export function fuzzMaps(corpus: FuzzCorpus, seed: number, from: number, to: number, only?: FuzzKind): FuzzResult {
  const refused: Record<string, number> = {};
  const findings: string[] = [];
  let [slowestRead_ms, slowest_ms, slowestInput] = [0, 0, ''];
  for (let n = from; n < to; n++) {
    const kind = only ?? KINDS[n % KINDS.length] ?? 'osdmap';
    const started = performance.now();
    const outcome = tryInput(corpus, kind, new Chance(seed + n * 2_654_435_761));
    const took_ms = performance.now() - started;
    slowestRead_ms = Math.max(slowestRead_ms, outcome.read_ms ?? 0);
    if (took_ms > slowest_ms) [slowest_ms, slowestInput] = [took_ms, `${kind} ${n}`];
    if (outcome.finding !== undefined && findings.length < 20) findings.push(`${kind} ${n}: ${outcome.finding}`);
    refused[outcome.word] = (refused[outcome.word] ?? 0) + 1;
  }
  return { inputs: to - from, refused, slowestRead_ms, slowest_ms, slowestInput, findings };
}

interface Outcome {
  readonly word: string;
  readonly read_ms?: number;
  readonly finding?: string;
}

/** The bytes of an input. */
export function fuzzInput(corpus: FuzzCorpus, kind: FuzzKind, chance: Chance): Uint8Array {
  if (kind === 'crushmap') return mutated(chance.of(corpus.crushmaps), chance, corpus.crushmaps);
  if (kind === 'text') return Buffer.from(mutatedText(chance.of(corpus.texts), chance), 'latin1');
  const sources = kind === 'osdmap' ? corpus.osdmaps : corpus.incrementals.map(({ bytes }) => bytes);
  const bytes = mutated(chance.of(sources), chance, sources);
  return chance.below(4) === 0 ? bytes : sealed(bytes, kind);
}

function tryInput(corpus: FuzzCorpus, kind: FuzzKind, chance: Chance): Outcome {
  const bytes = fuzzInput(corpus, kind, chance);
  try {
    return CHECKS[kind](bytes, corpus, chance);
  } catch (error) {
    return { word: 'finding', finding: error instanceof Error ? (error.stack ?? String(error)) : String(error) };
  }
}

const CHECKS: Readonly<Record<FuzzKind, (bytes: Uint8Array, corpus: FuzzCorpus, chance: Chance) => Outcome>> = {
  osdmap: (bytes, _, chance) =>
    readOr(
      () => decodeOsdMap(bytes),
      (map) => checkOsdMap(map, chance),
    ),
  crushmap: (bytes, _, chance) =>
    readOr(
      () => decodeCrushMap(bytes),
      (map) => checkCrush(map, chance),
    ),
  incremental: (bytes, corpus, chance) =>
    readOr(
      () => decodeIncremental(bytes),
      (inc) => {
        const again = encodeIncremental(inc);
        same(encodeIncremental(decodeIncremental(again)), again);
        const before = decodeOsdMap(chance.of(corpus.incrementals).before);
        const fits = { ...inc, fsid: before.fsid, epoch: before.epoch + 1 };
        return readOr(
          () => applyIncremental(before, fits),
          (map) => checkOsdMap(map, chance),
        );
      },
    ),
  text: (bytes, _, chance) => {
    const started = performance.now();
    const { map, messages } = compileCrushMap(bytes, 'map.txt');
    const read_ms = performance.now() - started;
    if (map !== undefined) return { ...checkCrush(map, chance), read_ms };
    if (messages.length > 100_000) throw new Error(`${messages.length} characters of messages`);
    return { word: 'text refused', read_ms };
  },
};

/** What `read` gives goes to `check`; what it throws must be a fault that says its kind. */
function readOr<T>(read: () => T, check: (value: T) => Outcome): Outcome {
  const started = performance.now();
  let value: T;
  try {
    value = read();
  } catch (error) {
    const read_ms = performance.now() - started;
    if (error instanceof DecodeError) return { word: error.kind, read_ms };
    if (error instanceof CephError) return { word: 'refused', read_ms };
    throw error;
  }
  const read_ms = performance.now() - started;
  const outcome = check(value);
  return { ...outcome, read_ms: Math.max(read_ms, outcome.read_ms ?? 0) };
}

function same(actual: Uint8Array, expected: Uint8Array): void {
  if (Buffer.compare(actual, expected) !== 0) throw new Error('written anew, it differs');
}

/** As many PGs are mapped of each pool, and a map with more is not printed: its scores need every PG. */
const [FEW_PGS, MOST_PGS] = [3, 2_000] as const;

/** A rule that tries too often is stopped after seconds (see work-limit.ts): one of so many is let run. */
const RARELY = 200;
const MOST_TRIES = 500;

function isTame({ tunables, rules }: CrushMap): boolean {
  const { chooseTotalTries, chooseLocalTries, msrDescents, msrCollisionTries } = tunables;
  const most = Math.max(chooseTotalTries, chooseLocalTries, msrDescents, msrCollisionTries);
  const steps = [...rules.values()].flatMap((rule) => rule.steps);
  return most <= MOST_TRIES && steps.every((step) => step.op !== 'set' || Math.abs(step.value) <= MOST_TRIES);
}

function checkOsdMap(map: OsdMap, chance: Chance): Outcome {
  const again = encodeOsdMap(map);
  same(encodeOsdMap(decodeOsdMap(again)), again);
  const pools = [...map.pools.values()];
  if (!isTame(map.crush) && chance.below(RARELY) > 0) return { word: 'read, tries too often' };
  const mapped = calm(() => {
    const mapper = new PgMapper(map);
    for (const pool of pools.slice(0, 3)) {
      for (let seed = 0; seed < Math.min(pool.pgNum, FEW_PGS); seed++) mapper.get(pool, seed);
    }
  });
  if (!mapped) return { word: 'read, cannot be mapped' };
  const pgs = pools.reduce((sum, { pgNum, size }) => sum + pgNum * Math.max(1, size / 8), 0);
  if (pgs <= MOST_PGS) calm(() => mapText(map));
  calm(() => treeText(map));
  return { word: 'read' };
}

function checkCrush(map: CrushMap, chance: Chance): Outcome {
  const again = encodeCrushMap(map);
  same(encodeCrushMap(decodeCrushMap(again)), again);
  calm(() => decompileCrushMap(map));
  crushMapNode(map);
  calm(() => crushTreeText(map));
  if (!isTame(map) && chance.below(RARELY) > 0) return { word: 'read, tries too often' };
  const weights = new Uint32Array(Math.min(map.maxDevices, 4096)).fill(0x10000);
  const mapped = [...map.rules.keys()].slice(0, 2).every((rule) => calm(() => doRule(map, rule, 7, 3, weights)));
  return { word: mapped ? 'read' : 'read, cannot be mapped' };
}

/** False where it answers as Ceph would, with an errno. */
function calm(act: () => unknown): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if (error instanceof CephError) return false;
    throw error;
  }
}
