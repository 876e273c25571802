import type { EngineContext } from '../../base/context.ts';
import { CephError, ERRNO } from '../../base/errno.ts';
import type { OpTrace, TraceCause, TracedMember, TracedOp } from '../../base/op-trace.ts';
import { NOSNAP } from '../../codec/snap.ts';
import type { HObject } from '../../os/hobject.ts';
import type { Onode } from '../../os/onode.ts';
import { osdOfShard } from '../../os/shard-id.ts';
import type { Copy } from '../copy-of.ts';
import { shardBytes, stripesOfRange } from '../erasure/ec-cost.ts';
import type { Gathered } from '../erasure/gather.ts';
import type { OpContext } from '../op-context.ts';
import type { OpTracer, Written } from '../op-tracer.ts';
import type { PgView } from '../primary-log-pg.ts';
import type { CacheStep } from '../tier/store-change.ts';
import { copyMembers, readMembers, recoveryMembers, shardMembers } from './members.ts';
import { opsOf, runTraced, tracedOp } from './traced-ops.ts';

/** Makes the events of what OSDs do: what became of an object, and the road of each operation. */
export const opTracer: OpTracer = { run: runTraced, read, wrote, refused, listed, recovered, tiered, trimmed };

/** What differs from trace to trace; what is left out did not happen. */
interface Told {
  readonly cause: TraceCause;
  readonly reqid: string;
  readonly ops: readonly TracedOp[];
  readonly members: readonly TracedMember[];
  readonly snap?: number;
  readonly sentBytes?: number;
  readonly answeredBytes?: number;
  readonly clone?: OpTrace['clone'];
  readonly stripes?: OpTrace['stripes'];
  readonly decoded?: readonly number[];
  readonly version?: string;
  readonly logEntries?: number;
  readonly error?: string;
}

const NO_SHARDS: readonly number[] = [];

/** Field by field: there may be a hundred thousand of them in a command. */
function emitTrace(engine: EngineContext, pg: PgView, hoid: HObject | null, told: Told): void {
  const snap = told.snap ?? hoid?.snap ?? NOSNAP;
  const trace: OpTrace = {
    cause: told.cause,
    reqid: told.reqid,
    ops: told.ops,
    pool: pg.pool.id,
    nspace: hoid?.nspace ?? '',
    oid: hoid?.oid ?? '',
    snap: snap === NOSNAP ? null : snap,
    hash: hoid?.hash ?? null,
    pgid: pg.pgid,
    epoch: pg.epoch,
    members: told.members,
    sentBytes: told.sentBytes ?? 0,
    answeredBytes: told.answeredBytes ?? 0,
    clone: told.clone ?? null,
    stripes: told.stripes ?? null,
    decoded: told.decoded ?? NO_SHARDS,
    version: told.version ?? null,
    logEntries: told.logEntries ?? 0,
    error: told.error ?? null,
  };
  engine.emit({ type: 'osd/op-traced', trace });
}

/** @ceph src/include/types.h osd_reqid_t operator<< — exact */
function reqidOf(client: number, tid = 0): string {
  return `client.${client}.0:${tid}`;
}

function read(engine: EngineContext, pg: PgView, context: OpContext, gathered: Gathered | null): void {
  const { request, readBytes: bytes } = context;
  const shards = gathered === null ? null : { read: gathered.read, decoded: gathered.decoded };
  const taking = shards === null ? pg.acting : pg.acting.filter(({ shard }) => shards.read.includes(shard));
  const osds = taking.map(({ osd }) => osd);
  if (bytes > 0) {
    const event = { ...objectEvent(pg, context), osds, type: 'rados/object-read' as const, bytes };
    engine.emit(shards === null ? event : { ...event, shards });
  }
  const onDisk =
    shards === null || pg.code === null ? bytes : shardBytes(pg.code, stripesOfRange(pg.code, context.readRange));
  emitTrace(engine, pg, context.hoid, {
    cause: 'client',
    reqid: reqidOf(request.client, request.tid),
    ops: opsOf(context),
    members: readMembers(pg, shards?.read ?? null, onDisk, gathered?.planned),
    snap: request.snap,
    answeredBytes: bytes,
    decoded: shards?.decoded ?? NO_SHARDS,
  });
}

function wrote(engine: EngineContext, pg: PgView, context: OpContext, written: Written): void {
  tellWrite(engine, pg, context, written);
  const { clone, bytes, plan, version } = written;
  emitTrace(engine, pg, context.hoid, {
    cause: 'client',
    reqid: reqidOf(context.request.client, context.request.tid),
    ops: opsOf(context),
    members: plan === null ? copyMembers(pg, bytes) : shardMembers(pg, written),
    sentBytes: bytes,
    answeredBytes: context.readBytes,
    clone: clone === null ? null : { snap: clone.hoid.snap, sharedBytes: clone.data.length },
    stripes: plan,
    version,
    logEntries: clone === null ? 1 : 2,
  });
}

