import { cppStrerror, ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { encode } from '../../../engine/codec/denc.ts';
import { notifyObject, type Watch, watchObject } from '../../../engine/librados/watch-notify.ts';
import { cephHexdump } from '../format/hexdump.ts';
import { untilKey } from '../until-key.ts';
import { attempt, fail, OBJECT, out, type PoolCall, radosCommand, wordAt } from './rados-command.ts';

const NOTIFY_TIMEOUT_US = 10_000_000;

export const watch = radosCommand({
  words: 'watch',
  summary: 'watch an object, and show what others tell its watchers, until enter is pressed',
  positionals: [OBJECT],
  run: function* (call) {
    const started = yield* attempt(watchObject(call.io, wordAt(call, 0), cookieOf(call)));
    if (!started.ok) {
      yield* fail(call, `error calling watch: ${cppStrerror(started.errno)}`);
      return yield* fail(call, `error ${started.errno}: ${cppStrerror(started.errno)}`);
    }
    let ended = false;
    try {
      yield* out(call, 'press enter to exit...\n');
      yield* untilKey(call.process.stdin, started.value, 'a notify', () => show(call, started.value));
      yield* started.value.unwatch();
      ended = true;
    } finally {
      if (!ended) started.value.abandon();
    }
    return 0;
  },
});

/** A number that looks like the address that a real cookie is. */
function cookieOf(call: PoolCall): number {
  return 0x5500_0000_0000 + call.process.cluster.rng.uint32('watch-cookie') * 16;
}

/** Shows and answers what has come. */
function* show(call: PoolCall, watched: Watch): Task<void> {
  for (const { notifyId, cookie, from, payload, ack } of watched.take()) {
    yield* out(call, `NOTIFY cookie ${cookie} notify_id ${notifyId} from ${from}\n${cephHexdump(payload)}`);
    ack(payload);
  }
  if (watched.takeLoss()) yield* out(call, `ERROR cookie ${watched.cookie} err ${cppStrerror(ERRNO.ENOTCONN)}\n`);
}

export const notify = radosCommand({
  words: 'notify',
  summary: 'tell the watchers of an object something, and show their answers',
  positionals: [OBJECT, { name: 'message', type: 'string' }],
  run: function* (call) {
    const payload = encode((e) => e.string(wordAt(call, 1)));
    const told = yield* attempt(notifyObject(call.io, wordAt(call, 0), payload, NOTIFY_TIMEOUT_US));
    const errno = told.ok ? (told.value.missed.length > 0 ? ERRNO.ETIMEDOUT : 0) : told.errno;
    if (errno !== 0) yield* fail(call, `error calling notify: ${cppStrerror(errno)}`);
    if (told.ok) {
      for (const { client, cookie, reply } of told.value.replies)
        yield* out(
          call,
          `reply client.${client} cookie ${cookie} : ${reply.length} bytes\n${reply.length > 0 ? cephHexdump(reply) : ''}`,
        );
      for (const { client, cookie } of told.value.missed)
        yield* out(call, `timeout client.${client} cookie ${cookie}\n`);
    }
    return errno === 0 ? 0 : yield* fail(call, `error ${errno}: ${cppStrerror(errno)}`);
  },
});
