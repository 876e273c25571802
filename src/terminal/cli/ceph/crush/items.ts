import {
  addCrushBucket,
  linkCrushBucket,
  renameCrushBucket,
  swapCrushBuckets,
} from '../../../../engine/mon/crush/buckets.ts';
import {
  type CrushItem,
  createOrMoveCrushItem,
  moveCrushItem,
  placeCrushItem,
  removeCrushItem,
} from '../../../../engine/mon/crush/items.ts';
import { parseLocation } from '../../../../engine/mon/crush/location.ts';
import type { ParsedArgs } from '../../command.ts';
import { answered, argText, argTexts, cephCommand, isOn, requiredText } from '../ceph-command.ts';
import { CRUSH_WEIGHT, NAME_CHARS, named, OSD, optional, PLACE, SURE } from '../signatures.ts';

const TYPE = { name: 'type', type: { kind: 'string', goodchars: NAME_CHARS } } as const;

function placeOf(args: ParsedArgs) {
  return parseLocation(argTexts(args, 'args'));
}

function itemOf(args: ParsedArgs): CrushItem {
  const weight = Number(requiredText(args, 'weight'));
  return { id: Number(requiredText(args, 'id')), weight, location: placeOf(args) };
}

export const crushAddBucket = cephCommand({
  words: 'osd crush add-bucket',
  summary: 'make an empty bucket: a host, a rack, a room …',
  signature: [named('name'), TYPE, optional(PLACE)],
  answer: ({ monitor, args }) =>
    answered(addCrushBucket(monitor, requiredText(args, 'name'), requiredText(args, 'type'), placeOf(args))),
});

export const crushRenameBucket = cephCommand({
  words: 'osd crush rename-bucket',
  summary: 'give a bucket another name',
  signature: [named('srcname'), named('dstname')],
  answer: ({ monitor, args }) =>
    answered(renameCrushBucket(monitor, requiredText(args, 'srcname'), requiredText(args, 'dstname'))),
});

export const crushSetItem = cephCommand({
  words: 'osd crush set',
  summary: 'give an OSD of the CRUSH map a weight and a place',
  signature: [OSD, CRUSH_WEIGHT, PLACE],
  answer: ({ monitor, args }) => answered(placeCrushItem(monitor, itemOf(args), 'set')),
});

export const crushAdd = cephCommand({
  words: 'osd crush add',
  summary: 'put an OSD into the CRUSH map, or give it another weight there',
  signature: [OSD, CRUSH_WEIGHT, PLACE],
  answer: ({ monitor, args }) => answered(placeCrushItem(monitor, itemOf(args), 'add')),
});

export const crushCreateOrMove = cephCommand({
  words: 'osd crush create-or-move',
  summary: 'put an OSD at a place; one that is in the map already keeps its weight',
  signature: [OSD, CRUSH_WEIGHT, PLACE],
  answer: ({ monitor, args }) => answered(createOrMoveCrushItem(monitor, itemOf(args))),
});

export const crushMove = cephCommand({
  words: 'osd crush move',
  summary: 'move a bucket with all in it, or an OSD',
  signature: [named('name'), PLACE],
  answer: ({ monitor, args }) => answered(moveCrushItem(monitor, requiredText(args, 'name'), placeOf(args))),
});

export const crushSwapBucket = cephCommand({
  words: 'osd crush swap-bucket',
  summary: 'exchange what two buckets hold, and their names',
  signature: [named('source'), named('dest'), SURE],
  answer: ({ monitor, args }) => {
    const [source, dest] = [requiredText(args, 'source'), requiredText(args, 'dest')];
    return answered(swapCrushBuckets(monitor, source, dest, isOn(args, 'yes_i_really_mean_it')));
  },
});

export const crushLink = cephCommand({
  words: 'osd crush link',
  summary: 'let a bucket stand in one place more',
  signature: [{ name: 'name', type: { kind: 'string' }, completes: 'bucket' }, PLACE],
  answer: ({ monitor, args }) => answered(linkCrushBucket(monitor, requiredText(args, 'name'), placeOf(args))),
});

export const crushRm = cephCommand({
  words: 'osd crush rm',
  aliases: ['osd crush remove'],
  summary: 'take an OSD or an empty bucket out of the CRUSH map',
  signature: [named('name'), optional(named('ancestor'))],
  answer: ({ monitor, args }) =>
    answered(removeCrushItem(monitor, requiredText(args, 'name'), argText(args, 'ancestor'), false)),
});

export const crushUnlink = cephCommand({
  words: 'osd crush unlink',
  summary: 'take an item out of its places in the tree, or out of one',
  signature: [named('name'), optional(named('ancestor'))],
  answer: ({ monitor, args }) =>
    answered(removeCrushItem(monitor, requiredText(args, 'name'), argText(args, 'ancestor'), true)),
});
