import type { TracedMember, TraceKind } from '../../engine/base/op-trace.ts';
import type { RoadStep } from '../scene/trace/steps.ts';
import { formatBytes } from './format.ts';

const n = (count: number): string => count.toLocaleString('en');
const many = (count: number, one: string, more = `${one}s`): string => `${n(count)} ${count === 1 ? one : more}`;
const osds = (ids: readonly number[]): string => ids.map((id) => `osd.${id}`).join(', ');

/** English words for the roads of operations. */
export const traceEn = {
  title: 'The road of each operation',
  loading: 'Fetching the roads…',
  none: 'No operation of this command reached an OSD.',
  counts: {
    reads: (count: number) => many(count, 'read'),
    writes: (count: number) => many(count, 'write'),
    recovered: (count: number) => many(count, 'copy made', 'copies made'),
    trimmed: (count: number) => many(count, 'trim'),
    requests: (count: number) => many(count, 'request'),
    refused: (count: number) => `${n(count)} refused`,
    none: 'no content moved',
    byOsds: 'OSDs by themselves, no client asked',
    copiedUp: (bytes: string) => `${bytes} copied up from the parent`,
    wanted: (bytes: string) => `${bytes} was to be written`,
    network: 'over the network',
    diskRead: 'read from disks',
    diskWritten: 'written to disks',
    byReads: (count: number) => `by ${many(count, 'disk read')}`,
    byWrites: (count: number) => `by ${many(count, 'disk write')}`,
    amplification: 'write amplification',
    amplificationIs: 'disk bytes for each byte that was to be written',
    clones: (count: number) => many(count, 'clone'),
    shared: (bytes: string) => `kept for snapshots: ${bytes} shared, nothing copied`,
    rmw: (count: number) => many(count, 'read-modify-write'),
    rmwIs: 'stripes read before they were written',
    decoded: (count: number) => many(count, 'shard'),
    decodedIs: 'worked out from others',
  },
  filter: 'Show',
  content: 'Content',
  all: 'All',
  kinds: {
    read: 'Read',
    write: 'Write',
    copyup: 'Copy-up',
    remove: 'Remove',
    meta: 'Metadata',
    list: 'Listing',
    refused: 'Refused',
    recovery: 'Recovery',
    trim: 'Snap trim',
  } satisfies Record<TraceKind, string>,
  shown: (shown: number, all: number) => `${n(shown)} of ${n(all)} are shown singly; all are counted.`,
  list: 'Operations',
  nth: (nth: number) => `#${n(nth)}`,
  picture: (name: string, pgid: string) => `The road of ${name} by PG ${pgid}`,
  inWords: 'In words',
  onStage: (oid: string) => `Show ${oid} on the stage`,
  hash: 'hash',
  epoch: 'epoch',
  request: 'request',
  roles: {
    primary: 'primary',
    replica: 'replica',
    shard: 'shard',
    backfill: 'backfill',
    source: 'has it',
    target: 'lacks it',
  } satisfies Record<TracedMember['role'], string>,
  diskReads: (bytes: string) => `reads ${bytes}`,
  diskWrites: (bytes: string) => `writes ${bytes}`,
  diskIdle: 'disk not touched',
  notes: {
    clone: (snap: number, bytes: string) => `clone ${snap} keeps ${bytes}, shared`,
    stripes: (bytes: string) => `${bytes} of stripes read first`,
    decoded: (shards: string) => `shard ${shards} worked out`,
  },
  step: (step: RoadStep): string => {
    switch (step.step) {
      case 'place': {
        const { oid, pgid, epoch, cause } = step.trace;
        const name = `The name ${oid} hashes to ${step.hash}, that is PG ${pgid}.`;
        const part = cause === 'client' ? 'On this road:' : 'OSDs work by themselves:';
        return `${name} ${part} ${osds(step.osds)}, by the map of epoch ${epoch}.`;
      }
      case 'list':
        return `The client asks for the objects of PG ${step.trace.pgid}; no name is hashed.`;
      case 'send':
        return step.bytes === 0
          ? `The client asks osd.${step.to}, the primary.`
          : `The client sends ${formatBytes(step.bytes)} to osd.${step.to}, the primary.`;
      case 'copyup':
        return step.changedBytes === 0
          ? `All of it is copied up: what the parent has of this object.`
          : `Two writes in one request: ${formatBytes(step.copiedBytes)} copied up from the parent, and over it the ${formatBytes(step.changedBytes)} that were to be written.`;
      case 'refuse':
        return `osd.${step.osd} answers ${step.error}; nothing has changed.`;
      case 'gather':
        return `osd.${step.osd} has ${formatBytes(step.bytes)} read, from ${step.from.map(({ osd, shard }) => (shard === null ? `osd.${osd}` : `shard ${shard} on osd.${osd}`)).join(', ')}.`;
      case 'decode':
        return `Shard ${step.shards.join(', ')} is not there: it is worked out from the others.`;
      case 'clone':
        return `First write after a snapshot: the object as it was becomes clone ${step.snap}. BlueStore lets both share the ${formatBytes(step.bytes)}; none of it is copied.`;
      case 'read':
        return `osd.${step.osd} reads ${formatBytes(step.bytes)} from its disk.`;
      case 'write':
        return step.shards
          ? `Each of ${osds(step.osds)} writes its shard, ${formatBytes(step.bytes)} of whole stripes.`
          : `Each of ${osds(step.osds)} writes ${formatBytes(step.bytes)}.`;
      case 'log':
        return `With it each writes ${step.entries === 1 ? 'an entry' : `${step.entries} entries`} of the PG’s log, up to ${step.version}.`;
      case 'trim':
        return `Clones that serve no snapshot any more go: ${step.clones}.`;
      case 'push':
        return step.from === step.to
          ? `osd.${step.to} keeps ${formatBytes(step.bytes)}: it has the object again.`
          : `osd.${step.from} sends ${formatBytes(step.bytes)} to osd.${step.to}, which has the object again.`;
      case 'answer':
        return step.bytes === 0
          ? 'When all of them have answered, the primary acknowledges to the client.'
          : `The primary answers the client with ${formatBytes(step.bytes)}.`;
    }
  },
  byKind: 'By kind',
  byObject: 'By object',
  columns: {
    kind: 'Kind',
    object: 'Object',
    ops: 'Operations',
    network: 'Network',
    diskRead: 'Disk read',
    diskWritten: 'Disk written',
  },
  moreObjects: (count: number) => `and ${many(count, 'further object')}`,
  simplified:
    'Counted are bytes of content, and of keys and values that are written; not onodes, log entries, RocksDB or message headers.',
  counters: 'All counters',
  events: 'What happened, in order',
};

export type TraceMessages = typeof traceEn;
