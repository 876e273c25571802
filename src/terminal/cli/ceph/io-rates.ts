import { type IoRate, ioRate, type PoolRate } from '../../../engine/cluster/stats/io-rates.ts';
import { byteText, countText } from '../format/size-text.ts';
import type { PlainObject } from '../format/tree.ts';
import type { CephCall } from './ceph-command.ts';

/** What clients did to a pool lately, and recovery; undefined where it was nothing. */
export function rateOf(call: CephCall, pool: number): PoolRate | undefined {
  return ioRate(call.monitor.context.records, [pool]);
}

/** What clients did to all pools lately. */
export function rateOfAll(call: CephCall): PoolRate | undefined {
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
export function oneLineIoObject(rate: IoRate | undefined): PlainObject {
  if (rate === undefined || !hasClientIo(rate)) return {};
  const { read_bytes_sec, write_bytes_sec, read_op_per_sec, write_op_per_sec } = clientIo(rate);
  return { read_bytes_sec, write_bytes_sec, io_sec: read_op_per_sec + write_op_per_sec };
}

/** For JSON. */
export function clientIoObject(rate: IoRate | undefined): PlainObject {
  return rate === undefined || !hasClientIo(rate) ? {} : { ...clientIo(rate) };
}

/** True where clients did something. */
export function hasClientIo({ io }: IoRate): boolean {
  return io.reads > 0 || io.writes > 0;
}

/** `22 KiB/s, 2 objects/s`; undefined where nothing was recovered. @ceph src/mon/PGMap.cc recovery_rate_summary — exact */
export function recoveryText(rate: PoolRate | undefined): string | undefined {
  if (rate === undefined || rate.recovered.objects === 0) return undefined;
  const { objects, bytes, keys } = eachSecond(rate);
  const keyText = rate.recovered.keys > 0 ? `, ${countText(keys)} keys/s` : '';
  return `${byteText(bytes)}/s${keyText}, ${countText(objects)} objects/s`;
}

/** For JSON. */
export function recoveryRateObject(rate: PoolRate | undefined): PlainObject {
  if (rate === undefined || rate.recovered.objects === 0) return {};
  const each = eachSecond(rate);
  return {
    recovering_objects_per_sec: each.objects,
    recovering_bytes_per_sec: each.bytes,
    recovering_keys_per_sec: each.keys,
    num_objects_recovered: rate.recovered.objects,
    num_bytes_recovered: rate.recovered.bytes,
    num_keys_recovered: rate.recovered.keys,
  };
}

function eachSecond({ recovered: { objects, bytes, keys }, seconds }: PoolRate): PoolRate['recovered'] {
  const each = (count: number): number => Math.floor(count / seconds);
  return { objects: each(objects), bytes: each(bytes), keys: each(keys) };
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
