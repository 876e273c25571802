import type { Task } from '../../base/task.ts';
import { logToCluster } from '../../mon/cluster-log.ts';
import { configNumber } from '../../mon/config/value.ts';
import { noteRepair } from '../../mon/osd-repairs.ts';
import { osdOfShard } from '../../os/shard-id.ts';
import { missingKey, missingTable } from '../../osd/missing.ts';
import { headOf, type PgRecord } from '../../osd/pg.ts';
import type { PgView } from '../../osd/primary-log-pg.ts';
import type { ScrubLine } from '../../osd/scrub/found.ts';
import { spgText } from '../../osd/scrub/scrub-object.ts';
import { keysToScrub, type OmapLimits, PgScrub, type ScrubFindings } from '../../osd/scrub/scrub-pg.ts';
import { pgIdText } from '../../osdmap/pg-id.ts';
import type { PlacementGroups } from '../pgs/placement-groups.ts';
import { type RunningScrub, type ScrubState, scrubFindings, scrubFound, scrubState, scrubStates } from './records.ts';

/** Virtual time to reserve OSDs, and to look at an object, as recorded PGs of one, three and eight objects took. */
const RESERVE_US = 13_000;
const OBJECT_US = 3_000;
/** Objects of one chunk. @ceph src/common/options/osd.yaml.in osd_scrub_chunk_max */
const CHUNK_OBJECTS = 15;
/** Bytes that an OSD reads for a deep scrub. */
const BYTES_PER_US = 400;

interface Run {
  readonly pgs: PlacementGroups;
  readonly pool: number;
  readonly seed: number;
  readonly running: RunningScrub;
}

/**
 * Scrubs a PG, chunk by chunk; where it does not stay clean in its interval the scrub begins again later.
 * @ceph src/osd/scrubber/scrub_machine.cc — the same steps; objects of a chunk are looked at at once, so that no write has to wait
 */
export function* runScrub(pgs: PlacementGroups, pool: number, seed: number): Task<void> {
  const record = pgs.record(pool, seed);
  const running = record === undefined ? null : scrubState(pgs.engine.records, record).running;
  if (running === null) return;
  const run: Run = { pgs, pool, seed, running };
  const done = yield* scrubChunks(run);
  if (done === null) giveBack(run);
  else finish(run, done.pg, done.findings);
}

function* scrubChunks(run: Run): Task<{ pg: PgView; findings: ScrubFindings } | null> {
  const { kind } = run.running;
  const scrub = new PgScrub(kind, omapLimits(run), (line) => log(run, line));
  yield RESERVE_US;
  let pg = viewOf(run);
  if (pg === null) return null;
  if (run.running.byPerson) log(run, { level: 'debug', text: `${pg.pgid} ${kind} starts` });
  const keys = keysToScrub(pg);
  for (let at = 0; at < keys.length; at += CHUNK_OBJECTS) {
    pg = viewOf(run);
    if (pg === null) return null;
    const chunk = keys.slice(at, at + CHUNK_OBJECTS);
    const readBytes = countReads(run, pg, chunk, scrub.isDeep);
    for (const key of chunk) scrub.look(pg, key);
    yield chunk.length * OBJECT_US + Math.round(readBytes / BYTES_PER_US);
  }
  pg = viewOf(run);
  return pg === null ? null : { pg, findings: scrub.end(pg) };
}

function omapLimits({ pgs, pool, seed }: Run): OmapLimits {
  const who = `osd.${pgs.record(pool, seed)?.interval.actingPrimary ?? 0}`;
  const limit = (what: string) => configNumber(pgs.engine.records, who, `osd_deep_scrub_large_omap_object_${what}`);
  return { keys: limit('key_threshold'), valueBytes: limit('value_sum_threshold') };
}

/** The PG while it is clean in the interval in which the scrub began. */
function viewOf({ pgs, pool, seed, running }: Run): PgView | null {
  const pg = pgs.view(pool, seed);
  return pg?.clean === true && pg.since === running.since ? pg : null;
}

/** Counts what OSDs read; gives the bytes that one of them reads. */
function countReads({ pgs }: Run, pg: PgView, keys: readonly string[], isDeep: boolean): number {
  const { cost } = pgs.engine;
  let most = 0;
  for (const store of pg.acting) {
    const collection = store.collection(pg.pool.id, pg.seed);
    const bytes = isDeep ? keys.reduce((sum, key) => sum + (collection.get(key)?.data.length ?? 0), 0) : 0;
    cost.diskReads += keys.length;
    cost.readBytes += bytes;
    most = Math.max(most, bytes);
  }
  return most;
}

function log({ pgs, pool, seed }: Run, { level, text }: ScrubLine): void {
  const who = `osd.${pgs.record(pool, seed)?.interval.actingPrimary ?? 0}`;
  logToCluster(pgs.monitor, { who, channel: 'cluster', level, text });
}

function putState({ pgs, pool, seed }: Run, change: (state: ScrubState, record: PgRecord) => ScrubState): void {
  const record = pgs.record(pool, seed);
  if (record === undefined) return;
  const { records } = pgs.engine;
  scrubStates(records).set(pgIdText(pool, seed), change(scrubState(records, record), record));
}

/** It waits again, as it was asked for. */
function giveBack(run: Run): void {
  const { kind, byPerson, isCheck } = run.running;
  putState(run, (state) => ({ ...state, running: null, asked: state.asked ?? { kind, byPerson, isCheck } }));
}

