import { cppStrerror, ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { createPoolSnap, findPoolSnap, removePoolSnap } from '../../../engine/mon/snaps.ts';
import { dotTimeText } from '../format/dates.ts';
import { eraText } from '../format/era-text.ts';
import { fail, OBJECT, orFail, out, type PoolCall, radosCommand, wordAt } from './rados-command.ts';
import { writeOps } from './writable.ts';

const SNAP = { name: 'snap-name', type: 'string' } as const;

/** Virtual time until a new map is agreed on. */
const MON_US = 40_000;

export const lssnap = radosCommand({
  words: 'lssnap',
  summary: "list the pool's snapshots",
  run: (call) => {
    const snaps = [...call.io.pool.snaps].sort((a, b) => a.id - b.id);
    const lines = snaps.map(({ id, name, stamp_us }) => `${id}\t${name}\t${dotTimeText(stamp_us)}\n`);
    return out(call, `${lines.join('')}${snaps.length} snaps\n`);
  },
});

export const mksnap = radosCommand({
  words: 'mksnap',
  summary: 'take a snapshot of the pool',
  description: 'A pool with RBD images can have none: their snapshots are self-managed.',
  positionals: [SNAP],
  run: (call) => change(call, 'creat', createPoolSnap),
});

export const rmsnap = radosCommand({
  words: 'rmsnap',
  summary: 'remove a snapshot of the pool',
  positionals: [SNAP],
  run: (call) => change(call, 'remov', removePoolSnap),
});

function* change(call: PoolCall, verb: string, make: typeof createPoolSnap): Task<number> {
  const name = wordAt(call, 0);
  const { monitor } = call.process.cluster;
  // Tools before 20.2 looked themselves.
  if (!eraText(call.process.cluster).today && call.io.pool.snapMode === 'selfmanaged') {
    return yield* fail(call, `can't ${verb}e snapshot: pool ${call.poolName} is in selfmanaged snaps mode`);
  }
  const work = (function* (): Task<void> {
    make(monitor, call.io.poolId, name);
    yield MON_US;
  })();
  const code = yield* orFail(call, `error ${verb}ing pool ${call.poolName} snapshot ${name}: `, work);
  return code !== 0 ? code : yield* out(call, `${verb}ed pool ${call.poolName} snap ${name}\n`);
}

export const rollback = radosCommand({
  words: 'rollback',
  summary: 'bring an object back to what it was at a snapshot',
  positionals: [OBJECT, SNAP],
  run: function* (call) {
    const [oid, name] = [wordAt(call, 0), wordAt(call, 1)];
    const snap = findPoolSnap(call.io.pool, name);
    const text = `error rolling back pool ${call.poolName} to snapshot ${oid}`;
    if (snap === undefined) return yield* fail(call, text + cppStrerror(ERRNO.ENOENT));
    const code = yield* orFail(call, text, writeOps(call.io, oid, [{ op: 'rollback', snap: snap.id }]));
    return code !== 0 ? code : yield* out(call, `rolled back pool ${call.poolName} to snapshot ${name}\n`);
  },
});
