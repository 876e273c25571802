import { toBase64 } from '../../../../engine/base/base64.ts';
import { ERRNO } from '../../../../engine/base/errno.ts';
import { utf8Decode } from '../../../../engine/base/utf8.ts';
import {
  type AuthEntry,
  authEntries,
  authEntry,
  capsOf,
  getOrCreate,
  putAuth,
  removeAuth,
  rightOf,
  rotateAuth,
  sameCaps,
} from '../../../../engine/mon/auth/keyring.ts';
import { EXIT_NOT_YET } from '../../command.ts';
import { arrayNode, nodeOf, objectNode } from '../../format/tree.ts';
import {
  answered,
  argText,
  argTexts,
  type CephAnswer,
  type CephCall,
  cephCommand,
  requiredText,
  shown,
} from '../ceph-command.ts';
import { optional, text } from '../signatures.ts';
import { pendingCommands } from './pending.ts';
import { readKeyring } from './read-keyring.ts';
import { entryNode, shownEntries } from './show.ts';

const ENTITY = text('entity', 'such as client.admin');
const CAPS = { ...optional(text('caps', "who is asked, and what may be done: osd 'allow rw pool=p'")), repeat: true };

function entryOf({ monitor, args }: CephCall): AuthEntry | undefined {
  return authEntry(monitor.context.records, requiredText(args, 'entity'));
}

function wantedOf({ args }: CephCall) {
  return { entity: requiredText(args, 'entity'), caps: argTexts(args, 'caps') };
}

/** One that is there keeps its rights: others that are asked for are refused. @ceph src/mon/AuthMonitor.cc "auth get-or-create" — exact */
function asked(call: CephCall): ReturnType<typeof getOrCreate> {
  return getOrCreate(call.monitor, wantedOf(call), (caps, { entity, caps: has }) => {
    const other = caps.find(([service, right]) => rightOf(has, service) !== right)?.[0];
    return other === undefined ? undefined : `key for ${entity} exists but cap ${other} does not match`;
  });
}

function shownKey(call: CephCall, { key }: AuthEntry, end: string): CephAnswer {
  return shown(
    call,
    () => `${toBase64(key)}${end}`,
    () => nodeOf('auth', { key: toBase64(key) }),
  );
}

const authGet = cephCommand({
  words: 'auth get',
  summary: 'the key and rights of somebody',
  signature: [ENTITY],
  answer: (call) => {
    const entry = entryOf(call);
    if (entry !== undefined) return shownEntries(call, [entry]);
    return { code: ERRNO.ENOENT, text: `failed to find ${requiredText(call.args, 'entity')} in keyring` };
  },
});

const authExport = cephCommand({
  words: 'auth export',
  summary: 'a keyring with all keys, or that of somebody',
  signature: [optional(ENTITY)],
  answer: (call) => {
    const { records } = call.monitor.context;
    const entity = argText(call.args, 'entity');
    const found = authEntries(records).filter((entry) => entity === undefined || entry.entity === entity);
    if (entity !== undefined && found.length === 0)
      return { code: ERRNO.ENOENT, text: 'no key for auth(key=AAAAAAAAAAAAAAAA)' };
    return shownEntries(call, found);
  },
});

const authGetKey = cephCommand({
  words: 'auth get-key',
  aliases: ['auth print-key', 'auth print_key'],
  summary: 'the key of somebody alone',
  signature: [ENTITY],
  answer: (call) => {
    const entry = entryOf(call);
    if (entry !== undefined) return shownKey(call, entry, '');
    return { code: ERRNO.ENOENT, text: `don't have ${requiredText(call.args, 'entity')}` };
  },
});

const authLs = cephCommand({
  words: 'auth ls',
  aliases: ['auth list'],
  summary: 'all who have a key',
  answer: (call) => {
    const entries = authEntries(call.monitor.context.records);
    return shown(
      call,
      () =>
        entries
          .map(({ entity, key, caps }) => {
            const lines = caps.map(([service, right]) => `\tcaps: [${service}] ${right}\n`);
            return `${entity}\n\tkey: ${toBase64(key)}\n${lines.join('')}`;
          })
          .join(''),
      () => objectNode('auth', [arrayNode('auth_dump', entries.map(entryNode))]),
    );
  },
});

