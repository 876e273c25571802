import type { OpTrace, TracedOp } from './op-trace.ts';

/** What operations cost together. All of it can be added up from traces alone. */
export interface TraceTotals {
  /** Requests of clients, those that were answered with an error among them, and what OSDs did by themselves. */
  requests: number;
  refused: number;
  osdJobs: number;
  /** Operations on content that clients sent and that moved bytes; copy-ups are writes too. */
  reads: number;
  writes: number;
  copyups: number;
  /** What clients read and wrote of content; what was copied up from parents is told apart. */
  clientReadBytes: number;
  clientWrittenBytes: number;
  copiedUpBytes: number;
  /** All that went from one machine to another. */
  networkBytes: number;
  diskReads: number;
  diskWrites: number;
  diskReadBytes: number;
  diskWrittenBytes: number;
  /** Objects kept for snapshots, with the bytes that they share with the head until it changes. */
  clones: number;
  sharedBytes: number;
  /** In erasure pools: writes that had to read stripes first, and shards that had to be worked out. */
  readModifyWrites: number;
  decodedShards: number;
  logEntries: number;
}

export function noTotals(): TraceTotals {
  return {
    requests: 0,
    refused: 0,
    osdJobs: 0,
    reads: 0,
    writes: 0,
    copyups: 0,
    clientReadBytes: 0,
    clientWrittenBytes: 0,
    copiedUpBytes: 0,
    networkBytes: 0,
    diskReads: 0,
    diskWrites: 0,
    diskReadBytes: 0,
    diskWrittenBytes: 0,
    clones: 0,
    sharedBytes: 0,
    readModifyWrites: 0,
    decodedShards: 0,
    logEntries: 0,
  };
}

/** What all of these cost together. */
export function totalsOf(traces: Iterable<OpTrace>): TraceTotals {
  const totals = noTotals();
  for (const trace of traces) addTrace(totals, trace);
  return totals;
}

/** Adds a trace to `totals`, in place. */
export function addTrace(totals: TraceTotals, trace: OpTrace): void {
  if (trace.cause === 'client') totals.requests++;
  else totals.osdJobs++;
  if (trace.error !== null) totals.refused++;
  else for (const op of trace.ops) addOp(totals, op);
  addMembers(totals, trace);
  if (trace.clone !== null) {
    totals.clones++;
    totals.sharedBytes += trace.clone.sharedBytes;
  }
  if (trace.stripes !== null && trace.stripes.readBytes > 0) totals.readModifyWrites++;
  totals.decodedShards += trace.decoded.length;
  totals.logEntries += trace.logEntries;
}

function addOp(totals: TraceTotals, { part, readBytes, writtenBytes }: TracedOp): void {
  if (part === 'meta') return;
  if (readBytes > 0) totals.reads++;
  if (writtenBytes > 0) totals.writes++;
  totals.clientReadBytes += readBytes;
  if (part === 'copyup' && writtenBytes > 0) totals.copyups++;
  if (part === 'copyup') totals.copiedUpBytes += writtenBytes;
  else totals.clientWrittenBytes += writtenBytes;
}

function addMembers(totals: TraceTotals, { members, sentBytes, answeredBytes }: OpTrace): void {
  totals.networkBytes += sentBytes + answeredBytes;
  for (const member of members) {
    totals.networkBytes += member.sentBytes + member.receivedBytes;
    totals.diskReadBytes += member.readBytes;
    totals.diskWrittenBytes += member.writtenBytes;
    if (member.readBytes > 0) totals.diskReads++;
    if (member.writtenBytes > 0) totals.diskWrites++;
  }
}

/**
 * Bytes that disks wrote for each byte of content that clients wanted written; what was copied up was nobody's wish. Null
 * where nothing was to be written.
 */
export function writeAmplification({ diskWrittenBytes, clientWrittenBytes }: TraceTotals): number | null {
  return clientWrittenBytes === 0 ? null : diskWrittenBytes / clientWrittenBytes;
}
