import { CephError, isErrno } from '../../base/errno.ts';
import { type RecordStore, tableName } from '../../base/records.ts';
import type { Task } from '../../base/task.ts';
import { isWrite, type OsdRequest } from '../../codec/osd-op.ts';
import { Rados } from '../../librados/rados.ts';
import { clientEntity, isBlocklisted } from '../../osdmap/blocklisted.ts';
import type { EntityAddress } from '../../osdmap/extra.ts';
import type { OsdMap } from '../../osdmap/osd-map.ts';
import type { ClientModuleParts } from '../client-modules.ts';
import { forgetPerfQueries } from './perf-query.ts';
import { rbdErrorText } from './rbd-error-text.ts';

/** The client of the cluster that the manager's module rbd_support works with, since it was last shut down. */
interface SupportClient {
  /** How often it was replaced. */
  readonly life: number;
  readonly since_us: number;
  /** When it is replaced, after it was found to be blocklisted; null while it works. */
  readonly readyAt_us: number | null;
}

const CLIENTS = tableName<SupportClient>('mgr/rbd-support-client');
const KEY = 'client';
/** Its number; those that come in its place have lower ones. */
const FIRST_CLIENT = 4105;
/** Threads of the module look up as often as this: it stops when they all have. */
const WAKES_US = 60_000_000;
const PERF_STOPS_US = 5_000_000;
const NOT_READY = 'rbd_support module is not ready, try again';
/** What the module has in memory, and is read again here: that goes on without its client. */
const PLAIN = new WeakMap<Rados, Rados>();

function supportClient(records: RecordStore, { created_us }: OsdMap, now_us: number): SupportClient {
  const found = records.table(CLIENTS).get(KEY) ?? { life: 0, since_us: created_us, readyAt_us: null };
  const { life, readyAt_us } = found;
  return readyAt_us === null || readyAt_us > now_us
    ? found
    : { life: life + 1, since_us: readyAt_us, readyAt_us: null };
}

function clientOf({ life }: SupportClient): number {
  return FIRST_CLIENT - life;
}

/** Its address. */
export function supportEntity(records: RecordStore, map: OsdMap, now_us: number): EntityAddress {
  return clientEntity(clientOf(supportClient(records, map, now_us)));
}

/** The module begins anew with the manager, and with another client. */
export function renewSupportClient(records: RecordStore, map: OsdMap, now_us: number): void {
  const { life } = supportClient(records, map, now_us);
  records.table(CLIENTS).set(KEY, { life: life + 1, since_us: now_us, readyAt_us: null });
  forgetPerfQueries(records);
}

/** When the module works again; null while it does. */
export function supportReadyAt_us(records: RecordStore, map: OsdMap, now_us: number): number | null {
  return supportClient(records, map, now_us).readyAt_us;
}

/**
 * A client that does the module's work: EBLOCKLISTED once its address is on the blocklist. EAGAIN while the module is
 * about to replace it.
 */
export function supportRados(records: RecordStore, plain: Rados): Rados {
  if (supportReadyAt_us(records, plain.osdMap, plain.now_us()) !== null) throw new CephError('EAGAIN', NOT_READY);
  const { port } = plain;
  const guarded = new Rados(
    {
      ...port,
      *submit(request) {
        if (isShut(records, plain)) throw new CephError('EBLOCKLISTED', shutText(request));
        return yield* port.submit(request);
      },
      *submitAll(requests, onServed) {
        const [first] = requests;
        if (first !== undefined && isShut(records, plain)) throw new CephError('EBLOCKLISTED', shutText(first));
        return yield* port.submitAll(requests, onServed);
      },
    },
    plain.clientId,
  );
  PLAIN.set(guarded, plain);
  return guarded;
}

/**
 * What the module does for a command. EAGAIN while it cannot: where its client turns out to be blocklisted, it begins anew;
 * `shutText` is what is said then, if not what failed.
 *
 * @ceph src/pybind/mgr/rbd_support/module.py with_latest_osdmap — exact
 */
export function* doAsSupport<T>(
  records: RecordStore,
  plain: Rados,
  body: (rados: Rados) => Task<T>,
  shutText?: string,
): Task<T> {
  try {
    return yield* body(supportRados(records, plain));
  } catch (error) {
    if (!(error instanceof CephError && error.is('EBLOCKLISTED'))) throw error;
    replaceSupportClient(records, plain.osdMap, plain.now_us());
    throw new CephError('EAGAIN', shutText ?? error.context);
  }
}

/** The same client for what the module has in memory. */
export function remembering(rados: Rados): Rados {
  return PLAIN.get(rados) ?? rados;
}

function isShut(records: RecordStore, { osdMap, port }: Rados): boolean {
  if (osdMap.extra === undefined) return false;
  const now_us = port.now_us();
  if (supportReadyAt_us(records, osdMap, now_us) !== null) return true;
  return isBlocklisted(osdMap, clientOf(supportClient(records, osdMap, now_us)));
}

/** What failed, by the object that it was to read or write, as the manager words it. */
function shutText({ oid, ops }: OsdRequest): string {
  if (oid === 'rbd_namespace') return rbdErrorText(108, 'error listing namespaces');
  if (oid === 'rbd_trash') return rbdErrorText(108, 'error retrieving image from trash');
  if (oid.startsWith('rbd_id.')) return rbdErrorText(108, `error opening image b'${oid.slice(7)}' at snapshot None`);
  const kind = ops.some(isWrite) ? 'write' : 'read';
  return `[errno 108] RADOS connection was shutdown (Failed to operate ${kind} op for oid ${oid})`;
}

/**
 * The module has found its client blocklisted: it stops, and begins anew with another one. What was asked of it to count
 * is forgotten.
 *
 * @ceph module.py run, shutdown — exact in when: with the next minute of its threads, and the perf handler's five seconds
 */
export function replaceSupportClient(records: RecordStore, map: OsdMap, now_us: number): void {
  const client = supportClient(records, map, now_us);
  if (client.readyAt_us !== null) return;
  const wakesAt_us = client.since_us + Math.ceil((now_us - client.since_us) / WAKES_US) * WAKES_US;
  records.table(CLIENTS).set(KEY, { ...client, readyAt_us: wakesAt_us + PERF_STOPS_US });
  forgetPerfQueries(records);
}

/** Does work of the module, anew each time that its client was replaced. */
export function* throughReplacements(parts: ClientModuleParts, work: () => Task<void>): Task<void> {
  const { records, now_us } = parts.context;
  for (;;) {
    yield* untilSupportReady(parts);
    try {
      return yield* work();
    } catch (error) {
      if (!isErrno(error, 'EBLOCKLISTED')) throw error;
    }
    replaceSupportClient(records, parts.osdMap(), now_us());
  }
}

/** Waits while the module is about to replace its client. */
function* untilSupportReady({ context, osdMap }: ClientModuleParts): Task<void> {
  const ready_us = supportReadyAt_us(context.records, osdMap(), context.now_us());
  if (ready_us !== null) yield ready_us - context.now_us();
}
