import { opText } from '../../../../engine/cluster/op-watch/op-text.ts';
import { durationOf, type TrackedOp } from '../../../../engine/cluster/op-watch/op-tracker.ts';
import { isoText } from '../../format/dates.ts';
import type { PlainObject } from '../../format/tree.ts';

/** A request as OSDs dump it. @ceph src/common/TrackedOp.cc TrackedOp::dump, src/osd/OpRequest.cc _dump — exact names and order */
export function opObject(op: TrackedOp, now_us: number): PlainObject {
  const { begun_us, request, flag, events } = op;
  return {
    description: opText(op),
    initiated_at: isoText(begun_us),
    age: seconds(now_us - begun_us),
    duration: seconds(durationOf(op, now_us)),
    continuous: false,
    type_data: {
      flag_point: flag,
      client_info: {
        client: `client.${request.client}`,
        client_addr: `127.0.0.1:0/${request.client}`,
        tid: request.tid,
      },
      events: events.map(({ event, at_us }, at) => ({
        event,
        time: isoText(at_us),
        duration: seconds(at_us - (events[at - 1]?.at_us ?? at_us)),
      })),
    },
  };
}

function seconds(duration_us: number): number {
  return duration_us / 1e6;
}
