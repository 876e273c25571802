import { cppStrerror, ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { removeByPrefix } from './bench-cleanup.ts';
import {
  fail,
  OBJECT,
  orFail,
  out,
  poollessCommand,
  printUsage,
  type RadosCall,
  radosCommand,
  wordAt,
} from './rados-command.ts';

export const lspools = poollessCommand({
  words: 'lspools',
  summary: 'names of all pools',
  poolless: true,
  run: (call) =>
    out(
      call,
      call.rados
        .pools()
        .map(({ name }) => `${name}\n`)
        .join(''),
    ),
});

export const purge = poollessCommand({
  words: 'purge',
  summary: 'remove every object of a pool, and keep the pool',
  positionals: [{ name: 'pool-name', type: 'pool' }],
  poolless: true,
  run: purgePool,
});

function* purgePool(call: RadosCall): Task<number> {
  const name = wordAt(call, 0);
  if (name === '') return yield* printUsage(call.process);
  if (wordAt(call, 1) !== '--yes-i-really-really-mean-it')
    return yield* fail(
      call,
      `WARNING:\n  This will PERMANENTLY DESTROY all objects from a pool with no way back.\n` +
        '  To confirm, follow pool with --yes-i-really-really-mean-it',
    );
  if (call.rados.findPool(name) === undefined)
    return yield* fail(call, `error pool ${name}: ${cppStrerror(ERRNO.ENOENT)}`);
  yield* removeByPrefix(call, call.rados.ioCtx(name).withFullTry(), '', null);
  return yield* out(call, `successfully purged pool ${name}\n`);
}

export const listwatchers = radosCommand({
  words: 'listwatchers',
  summary: 'list the clients that watch an object',
  positionals: [OBJECT],
  run: (call) => {
    const oid = wordAt(call, 0);
    return orFail(
      call,
      `error listing watchers ${call.poolName}/${oid}: `,
      (function* (): Task<void> {
        for (const { address, client, cookie } of yield* call.io.listWatchers(oid))
          yield* out(call, `watcher=${address} client.${client} cookie=${cookie}\n`);
      })(),
    );
  },
});
