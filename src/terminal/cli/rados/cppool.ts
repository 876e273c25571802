import { CephError, cppStrerror, ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { contentOf } from './cp.ts';
import { fail, out, poollessCommand, type RadosCall, wordAt } from './rados-command.ts';
import { writeOps } from './writable.ts';

const POOL = { name: 'pool-name', type: 'pool' } as const;

export const cppool = poollessCommand({
  words: 'cppool',
  summary: 'copy all objects of a pool to another',
  description: 'Without snapshots, and all namespaces; locators are not kept.',
  positionals: [POOL, { ...POOL, name: 'dest-pool' }, { name: 'sure', type: 'string', optional: true }],
  most: 3,
  poolless: true,
  run: copyPool,
});

const SURE = '--yes-i-really-mean-it';

/** @ceph src/tools/rados/rados.cc "cppool" — exact, by reading and writing; the original makes the OSDs copy */
function* copyPool(call: RadosCall): Task<number> {
  const [from, to] = [wordAt(call, 0), wordAt(call, 1)];
  if (from === to) return yield* fail(call, 'cannot copy pool into itself');
  yield* fail(call, 'WARNING: pool copy does not preserve user_version, which some apps may rely on.');
  const pool = call.rados.findPool(from);
  if (pool === undefined)
    return yield* fail(call, `failed to query pool ${from} for selfmanaged snaps: ${cppStrerror(ERRNO.ENOENT)}`);
  if (pool.snapMode === 'selfmanaged') {
    yield* fail(
      call,
      `WARNING: pool ${from} has selfmanaged snaps, which are not preserved\n` +
        '    by the cppool operation.  This will break any snapshot user.',
    );
    if (wordAt(call, 2) !== SURE)
      return yield* fail(
        call,
        `    If you insist on making a broken copy, you can pass\n    ${SURE} to proceed anyway.`,
      );
  }
  if (call.rados.findPool(to) === undefined) {
    yield* fail(call, `cannot open target pool: ${to}`);
    return yield* fail(call, `error copying pool ${from} => ${to}: ${cppStrerror(ERRNO.ENOENT)}`);
  }
  return yield* copyObjects(call, from, to);
}

function* copyObjects(call: RadosCall, from: string, to: string): Task<number> {
  const [source, target] = [call.rados.ioCtx(from), call.rados.ioCtx(to)];
  for (const { nspace, oid, locator } of yield* source.list(null)) {
    const name = `${nspace === '' ? '' : `${nspace}/`}${oid}`;
    yield* out(call, `${from}:${name}${locator === '' ? '' : `(@${locator})`} => ${to}:${name}\n`);
    try {
      const ops = yield* contentOf(source.inNamespace(nspace).withLocator(locator), oid);
      yield* writeOps(target.inNamespace(nspace), oid, ops);
    } catch (error) {
      if (!(error instanceof CephError)) throw error;
      yield* fail(call, `error copying object: ${cppStrerror(error.errno)}`);
      return yield* fail(call, `error copying pool ${from} => ${to}: ${cppStrerror(error.errno)}`);
    }
  }
  return yield* out(call, `successfully copied pool ${from}\n`);
}