function tellWrite(engine: EngineContext, pg: PgView, context: OpContext, written: Written): void {
  const { clone, head, bytes, plan } = written;
  const base = objectEvent(pg, context);
  if (clone !== null) {
    engine.emit({ ...base, type: 'rados/object-cloned', clone: clone.hoid.snap, bytes: clone.data.length });
  }
  if (head === null || head.info.whiteout) {
    engine.emit({ ...base, type: 'rados/object-removed', whiteout: head !== null });
    return;
  }
  if (context.omapSet.length > 0 || context.omapRemoved.length > 0) {
    engine.emit({ ...base, type: 'rados/omap-changed', set: context.omapSet, removed: context.omapRemoved });
  }
  const created = context.before === null || context.before.info.whiteout;
  if (!created && head.data === context.before?.data) return;
  const event = { ...base, type: 'rados/object-written' as const, created, bytes };
  engine.emit(plan === null ? event : { ...event, stripes: plan });
}

/** The client has sent all of its request; the primary changed nothing. */
function refused(engine: EngineContext, pg: PgView, context: OpContext, error: unknown, sentBytes: number): void {
  if (!(error instanceof CephError)) return;
  const { ops } = context.request;
  const ran = opsOf(context);
  const failed = ops[ran.length];
  const all = failed === undefined ? ran : [...ran, tracedOp(failed)];
  const { client, tid, snap } = context.request;
  const [reqid, members] = [reqidOf(client, tid), readMembers(pg, null, 0)];
  emitTrace(engine, pg, context.hoid, {
    cause: 'client',
    reqid,
    ops: all,
    members,
    snap,
    sentBytes,
    error: errnoName(error),
  });
}

function errnoName(error: CephError): string {
  return Object.entries(ERRNO).find(([, value]) => value === error.errno)?.[0] ?? String(error.errno);
}

function listed(engine: EngineContext, pg: PgView, client: number): void {
  const ops = [{ name: 'pgnls', readBytes: 0, writtenBytes: 0, part: 'meta' as const, removes: false }];
  emitTrace(engine, pg, null, { cause: 'client', reqid: reqidOf(client), ops, members: readMembers(pg, null, 0) });
}

function recovered(engine: EngineContext, pg: PgView, id: number, copy: Copy): void {
  const { onode, sources } = copy;
  const { hoid, data } = onode;
  const [to, from] = [osdOfShard(id), sources.map(({ osd }) => osd)];
  engine.emit({ type: 'osd/object-recovered', pgid: pg.pgid, oid: hoid.oid, from, to, bytes: data.length });
  const members = recoveryMembers(pg, id, copy);
  const part = { readBytes: 0, writtenBytes: 0, part: 'meta' as const, removes: false };
  const ops = [{ name: `push 0~${data.length}`, ...part }];
  emitTrace(engine, pg, hoid, { cause: 'recovery', reqid: `osd.${pg.acting[0]?.osd ?? to}`, ops, members });
}

function trimmed(engine: EngineContext, pg: PgView, head: Onode, gone: readonly number[], version: string): void {
  const { nspace, oid } = head.hoid;
  const osds = pg.acting.map(({ osd }) => osd);
  const base = { pool: pg.pool.id, nspace, oid, pgid: pg.pgid, osds };
  for (const clone of gone) engine.emit({ ...base, type: 'rados/object-clone-trimmed', clone });
  const ops = gone.map((clone) => ({
    name: `trim clone ${clone}`,
    readBytes: 0,
    writtenBytes: 0,
    part: 'meta' as const,
    removes: true,
  }));
  const reqid = `osd.${osds[0] ?? -1}`;
  emitTrace(engine, pg, head.hoid, { cause: 'trim', reqid, ops, members: copyMembers(pg, 0), version, logEntries: 1 });
}

/** What an OSD does in a cache by itself is told as a request of its own. */
function tiered(
  engine: EngineContext,
  pg: PgView,
  hoid: HObject,
  step: CacheStep,
  bytes: number,
  version: string,
): void {
  const base = objectEvent(pg, { hoid });
  if (step === 'promote') engine.emit({ ...base, type: 'rados/object-written', created: true, bytes });
  if (step === 'evict') engine.emit({ ...base, type: 'rados/object-removed', whiteout: false });
  const ops: TracedOp[] = [
    {
      name: step === 'promote' ? `promote 0~${bytes}` : step,
      readBytes: 0,
      writtenBytes: bytes,
      part: step === 'promote' ? 'data' : 'meta',
      removes: step === 'evict',
    },
  ];
  const members = copyMembers(pg, bytes);
  const reqid = `osd.${pg.acting[0]?.osd ?? -1}`;
  emitTrace(engine, pg, hoid, { cause: 'client', reqid, ops, members, version, logEntries: 1 });
}

function objectEvent(pg: PgView, context: Pick<OpContext, 'hoid'>) {
  const { nspace, oid } = context.hoid;
  const osds = pg.acting.map((store) => store.osd);
  return { pool: pg.pool.id, nspace, oid, pgid: pg.pgid, osds };
}
