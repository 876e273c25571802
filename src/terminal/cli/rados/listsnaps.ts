import { cppStrerror } from '../../../engine/base/errno.ts';
import type { SnapListing } from '../../../engine/codec/osd-op.ts';
import { NOSNAP } from '../../../engine/codec/snap.ts';
import { eraText } from '../format/era-text.ts';
import { type FormatNode, nodeOf, type PlainObject } from '../format/tree.ts';
import { attempt, fail, OBJECT, out, outTree, type PoolCall, radosCommand, wordAt } from './rados-command.ts';

export const listsnaps = radosCommand({
  words: 'listsnaps',
  summary: 'list the clones that snapshots made of an object',
  description: 'For each clone: the snapshots that it serves, its size, and the ranges that it shares with the next.',
  positionals: [OBJECT],
  run: function* (call) {
    const oid = wordAt(call, 0);
    const found = yield* attempt(call.io.listSnaps(oid));
    if (!found.ok)
      return yield* fail(call, `error listing snap shots ${call.poolName}/${oid}: ${cppStrerror(found.errno)}`);
    if (call.format !== 'plain') return yield* outTree(call, listingNode(call, oid, found.value));
    return yield* out(call, listingText(oid, found.value, eraText(call.process.cluster).today));
  },
});

type Clone = SnapListing['clones'][number];

/** @ceph src/tools/rados/rados.cc "listsnaps" — exact, with the empty line where there is no head */
function listingText(oid: string, { seq, clones }: SnapListing, withSeq: boolean): string {
  const rows = clones.map((clone) => `${rowText(clone)}\n`).join('');
  const headless = clones.every(({ id }) => id !== NOSNAP);
  return `${oid}${withSeq ? ` (seq:${seq})` : ''}:\ncloneid\tsnaps\tsize\toverlap\n${rows}${headless ? '\n' : ''}`;
}

function rowText({ id, snaps, size, overlap }: Clone): string {
  if (id === NOSNAP) return `head\t-\t${size}`;
  const ranges = overlap.map(({ off, len }) => `${off}~${len}`).join(',');
  return `${id}\t${snaps.length === 0 ? '-' : snaps.join(',')}\t${size}\t[${ranges}]`;
}

function listingNode(call: PoolCall, oid: string, { seq, clones }: SnapListing): FormatNode {
  return nodeOf('object', { name: oid, seq, clones: clones.map((clone) => cloneObject(call, clone)) }, 'clone');
}

function cloneObject(call: PoolCall, { id, snaps, size, overlap }: Clone): PlainObject {
  if (id === NOSNAP) return { id: 'head', snapshots: [], size };
  const nameOf = (snap: number): string => call.io.pool.snaps.find((each) => each.id === snap)?.name ?? '';
  return {
    id,
    snapshots: snaps.map((snap) => ({ id: snap, name: nameOf(snap) })),
    size,
    overlaps: overlap.map(({ off, len }) => ({ start: off, length: len })),
  };
}
