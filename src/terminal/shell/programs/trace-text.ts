import type { OpTrace, TracedMember } from '../../../engine/base/op-trace.ts';
import type { TimedTrace, TraceReport } from '../../../engine/base/trace-book.ts';
import type { TraceTotals } from '../../../engine/base/trace-totals.ts';
import { byteText } from '../../cli/format/size-text.ts';
import { column, textTable } from '../../cli/format/text-table.ts';

/** The road of each operation: a line of what it was and where it led, and a line a stretch of the road. */
export function roadsText(traces: readonly TimedTrace[]): string {
  return traces.map(({ nth, kind, trace }) => `${headLine(nth, kind, trace)}${stretches(trace).join('')}`).join('');
}

function headLine(nth: number, kind: string, trace: OpTrace): string {
  const { reqid, ops, error, oid, snap, hash, pgid, epoch, version } = trace;
  const operations = ops.map(({ name }) => name).join(', ');
  const at = snap === null ? '' : `@${snap}`;
  const name = hash === null ? '' : `${oid}${at}  hash ${hash.toString(16).padStart(8, '0')} -> `;
  const outcome = error !== null ? ` -> ${error}` : version === null ? '' : `  v ${version}`;
  return `#${nth} ${kind}  ${reqid}  [${operations}]${outcome}\n    ${name}PG ${pgid}  e${epoch}\n`;
}

/** `client -> osd.3 4 KiB`: what went over the network, and what each disk did. */
function stretches({ cause, members, sentBytes, answeredBytes, clone, stripes, decoded }: OpTrace): string[] {
  const [first, ...others] = members;
  if (first === undefined) return [];
  const lines = [];
  if (cause === 'client') {
    const back = answeredBytes > 0 ? `, answer ${byteText(answeredBytes)}` : '';
    lines.push(`    client -> ${nameOf(first)}: ${byteText(sentBytes)}${back}${onDisk(first)}\n`);
  } else lines.push(`    ${nameOf(first)} (${first.role})${onDisk(first)}\n`);
  for (const other of others) {
    const asked = other.sentBytes > 0 ? `, back ${byteText(other.sentBytes)}` : '';
    const to = `${nameOf(first)} -> ${nameOf(other)} (${other.role}): ${byteText(other.receivedBytes)}`;
    lines.push(`      ${to}${asked}${onDisk(other)}\n`);
  }
  if (stripes !== null && stripes.readBytes > 0)
    lines.push(`      read-modify-write: ${byteText(stripes.readBytes)} of stripes read first\n`);
  if (decoded.length > 0) lines.push(`      worked out from others: shard ${decoded.join(', ')}\n`);
  if (clone !== null)
    lines.push(`      kept for snapshots: clone ${clone.snap} shares ${byteText(clone.sharedBytes)}, nothing copied\n`);
  return lines;
}

function nameOf({ osd, shard }: TracedMember): string {
  return shard === null ? `osd.${osd}` : `osd.${osd}(${shard})`;
}

function onDisk({ readBytes, writtenBytes }: TracedMember): string {
  const read = readBytes > 0 ? `; disk reads ${byteText(readBytes)}` : '';
  return writtenBytes > 0 ? `${read}; disk writes ${byteText(writtenBytes)}` : read;
}

/** What all of it cost together, and each kind alone. */
export function totalsText({ totals, amplification, kinds, count }: TraceReport, shown: number): string {
  if (count === 0) return 'No operation reached an OSD.\n';
  const headings = ['KIND', 'OPS', 'NETWORK', 'DISK READ', 'DISK WRITTEN', 'LOG ENTRIES'];
  const columns = headings.map((heading, at) => column(heading, at === 0 ? 'left' : 'right'));
  const rows = [...kinds.map((each) => row(each.kind, each.totals)), row('all', totals)];
  const more = count > shown ? `${shown} of ${count} operations are told singly; -a and -n tell more.\n` : '';
  return `${more}${textTable(columns, rows)}${summary(totals, amplification)}`;
}

function row(kind: string, totals: TraceTotals): (string | number)[] {
  const { requests, osdJobs, networkBytes, diskReadBytes, diskWrittenBytes, logEntries } = totals;
  const bytes = [networkBytes, diskReadBytes, diskWrittenBytes].map(byteText);
  return [kind, requests + osdJobs, ...bytes, logEntries];
}

function summary(totals: TraceTotals, amplification: number | null): string {
  const { reads, writes, clientReadBytes, clientWrittenBytes, copiedUpBytes, clones, sharedBytes } = totals;
  const lines = [
    `${counted(reads, 'read')} of ${byteText(clientReadBytes)}, ${counted(writes, 'write')} of ${byteText(clientWrittenBytes + copiedUpBytes)}`,
  ];
  if (totals.copyups > 0) lines.push(`${counted(totals.copyups, 'copy-up')} of ${byteText(copiedUpBytes)}`);
  if (clones > 0) lines.push(`${counted(clones, 'clone')} for snapshots, ${byteText(sharedBytes)} shared`);
  if (totals.readModifyWrites > 0) lines.push(counted(totals.readModifyWrites, 'read-modify-write'));
  if (totals.decodedShards > 0) lines.push(`${counted(totals.decodedShards, 'shard')} decoded`);
  if (totals.refused > 0) lines.push(`${counted(totals.refused, 'request')} answered with an error`);
  if (amplification !== null) lines.push(`write amplification ${amplification.toFixed(1)}`);
  return `${lines.join('; ')}\n`;
}

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}
