import { type IoRate, ioRate } from '../../../engine/cluster/stats/io-rates.ts';
import { byteText, countText } from '../format/size-text.ts';
import type { PlainObject } from '../format/tree.ts';
import type { CephCall } from './ceph-command.ts';

/** What clients did to a pool lately; undefined where it was nothing. */
export function rateOf(call: CephCall, pool: number): IoRate | undefined {
  return ioRate(call.monitor.context.records, [pool]);
}

/** What clients did to all pools lately. */
export function rateOfAll(call: CephCall): IoRate | undefined {
  return ioRate(call.monitor.context.records, call.map.pools.keys());
}

/** `1.5 MiB/s wr, 0 op/s rd, 3 op/s wr`. @ceph src/mon/PGMap.cc client_io_rate_summary — exact */
export function clientIoText(rate: IoRate): string {
  const { read_bytes_sec: rd, write_bytes_sec: wr, ...ops } = clientIo(rate);
  const [reads, writes] = [ops.read_op_per_sec, ops.write_op_per_sec];
  return (
    (rd === undefined ? '' : `${byteText(rd)}/s rd, `) +
    (wr === undefined ? '' : `${byteText(wr)}/s wr, `) +
    `${countText(reads)} op/s rd, ${countText(writes)} op/s wr`
  );
}

/** The same on the one line of `pg stat`. @ceph src/mon/PGMap.cc print_oneline_summary — exact */
export function oneLineIoText(rate: IoRate): string {
  const { read_bytes_sec: rd, write_bytes_sec: wr, read_op_per_sec, write_op_per_sec } = clientIo(rate);
  return (
    '; ' +
    (rd === undefined ? '' : `${byteText(rd)}/s rd, `) +
    (wr === undefined ? '' : `${byteText(wr)}/s wr, `) +
    `${countText(read_op_per_sec + write_op_per_sec)} op/s`
  );
}

/** For JSON. */
export function clientIoObject(rate: IoRate | undefined): PlainObject {
  return rate === undefined ? {} : { ...clientIo(rate) };
}

function clientIo({ io, seconds }: IoRate) {
  const each = (count: number): number => Math.floor(count / seconds);
  return {
    read_bytes_sec: io.reads > 0 ? each(io.readKib * 1024) : undefined,
    write_bytes_sec: io.writes > 0 ? each(io.writtenKib * 1024) : undefined,
    read_op_per_sec: each(io.reads),
    write_op_per_sec: each(io.writes),
  };
}
