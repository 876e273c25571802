import { CephError, cppStrerror, ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { clsLock, type LockInfo } from '../../../engine/codec/cls-lock-methods.ts';
import { nodeOf, type PlainObject } from '../format/tree.ts';
import { numberOption, optionFault } from './number-option.ts';
import { fail, OBJECT, optionOf, outTree, type PoolCall, radosCommand, wordAt } from './rados-command.ts';

const LOCK = { name: 'lock-name', type: 'string' } as const;

/**
 * Work whose failure has a line of its own, and then the tool's. What options of locks say is looked at first, whatever
 * the work makes of them.
 */
function* locked(call: PoolCall, text: string, work: Task<number>): Task<number> {
  const fault = lockFault(call);
  if (fault !== undefined) {
    yield* fail(call, fault);
    return yield* fail(call, `error ${ERRNO.EINVAL}: ${cppStrerror(ERRNO.EINVAL)}`);
  }
  try {
    return yield* work;
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    yield* fail(call, text + cppStrerror(error.errno));
    return yield* fail(call, `error ${error.errno}: ${cppStrerror(error.errno)}`);
  }
}

/** @ceph src/tools/rados/rados.cc do_lock_cmd — exact */
function lockFault({ args }: PoolCall): string | undefined {
  const type = optionOf(args, 'lock-type') ?? 'exclusive';
  const known = type === 'exclusive' || type === 'shared';
  return optionFault(args, 'lock-duration') ?? (known ? undefined : 'unknown lock type was specified, aborting');
}

const list = radosCommand({
  words: 'lock list',
  summary: 'names of the locks of an object',
  positionals: [OBJECT],
  run: (call) =>
    locked(
      call,
      'ERROR: rados_list_locks(): ',
      (function* (): Task<number> {
        const objname = wordAt(call, 0);
        const names = yield* call.io.exec(objname, clsLock.listLocks, undefined);
        const locks = names.map((name) => ({ name }));
        return yield* outTree(call, nodeOf('object', { objname, locks }, 'lock'));
      })(),
    ),
});

const info = radosCommand({
  words: 'lock info',
  summary: 'who holds a lock',
  positionals: [OBJECT, LOCK],
  run: (call) =>
    locked(
      call,
      'ERROR: rados_lock_get_info(): ',
      (function* (): Task<number> {
        const name = wordAt(call, 1);
        const found = yield* call.io.exec(wordAt(call, 0), clsLock.getInfo, { name });
        return yield* outTree(call, nodeOf('lock', lockObject(name, found), 'locker'));
      })(),
    ),
});

function lockObject(name: string, { type, tag, lockers }: LockInfo): PlainObject {
  return {
    name,
    type,
    tag,
    lockers: lockers.map(({ client, cookie, description, expiration_us, address }) => ({
      name: `client.${client}`,
      cookie,
      description,
      expiration: (expiration_us / 1e6).toFixed(6),
      addr: address,
    })),
  };
}

const get = radosCommand({
  words: 'lock get',
  summary: 'take a lock',
  positionals: [OBJECT, LOCK],
  run: function* (call) {
    const request = {
      name: wordAt(call, 1),
      type: optionOf(call.args, 'lock-type') === 'shared' ? 'shared' : 'exclusive',
      cookie: optionOf(call.args, 'lock-cookie') ?? '',
      tag: optionOf(call.args, 'lock-tag') ?? '',
      description: optionOf(call.args, 'lock-description') ?? '',
      duration_us: numberOption(call.args, 'lock-duration', 0) * 1e6,
      renew: 'no',
    } as const;
    return yield* locked(
      call,
      'ERROR: failed locking: ',
      (function* (): Task<number> {
        yield* call.io.exec(wordAt(call, 0), clsLock.lock, request);
        return 0;
      })(),
    );
  },
});

const breakLock = radosCommand({
  words: 'lock break',
  summary: 'take a lock away from another client',
  positionals: [OBJECT, LOCK, { name: 'locker-name', type: 'string' }],
  run: function* (call) {
    const client = /^client\.(\d{1,15})$/.exec(wordAt(call, 2))?.[1];
    const cookie = optionOf(call.args, 'lock-cookie') ?? '';
    return yield* locked(
      call,
      'ERROR: failed breaking lock: ',
      (function* (): Task<number> {
        if (client === undefined) throw new CephError('EINVAL', 'locker name');
        const request = { name: wordAt(call, 1), client: Number(client), cookie };
        yield* call.io.exec(wordAt(call, 0), clsLock.breakLock, request);
        return 0;
      })(),
    );
  },
});

/** Advisory locks on objects. */
export const lock = [list, get, breakLock, info];
