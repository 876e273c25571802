import { setPgTemp, setPrimaryTemp } from '../../../engine/mon/pg-temp.ts';
import {
  clearPgUpmap,
  clearPrimaryUpmaps,
  setPgUpmap,
  setPgUpmapItems,
  setPgUpmapPrimary,
} from '../../../engine/mon/pg-upmap.ts';
import type { CephArg } from './ceph-args.ts';
import { answered, argTexts, cephCommand, requiredText } from './ceph-command.ts';
import { OSD, PGID } from './signatures.ts';

const OSDS: CephArg = { ...OSD, repeat: true };

export const osdPgUpmap = cephCommand({
  words: 'osd pg-upmap',
  summary: 'say which OSDs a placement group is on, whatever CRUSH says',
  signature: [PGID, OSDS],
  answer: ({ monitor, args }) =>
    answered(setPgUpmap(monitor, requiredText(args, 'pgid'), argTexts(args, 'id').map(Number))),
});

export const osdPgUpmapItems = cephCommand({
  words: 'osd pg-upmap-items',
  summary: 'put OSDs in the place of others for one placement group: FROM TO …',
  signature: [PGID, OSDS],
  answer: ({ monitor, args }) =>
    answered(setPgUpmapItems(monitor, requiredText(args, 'pgid'), argTexts(args, 'id').map(Number))),
});

export const osdPgUpmapPrimary = cephCommand({
  words: 'osd pg-upmap-primary',
  summary: 'make an OSD of a placement group its primary',
  signature: [PGID, OSD],
  answer: ({ monitor, args }) =>
    answered(setPgUpmapPrimary(monitor, requiredText(args, 'pgid'), Number(requiredText(args, 'id')))),
});

export const osdRmPgUpmap = cephCommand({
  words: 'osd rm-pg-upmap',
  summary: 'let CRUSH say again where a placement group is',
  signature: [PGID],
  answer: ({ monitor, args }) => answered(clearPgUpmap(monitor, requiredText(args, 'pgid'), 'pg_upmap')),
});

export const osdRmPgUpmapItems = cephCommand({
  words: 'osd rm-pg-upmap-items',
  summary: 'take back what pg-upmap-items set',
  signature: [PGID],
  answer: ({ monitor, args }) => answered(clearPgUpmap(monitor, requiredText(args, 'pgid'), 'pg_upmap_items')),
});

export const osdRmPgUpmapPrimary = cephCommand({
  words: 'osd rm-pg-upmap-primary',
  summary: 'take back what pg-upmap-primary set',
  signature: [PGID],
  answer: ({ monitor, args }) => answered(clearPgUpmap(monitor, requiredText(args, 'pgid'), 'pg_upmap_primary')),
});

export const osdRmPgUpmapPrimaryAll = cephCommand({
  words: 'osd rm-pg-upmap-primary-all',
  summary: 'take back what pg-upmap-primary set for any placement group',
  answer: ({ monitor }) => answered(clearPrimaryUpmaps(monitor)),
});

export const osdPgTemp = cephCommand({
  words: 'osd pg-temp',
  summary: 'say which OSDs serve a placement group for the time being',
  signature: [PGID, { ...OSDS, optional: true }],
  answer: ({ monitor, args }) =>
    answered(setPgTemp(monitor, requiredText(args, 'pgid'), argTexts(args, 'id').map(Number))),
});

export const osdPrimaryTemp = cephCommand({
  words: 'osd primary-temp',
  summary: 'say which OSD leads a placement group for the time being',
  signature: [PGID, OSD],
  answer: ({ monitor, args }) =>
    answered(setPrimaryTemp(monitor, requiredText(args, 'pgid'), Number(requiredText(args, 'id')))),
});

export const osdRmPrimaryTemp = cephCommand({
  words: 'osd rm-primary-temp',
  summary: 'take back what primary-temp set',
  signature: [PGID],
  answer: ({ monitor, args }) => answered(setPrimaryTemp(monitor, requiredText(args, 'pgid'), -1)),
});