const authAdd = cephCommand({
  words: 'auth add',
  summary: 'give somebody a new key',
  signature: [ENTITY, CAPS],
  answer: (call) => {
    const { entity } = wantedOf(call);
    const isNew = entryOf(call) === undefined;
    const added = getOrCreate(call.monitor, wantedOf(call), (caps, was) =>
      sameCaps(caps, was.caps) ? undefined : `entity ${entity} exists but caps do not match`,
    );
    if ('code' in added) return answered(added);
    return isNew ? { text: `added key for ${entity}` } : {};
  },
});

const authGetOrCreate = cephCommand({
  words: 'auth get-or-create',
  summary: 'the key of somebody, a new one where there is none',
  signature: [ENTITY, CAPS],
  answer: (call) => {
    const entry = asked(call);
    return 'code' in entry ? answered(entry) : shownEntries(call, [entry], false);
  },
});

const authGetOrCreateKey = cephCommand({
  words: 'auth get-or-create-key',
  summary: 'as get-or-create, the key alone',
  signature: [ENTITY, CAPS],
  answer: (call) => {
    const entry = asked(call);
    return 'code' in entry ? answered(entry) : shownKey(call, entry, '\n');
  },
});

const authCaps = cephCommand({
  words: 'auth caps',
  summary: 'give somebody other rights',
  signature: [ENTITY, { ...CAPS, optional: false }],
  answer: (call) => {
    call.monitor.received();
    const { entity, caps: words } = wantedOf(call);
    const caps = capsOf(words);
    if ('code' in caps) return answered(caps);
    const was = entryOf(call);
    if (was === undefined) return { code: ERRNO.ENOENT, text: `couldn't find entry ${entity}` };
    putAuth(call.monitor, { ...was, caps });
    return { ...shownEntries(call, [{ ...was, caps }]), text: `updated caps for ${entity}` };
  },
});

const authRotate = cephCommand({
  words: 'auth rotate',
  summary: 'give somebody another key',
  signature: [ENTITY],
  answer: (call) => {
    call.monitor.received();
    const was = entryOf(call);
    if (was === undefined) return { code: ERRNO.ENOENT, text: 'entity does not exist' };
    return shownEntries(call, [rotateAuth(call.monitor, was)]);
  },
});

const authRm = cephCommand({
  words: 'auth rm',
  aliases: ['auth del'],
  summary: 'take the key of somebody away',
  signature: [ENTITY],
  answer: ({ monitor, args }) => {
    removeAuth(monitor, requiredText(args, 'entity'));
    return {};
  },
});

const authImport = cephCommand({
  words: 'auth import',
  summary: 'take over the keys of a keyring, given with -i',
  answer: ({ monitor, input }) => {
    monitor.received();
    if (input.length === 0) return { code: ERRNO.EINVAL, text: 'auth import: no data supplied' };
    const entries = readKeyring(utf8Decode(input));
    if (entries === undefined) return { code: ERRNO.EINVAL, text: 'error decoding keyring' };
    for (const entry of entries) putAuth(monitor, entry);
    return {};
  },
});

const authDumpKeys = cephCommand({
  words: 'auth dump-keys',
  summary: 'all keys, those of services too',
  answer: ({ format }) => {
    if (format === 'json' || format === 'json-pretty' || format.startsWith('xml'))
      return { code: EXIT_NOT_YET, text: "'ceph auth dump-keys' is not available in this sandbox yet" };
    return { code: ERRNO.EINVAL, text: `format type "${format}" not supported by this command; try json` };
  },
});

const authWipeKeys = cephCommand({
  words: 'auth wipe-rotating-service-keys',
  summary: 'give services new keys',
  answer: () => ({ text: 'wiped rotating service keys!' }),
});

/** Keys. The cluster asks nobody for theirs: they are kept and shown. @ceph src/mon/AuthMonitor.cc prepare_command — exact for these commands */
export const authCommands = [
  authExport,
  authGet,
  authGetKey,
  authLs,
  authImport,
  authAdd,
  authGetOrCreateKey,
  authGetOrCreate,
  authCaps,
  authRotate,
  authRm,
  ...pendingCommands,
  authDumpKeys,
  authWipeKeys,
];
