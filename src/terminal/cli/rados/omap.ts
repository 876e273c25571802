import { bytesData } from '../../../engine/base/data.ts';
import { cppStrerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { type ByteString, byteStringOfText, bytesOfByteString } from '../../../engine/base/utf8.ts';
import { eraText } from '../format/era-text.ts';
import { readValueOrFile, writeOutput } from './input.ts';
import {
  attempt,
  fail,
  OBJECT,
  orFail,
  out,
  type PoolCall,
  pretty,
  printUsage,
  radosCommand,
  wordAt,
} from './rados-command.ts';
import { writeOps } from './writable.ts';

const KEY = { name: 'key', type: 'omap-key' } as const;
const FILE = { name: 'file', type: 'file', optional: true } as const;

export const listomapkeys = radosCommand({
  words: 'listomapkeys',
  summary: "list the keys of an object's omap",
  positionals: [OBJECT],
  run: function* (call) {
    const oid = wordAt(call, 0);
    const found = yield* attempt(call.io.omapGetKeys(oid));
    if (!found.ok)
      return yield* fail(call, `error getting omap key set ${call.poolName}/${oid}: ${cppStrerror(found.errno)}`);
    for (const key of found.value) {
      yield* call.process.stdout.write(bytesOfByteString(key));
      yield* out(call, '\n');
    }
    return 0;
  },
});

export const listomapvals = radosCommand({
  words: 'listomapvals',
  summary: "list the keys and values of an object's omap",
  positionals: [OBJECT],
  run: function* (call) {
    const oid = wordAt(call, 0);
    const found = yield* attempt(call.io.omapGetVals(oid));
    if (!found.ok)
      return yield* fail(call, `error getting omap keys ${call.poolName}/${oid}: ${cppStrerror(found.errno)}`);
    for (const [key, value] of found.value)
      yield* out(call, `${keyText(call, key)}\n${dumpText(call, 'value', value)}\n`);
    return 0;
  },
});

/** A key that is not all printable is dumped, and counted without the blank that values have. */
function keyText(call: PoolCall, key: ByteString): string {
  if (/^[\x20-\x7e]*$/.test(key)) return key;
  const text = eraText(call.process.cluster);
  return `${text.keyHead(key.length)}\n${text.hexdump(bytesOfByteString(key))}`;
}

function dumpText({ process }: PoolCall, what: string, bytes: Uint8Array): string {
  const text = eraText(process.cluster);
  return `${text.valueHead(what, bytes.length)}\n${text.hexdump(bytes)}`;
}

export const getomapval = radosCommand({
  words: 'getomapval',
  summary: 'show the value of an omap key, or write it to a file',
  positionals: [OBJECT, KEY, FILE],
  most: 3,
  run: function* (call) {
    const { key, name } = keyOf(call);
    const oid = wordAt(call, 0);
    const found = yield* attempt(call.io.omapGetValsByKeys(oid, [key]));
    if (!found.ok)
      return yield* fail(call, `error getting omap value ${call.poolName}/${oid}/${name}: ${cppStrerror(found.errno)}`);
    const value = found.value[0]?.[1];
    if (value === undefined) {
      yield* out(call, `No such key: ${call.poolName}/${oid}/${name}\n`);
      return 1;
    }
    return yield* show(call, 'value', value, wordAt(call, 2));
  },
});

/** On standard output as a dump, or into a file, which it says on standard error. */
function* show(call: PoolCall, what: string, bytes: Uint8Array, file: string): Task<number> {
  if (file === '') return yield* out(call, `${dumpText(call, what, bytes)}\n`);
  yield* call.process.stderr.write(`Writing to ${file}\n`);
  yield* writeOutput(call.process, file, bytesData(bytes));
  return 0;
}

export const setomapval = radosCommand({
  words: 'setomapval',
  summary: 'set an omap key, to standard input where no value is given',
  positionals: [OBJECT, KEY, { name: 'val', type: 'string', optional: true }],
  most: 3,
  run: function* (call) {
    const { key, name } = keyOf(call);
    const oid = wordAt(call, 0);
    const value = yield* readValueOrFile(call, 2);
    if (value === undefined) return 1;
    const work = writeOps(call.io, oid, [{ op: 'omap-set', entries: new Map([[key, value]]) }]);
    return yield* orFail(call, `error setting omap value ${call.poolName}/${oid}/${name}: `, work);
  },
});

export const rmomapkey = radosCommand({
  words: 'rmomapkey',
  summary: 'remove an omap key',
  positionals: [OBJECT, KEY],
  most: 2,
  run: function* (call) {
    const { key, name } = keyOf(call);
    const oid = wordAt(call, 0);
    const work = writeOps(call.io, oid, [{ op: 'omap-rm-keys', keys: [key] }]);
    return yield* orFail(call, `error removing omap key ${call.poolName}/${oid}/${name}: `, work);
  },
});

export const clearomap = radosCommand({
  words: 'clearomap',
  summary: 'remove all omap keys, and the header',
  positionals: [{ ...OBJECT, repeat: true }],
  run: function* (call) {
    for (const oid of call.args.positionals) {
      const work = writeOps(call.io, oid, [{ op: 'omap-clear' }]);
      const code = yield* orFail(call, `error clearing omap keys ${call.poolName}/${oid}/`, work);
      if (code !== 0) return code;
    }
    return 0;
  },
});

export const getomapheader = radosCommand({
  words: 'getomapheader',
  summary: "show the header of an object's omap, or write it to a file",
  positionals: [OBJECT, FILE],
  run: function* (call) {
    const oid = wordAt(call, 0);
    const found = yield* attempt(call.io.omapGetHeader(oid));
    if (!found.ok)
      return yield* fail(call, `error getting omap header ${call.poolName}/${oid}: ${cppStrerror(found.errno)}`);
    return yield* show(call, 'header', found.value, wordAt(call, 1));
  },
});

export const setomapheader = radosCommand({
  words: 'setomapheader',
  summary: "set the header of an object's omap",
  positionals: [OBJECT, { name: 'val', type: 'string', optional: true }],
  run: function* (call) {
    const oid = wordAt(call, 0);
    if (call.args.positionals.length < 2 && !call.args.options.has('input-file'))
      return yield* printUsage(call.process);
    const header = yield* readValueOrFile(call, 1);
    if (header === undefined) return 1;
    const work = writeOps(call.io, oid, [{ op: 'omap-set-header', header }]);
    return yield* orFail(call, `error setting omap value ${call.poolName}/${oid}: `, work);
  },
});

/** The key: the word at its place, or what the file of `--omap-key-file` holds. */
function keyOf(call: PoolCall): { key: ByteString; name: string } {
  const name = wordAt(call, 1);
  return { key: call.omapKey ?? byteStringOfText(name), name: pretty(name) };
}
