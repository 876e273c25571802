import { ERRNO } from '../../../../engine/base/errno.ts';
import { utf8Decode } from '../../../../engine/base/utf8.ts';
import { allKeys, keyValue, removeKey, setKey } from '../../../../engine/mon/config/keys.ts';
import { argText, type CephAnswer, type CephCall, cephCommand, requiredText, structured } from '../ceph-command.ts';
import { optional, text } from '../signatures.ts';

const KEY = text('key');
const MAX_VALUE_BYTES = 65_536;

export const configKeySet = cephCommand({
  words: 'config-key set',
  aliases: ['config-key put'],
  summary: 'keep a value with the monitors under a name',
  signature: [KEY, optional(text('val', 'the value; else what -i names'))],
  answer: ({ monitor, args, input }) => {
    const key = requiredText(args, 'key');
    const value = argText(args, 'val') ?? utf8Decode(input);
    if (value.length > MAX_VALUE_BYTES)
      return {
        code: ERRNO.EFBIG,
        text: `error: entry size limited to ${MAX_VALUE_BYTES} bytes. Use 'mon config key max entry size' to manually adjust`,
      };
    monitor.received();
    setKey(monitor.context.records, key, value);
    return { text: `set ${key}` };
  },
});

export const configKeyGet = cephCommand({
  words: 'config-key get',
  summary: 'the value that is kept under a name',
  signature: [KEY],
  answer: ({ monitor, args }) => {
    const value = keyValue(monitor.context.records, requiredText(args, 'key'));
    return value === undefined ? { code: ERRNO.ENOENT, text: '' } : { output: value };
  },
});

export const configKeyRm = cephCommand({
  words: 'config-key rm',
  aliases: ['config-key del'],
  summary: 'forget what is kept under a name',
  signature: [KEY],
  answer: ({ monitor, args }) => {
    const key = requiredText(args, 'key');
    monitor.received();
    return { text: removeKey(monitor.context.records, key) ? 'key deleted' : `no such key '${key}'` };
  },
});

export const configKeyExists = cephCommand({
  words: 'config-key exists',
  summary: 'is anything kept under a name',
  signature: [KEY],
  answer: ({ monitor, args }) => {
    const key = requiredText(args, 'key');
    return keyValue(monitor.context.records, key) === undefined
      ? { code: ERRNO.ENOENT, text: `key '${key}' doesn't exist` }
      : { text: `key '${key}' exists` };
  },
});

export const configKeyLs = cephCommand({
  words: 'config-key ls',
  aliases: ['config-key list'],
  summary: 'names under which something is kept',
  answer: (call) =>
    structured(
      call,
      'keys',
      allKeys(call.monitor.context.records).map(([key]) => key),
      { keys: 'key' },
    ),
});

export const configKeyDump = cephCommand({
  words: 'config-key dump',
  summary: 'what is kept, name and value, below a name or all',
  signature: [optional(KEY)],
  answer: dump,
});

function dump(call: CephCall): CephAnswer {
  const start = argText(call.args, 'key') ?? '';
  const found = allKeys(call.monitor.context.records).filter(([key]) => key.startsWith(start));
  return structured(call, 'config-key store', Object.fromEntries(found));
}
