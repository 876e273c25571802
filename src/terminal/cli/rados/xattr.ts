import { cppStrerror } from '../../../engine/base/errno.ts';
import { readValue } from './input.ts';
import { attempt, fail, OBJECT, orFail, out, radosCommand, wordAt } from './rados-command.ts';
import { writeOps } from './writable.ts';

const ATTR = { name: 'attr', type: 'xattr' } as const;

export const listxattr = radosCommand({
  words: 'listxattr',
  summary: 'names of the attributes of an object',
  positionals: [OBJECT],
  run: function* (call) {
    const oid = wordAt(call, 0);
    const found = yield* attempt(call.io.getXattrs(oid));
    if (!found.ok)
      return yield* fail(call, `error getting xattr set ${call.poolName}/${oid}: ${cppStrerror(found.errno)}`);
    return yield* out(
      call,
      [...found.value.keys()]
        .sort()
        .map((name) => `${name}\n`)
        .join(''),
    );
  },
});

export const getxattr = radosCommand({
  words: 'getxattr',
  summary: 'show the value of an attribute',
  positionals: [OBJECT, ATTR],
  run: function* (call) {
    const [oid, name] = [wordAt(call, 0), wordAt(call, 1)];
    const found = yield* attempt(call.io.getXattr(oid, name));
    if (!found.ok)
      return yield* fail(call, `error getting xattr ${call.poolName}/${oid}/${name}: ${cppStrerror(found.errno)}`);
    yield* call.process.stdout.write(found.value);
    return 0;
  },
});

export const setxattr = radosCommand({
  words: 'setxattr',
  summary: 'set an attribute, to standard input where no value is given',
  positionals: [OBJECT, ATTR, { name: 'val', type: 'string', optional: true }],
  most: 3,
  run: function* (call) {
    const [oid, name] = [wordAt(call, 0), wordAt(call, 1)];
    const value = yield* readValue(call, 2);
    const work = writeOps(call.io, oid, [{ op: 'setxattr', name, value }]);
    return yield* orFail(call, `error setting xattr ${call.poolName}/${oid}/${name}: `, work);
  },
});

export const rmxattr = radosCommand({
  words: 'rmxattr',
  summary: 'remove an attribute',
  positionals: [OBJECT, ATTR],
  run: (call) => {
    const [oid, name] = [wordAt(call, 0), wordAt(call, 1)];
    const work = writeOps(call.io, oid, [{ op: 'rmxattr', name }]);
    return orFail(call, `error removing xattr ${call.poolName}/${oid}/${name}: `, work);
  },
});
