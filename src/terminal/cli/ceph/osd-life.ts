import { createOsd, type NewOsdAnswer, newOsdOf, setMaxOsd } from '../../../engine/mon/osd-create.ts';
import { destroyOsd, loseOsd, removeOsds } from '../../../engine/mon/osd-remove.ts';
import { safeToDestroy } from '../../../engine/mon/safe-to-destroy.ts';
import { nodeOf } from '../format/tree.ts';
import {
  answered,
  argNumber,
  argText,
  argTexts,
  type CephAnswer,
  type CephCall,
  cephCommand,
  isOn,
  requiredText,
  shown,
} from './ceph-command.ts';
import { OSD, optional, SURE, text } from './signatures.ts';

const UUID = { name: 'uuid', type: { kind: 'uuid' } } as const;
const FORCE = { name: 'force', type: { kind: 'bool' }, optional: true, summary: 'ask nothing' } as const;

export const osdCreate = cephCommand({
  words: 'osd create',
  summary: 'give an id to an OSD that is to come',
  signature: [optional(UUID), optional(OSD)],
  answer: (call) => made(call, createOsd(call.monitor, argText(call.args, 'uuid'), argNumber(call.args, 'id'))),
});

export const osdNew = cephCommand({
  words: 'osd new',
  summary: 'give an id to an OSD of that uuid; a destroyed one can be taken again',
  signature: [UUID, optional(OSD)],
  answer: (call) => made(call, newOsdOf(call.monitor, requiredText(call.args, 'uuid'), argNumber(call.args, 'id'))),
});

function made(call: CephCall, answer: NewOsdAnswer): CephAnswer {
  const { id } = answer;
  if (id === undefined) return answered(answer);
  return shown(
    call,
    () => `${id}\n`,
    () => nodeOf('created_osd', { osdid: id }),
    '\n',
  );
}

export const osdRm = cephCommand({
  words: 'osd rm',
  summary: 'take OSDs out of the map; the CRUSH map keeps them',
  signature: [{ ...text('ids'), repeat: true, completes: 'osd' }],
  answer: ({ monitor, args }) => answered(removeOsds(monitor, argTexts(args, 'ids'))),
});

export const osdLost = cephCommand({
  words: 'osd lost',
  summary: 'say that what an OSD holds is gone for good',
  signature: [OSD, SURE],
  answer: ({ monitor, args }) =>
    answered(loseOsd(monitor, Number(requiredText(args, 'id')), isOn(args, 'yes_i_really_mean_it'))),
});

export const osdDestroy = cephCommand({
  words: 'osd destroy',
  summary: 'give up what an OSD holds; its id can be taken again',
  signature: [OSD, FORCE, SURE],
  answer: (call) => removal(call, 'destroy'),
});

export const osdPurge = cephCommand({
  words: 'osd purge',
  summary: 'remove all of an OSD: what it holds, its id and its place in the CRUSH map',
  signature: [OSD, FORCE, SURE],
  answer: (call) => removal(call, 'purge'),
});

export const osdPurgeNew = cephCommand({
  words: 'osd purge-new',
  summary: 'remove all of an OSD that was made and never started',
  signature: [OSD, SURE],
  answer: ({ monitor, args }) =>
    answered(destroyOsd(monitor, Number(requiredText(args, 'id')), 'purge-new', isOn(args, 'yes_i_really_mean_it'))),
});

const WARNING =
  '\nYou can proceed by passing --force, but be warned that this will likely mean real, permanent data loss.';

/** @ceph src/mgr/DaemonServer.cc "osd destroy", "osd purge" — exact */
function removal(call: CephCall, how: 'destroy' | 'purge'): CephAnswer {
  const { args, map, monitor } = call;
  const id = Number(requiredText(args, 'id'));
  if (!isOn(args, 'force') && !isOn(args, 'yes_i_really_mean_it')) {
    const { code, text: reason } = safeToDestroy(map, call.stats().pgs, [id]);
    if (code !== 0) return { code, text: reason + WARNING };
  }
  return answered(destroyOsd(monitor, id, how, true));
}

export const osdSetmaxosd = cephCommand({
  words: 'osd setmaxosd',
  summary: 'how many OSD ids there may be',
  signature: [{ name: 'newmax', type: { kind: 'int', range: [0] } }],
  answer: ({ monitor, args }) => answered(setMaxOsd(monitor, Number(requiredText(args, 'newmax')))),
});
