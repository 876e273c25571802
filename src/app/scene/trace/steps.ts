import type { OpTrace, TracedMember } from '../../../engine/base/op-trace.ts';

/** What happened on a road, one thing after the other: the picture in words. */
export type RoadStep =
  | { readonly step: 'place'; readonly trace: OpTrace; readonly hash: string; readonly osds: readonly number[] }
  | { readonly step: 'list'; readonly trace: OpTrace }
  | { readonly step: 'send'; readonly to: number; readonly bytes: number }
  | { readonly step: 'copyup'; readonly copiedBytes: number; readonly changedBytes: number }
  | { readonly step: 'refuse'; readonly osd: number; readonly error: string }
  | { readonly step: 'gather'; readonly osd: number; readonly from: readonly TracedMember[]; readonly bytes: number }
  | { readonly step: 'decode'; readonly shards: readonly number[] }
  | { readonly step: 'clone'; readonly snap: number; readonly bytes: number }
  | { readonly step: 'read'; readonly osd: number; readonly bytes: number }
  | { readonly step: 'write'; readonly osds: readonly number[]; readonly bytes: number; readonly shards: boolean }
  | { readonly step: 'log'; readonly version: string; readonly entries: number }
  | { readonly step: 'trim'; readonly clones: string }
  | { readonly step: 'push'; readonly from: number; readonly to: number; readonly bytes: number }
  | { readonly step: 'answer'; readonly bytes: number };

export function stepsOf(trace: OpTrace): readonly RoadStep[] {
  const [first] = trace.members;
  if (first === undefined) return [];
  const place = placeStep(trace);
  if (trace.cause === 'trim') return [place, { step: 'trim', clones: trace.ops.map(({ name }) => name).join(', ') }];
  if (trace.cause === 'recovery') return [place, ...readSteps(trace), ...pushSteps(trace)];
  const sent: RoadStep = { step: 'send', to: first.osd, bytes: trace.sentBytes };
  if (trace.error !== null) return [place, sent, { step: 'refuse', osd: first.osd, error: trace.error }];
  const answer: RoadStep = { step: 'answer', bytes: trace.answeredBytes };
  return [place, sent, ...copyupSteps(trace), ...readSteps(trace), ...cloneSteps(trace), ...writeSteps(trace), answer];
}

function placeStep(trace: OpTrace): RoadStep {
  if (trace.hash === null) return { step: 'list', trace };
  const hash = trace.hash.toString(16).padStart(8, '0');
  return { step: 'place', trace, hash, osds: trace.members.map(({ osd }) => osd) };
}

function readSteps({ members, decoded }: OpTrace): RoadStep[] {
  const [first] = members;
  const readers = members.filter(({ readBytes }) => readBytes > 0);
  const bytes = readers.reduce((sum, { readBytes }) => sum + readBytes, 0);
  if (first === undefined || readers.length === 0) return [];
  const alone = readers.length === 1 && readers[0] === first;
  const read: RoadStep = alone
    ? { step: 'read', osd: first.osd, bytes }
    : { step: 'gather', osd: first.osd, from: readers, bytes };
  return decoded.length === 0 ? [read] : [read, { step: 'decode', shards: decoded }];
}

/** What a clone takes over from its parent comes with the change, and before it. */
function copyupSteps({ ops }: OpTrace): RoadStep[] {
  const written = (part: 'copyup' | 'data') =>
    ops.reduce((sum, op) => sum + (op.part === part ? op.writtenBytes : 0), 0);
  const [copiedBytes, changedBytes] = [written('copyup'), written('data')];
  return copiedBytes === 0 ? [] : [{ step: 'copyup', copiedBytes, changedBytes }];
}

function cloneSteps({ clone }: OpTrace): RoadStep[] {
  return clone === null ? [] : [{ step: 'clone', snap: clone.snap, bytes: clone.sharedBytes }];
}

function writeSteps({ members, version, logEntries, stripes }: OpTrace): RoadStep[] {
  if (version === null) return [];
  const writers = members.filter(({ writtenBytes }) => writtenBytes > 0);
  const bytes = writers[0]?.writtenBytes ?? 0;
  const log: RoadStep = { step: 'log', version, entries: logEntries };
  if (writers.length === 0) return [log];
  return [{ step: 'write', osds: writers.map(({ osd }) => osd), bytes, shards: stripes !== null }, log];
}

function pushSteps({ members }: OpTrace): RoadStep[] {
  const [first] = members;
  return members
    .filter(({ writtenBytes, role }) => writtenBytes > 0 || role === 'target')
    .map(({ osd, writtenBytes }) => ({ step: 'push', from: first?.osd ?? osd, to: osd, bytes: writtenBytes }));
}