function finish(run: Run, pg: PgView, findings: ScrubFindings): void {
  const { kind } = run.running;
  const isRepair = kind === 'repair';
  const { missing, inconsistent, bad } = findings;
  if (bad.length > 0) {
    const text = `${spgOf(pg)} ${kind} ${missing} missing, ${inconsistent} inconsistent objects`;
    log(run, { level: 'error', text });
    // Ceph says it twice where it repairs.
    if (isRepair) log(run, { level: 'error', text });
  }
  const fixed = isRepair ? bad.length + Number(findings.hasStatMismatch) : 0;
  tellEnd(run, pg, findings, fixed);
  keepFindings(run, findings);
  putState(run, (state, record) => scrubbed(run, state, record, findings, fixed));
  if (isRepair) repair(run, pg, findings);
  const { engine } = run.pgs;
  engine.emit({
    type: 'osd/pg-scrubbed',
    pgid: pg.pgid,
    kind,
    errors: errorsOf(findings),
    repaired: bad.length * Number(isRepair),
  });
}

function spgOf({ pool, pgid, acting }: PgView): string {
  return spgText({ pool, pgid, primary: acting[0]?.id ?? 0 });
}

function errorsOf({ shallowErrors, deepErrors }: ScrubFindings): number {
  return shallowErrors + deepErrors;
}

/** @ceph src/osd/scrubber/pg_scrubber.cc scrub_finish — exact */
function tellEnd(run: Run, pg: PgView, findings: ScrubFindings, fixed: number): void {
  const { kind, byPerson } = run.running;
  const errors = errorsOf(findings);
  const record = run.pgs.record(run.pool, run.seed);
  const deepBefore = record === undefined ? 0 : scrubState(run.pgs.engine.records, record).deepErrors;
  const lost = kind === 'scrub' && deepBefore > 0 ? ` ( ${deepBefore} remaining deep scrub error details lost)` : '';
  const mended = kind === 'repair' ? `, ${fixed} fixed` : '';
  const text = `${pg.pgid} ${kind} ${errors > 0 ? `${errors} errors` : 'ok'}${lost}${mended}`;
  if (errors > 0) log(run, { level: 'error', text });
  else if (byPerson) log(run, { level: 'debug', text });
}

/** What a scrub of the sizes and attributes alone does not see again stays. */
function keepFindings({ pgs, pool, seed }: Run, { objects, snapSets }: ScrubFindings): void {
  const record = pgs.record(pool, seed);
  if (record === undefined) return;
  const table = scrubFindings(pgs.engine.records);
  const isSame = objects.length + snapSets.length === 0 && scrubFound(pgs.engine.records, record)?.objects.length === 0;
  if (!isSame) table.set(pgIdText(pool, seed), { since: record.interval.since, objects, snapSets });
}

function scrubbed(
  { pgs, running }: Run,
  state: ScrubState,
  record: PgRecord,
  findings: ScrubFindings,
  fixed: number,
): ScrubState {
  const now_us = pgs.engine.now_us();
  const stamp = { version: headOf(record), at_us: now_us };
  const isDeep = running.kind !== 'scrub';
  const { scrubbed: looked, shallowErrors, deepErrors, omapBytes, omapKeys, largeOmaps, bad } = findings;
  const isMended = running.kind === 'repair' && fixed === shallowErrors + deepErrors;
  const isWell = shallowErrors + deepErrors === 0;
  return {
    ...state,
    last: stamp,
    lastDeep: isDeep ? stamp : state.lastDeep,
    clean_us: isWell ? now_us : state.clean_us,
    shallowErrors: isMended ? 0 : shallowErrors,
    deepErrors: isMended ? 0 : isDeep ? deepErrors : state.deepErrors,
    scrubbed: looked,
    duration_us: now_us - running.since_us,
    repaired: state.repaired + (running.kind === 'repair' ? new Set(bad.map(({ key }) => key)).size : 0),
    omapBytes: isDeep ? omapBytes : state.omapBytes,
    omapKeys: isDeep ? omapKeys : state.omapKeys,
    ...(isDeep ? { largeOmaps } : {}),
    running: null,
    checksAfter: running.kind === 'repair' && !isMended && fixed > 0,
    failedRepair: running.isCheck ? !isWell : state.failedRepair && !isWell,
  };
}

/**
 * Bad copies are taken away and count as missing, so that recovery makes them anew from good ones. [SC6]
 * @ceph src/osd/scrubber/scrub_backend.cc scrub_process_inconsistent, repair_object — exact
 */
function repair(run: Run, pg: PgView, { bad, gone, digests }: ScrubFindings): void {
  const { pgs, pool, seed } = run;
  for (const { id, key, auth } of bad) {
    loseCopy(pgs, pg, id, key, auth.info.version);
    noteRepair(pgs.engine.records, osdOfShard(id));
  }
  for (const store of pg.acting) {
    const collection = store.collection(pool, seed);
    for (const key of gone) collection.delete(key);
    for (const key of digests) {
      const onode = collection.get(key);
      if (onode === undefined) continue;
      const { damage: _, ...rest } = onode;
      collection.set(key, rest);
    }
  }
  const record = pgs.record(pool, seed);
  if (record !== undefined && bad.length > 0) pgs.put({ ...record, work: 'recovery_wait' });
}

/** Takes a copy away that its OSD cannot use: it is missing from now on. @ceph src/osd/PeeringState.cc force_object_missing */
export function loseCopy(
  pgs: PlacementGroups,
  pg: PgView,
  id: number,
  key: string,
  need: { readonly epoch: number; readonly version: number },
): void {
  pgs.store(id).collection(pg.pool.id, pg.seed).delete(key);
  missingTable(pgs.engine.records, pg.pgid).set(missingKey(id, key), { id, key, need });
}
