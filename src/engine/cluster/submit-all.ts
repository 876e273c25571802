import { must } from '../base/assert.ts';
import type { EngineContext } from '../base/context.ts';
import { CephError } from '../base/errno.ts';
import { parallel } from '../base/parallel.ts';
import { requestTime_us } from '../base/request-time.ts';
import type { Task } from '../base/task.ts';
import type { OsdRequest } from '../codec/osd-op.ts';
import type { Completion, OnServed } from '../librados/rados.ts';
import type { HObject } from '../os/hobject.ts';
import type { PgView } from '../osd/primary-log-pg.ts';
import type { WatchedOp } from './op-watch/hook.ts';

/** A request on its way to the OSDs. */
export interface SentRequest {
  readonly request: OsdRequest;
  readonly hoid: HObject;
  readonly writes: boolean;
  /** Null where nobody watches. */
  readonly op: WatchedOp | null;
}

/** The way of requests to the OSDs, in its parts. */
export interface RequestPort {
  readonly engine: EngineContext;
  sent(request: OsdRequest): SentRequest;
  /** The PG that serves it, where nothing has to be waited for or refused. */
  atOnce(way: SentRequest): PgView | null;
  served(pg: PgView, way: SentRequest): readonly unknown[];
  submit(request: OsdRequest): Task<readonly unknown[]>;
}

/**
 * Sends requests beside each other. Those that have to wait for something go their way after the others; where somebody
 * looks on, each is a step of its own.
 */
export function* submitAll(
  port: RequestPort,
  requests: readonly OsdRequest[],
  onServed: OnServed = () => undefined,
): Task<readonly Completion[]> {
  if (requests.length === 0) return [];
  const { cost, isTraced } = port.engine;
  const { readBytes, writeBytes } = cost;
  const ways: SentRequest[] = [];
  const completions: (Completion | null)[] = [];
  try {
    for (const [at, request] of requests.entries()) {
      const way = port.sent(request);
      ways.push(way);
      const pg = port.atOnce(way);
      completions.push(pg === null ? null : completed(port, pg, way));
      if (pg !== null) onServed(at);
      if (isTraced()) yield 0;
    }
    yield requestTime_us(cost.readBytes - readBytes, cost.writeBytes - writeBytes);
  } finally {
    for (const { op } of ways) op?.end();
  }
  const late = [...requests.keys()].filter((at) => completions[at] === null);
  yield* parallel(
    late.map(function* (at): Task<void> {
      completions[at] = yield* completion(port.submit(must(requests[at], 'a request')));
      onServed(at);
    }),
  );
  return completions.map((each) => must(each, 'a completion'));
}

function completed(port: RequestPort, pg: PgView, way: SentRequest): Completion {
  try {
    return { error: null, outputs: port.served(pg, way) };
  } catch (error) {
    return failed(error);
  }
}

function* completion(task: Task<readonly unknown[]>): Task<Completion> {
  try {
    return { error: null, outputs: yield* task };
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): Completion {
  if (error instanceof CephError) return { error, outputs: null };
  throw error;
}
