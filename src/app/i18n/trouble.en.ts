import { minutesAndSeconds } from './format.ts';

const many = (count: number, one: string, more = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`;

/** English words for failure and recovery: the bar over a command that waits, the strip of the OSD panel, the inspector. */
export const troubleEn = {
  waits: 'waits.',
  label: 'A command waits',
  /** Why requests to a PG wait, told from its state. */
  why: {
    down: (pgid: string, osds: string) =>
      `PG ${pgid} is down: ${osds} may have writes that no other OSD has, so nobody goes on without it.`,
    incomplete: (pgid: string) => `PG ${pgid} is incomplete: no OSD that is up has all of it.`,
    peered: (pgid: string, have: number, min: number) =>
      `PG ${pgid} has only ${have} of the ${many(min, 'copy', 'copies')} that min_size asks for: it takes no writes, and gives no reads.`,
    stale: (pgid: string) => `PG ${pgid} is stale: none of its OSDs is up, so nobody can answer.`,
    peering: (pgid: string) => `PG ${pgid} is peering: its OSDs agree on what was written last.`,
    unfound: (pgid: string) => `An object of PG ${pgid} is unfound: no OSD that is up has its newest version.`,
    unknown: (pgid: string) => `PG ${pgid} is unknown: CRUSH finds no OSD for it.`,
    full: 'The cluster is full: writes wait until there is room.',
    poolFull: (pool: string) =>
      `Pool ${pool} is full, by its quota or because its OSDs are: writes wait until there is room.`,
    readsPaused: 'Reads are paused for the whole cluster.',
    writesPaused: 'Writes are paused for the whole cluster.',
    silentOsd: (osd: string) =>
      `${osd} does not answer, and the monitor has not missed it yet: that takes its peers a second, or twenty where its machine is silent.`,
    idleImages: 'No image is read or written: it shows them once they are busy, and waits until then.',
    clusterLog: 'It shows each new line of the cluster log until you stop it.',
    lockByHand: 'Somebody holds the lock of the image, made by hand: it is not broken by itself.',
  },
  help: 'What you can do, as in a second terminal:',
  stop: 'Stop it (Ctrl-C)',
  recovery: {
    working: (count: number, all: number) => `${count} of ${many(all, 'PG')} at work`,
    waiting: (count: number) => `${count.toLocaleString('en')} waiting`,
    unclean: (count: number) => `${many(count, 'PG')} not clean`,
    degraded: (count: number) => `${many(count, 'copy', 'copies')} missing`,
    misplaced: (count: number) => `${many(count, 'copy', 'copies')} to move`,
    unfound: (count: number) => `${many(count, 'object')} unfound`,
    blocked: (count: number) => `${many(count, 'PG')} not served`,
    label: 'Recovery',
  },
  /** What each word of a PG's state means. */
  words: {
    active: 'serves reads and writes',
    clean: 'as many OSDs serve as the pool wants copies, and none of them lacks anything',
    peering: 'its OSDs agree on what was written last; nothing is served meanwhile',
    creating: 'it is being made',
    peered: 'its OSDs agree, but nothing is served: they are fewer than min_size, or it is about to merge',
    down: 'an OSD that is down may have writes that nobody else has: nothing is served until it is back, or declared lost',
    incomplete: 'no OSD that is up has all of it: nothing is served',
    stale: 'none of its OSDs is up; this is the last that was heard of it',
    unknown: 'nobody has it yet',
    undersized: 'fewer copies than the pool wants',
    degraded: 'objects lack copies',
    remapped: 'who serves now (acting) is not who CRUSH wants (up)',
    premerge: 'it is about to merge with another PG, which takes a moment',
    recovery_wait: 'waits for its turn to recover: an OSD does one PG at a time',
    recovery_toofull: 'does not recover: an OSD of it is full',
    forced_recovery: 'recovers before others, as somebody wants',
    recovering: 'OSDs that missed writes get the objects they lack',
    recovery_unfound: 'an object is left that no OSD up has',
    backfill_unfound: 'is filled but for an object that no OSD up has',
    laggy: 'its primary has not heard of all others for a while, and lets requests wait',
    backfill_wait: 'waits for its turn to be filled: an OSD does one PG at a time',
    backfill_toofull: 'is not filled: an OSD that should take it is too full',
    forced_backfill: 'is filled before others, as somebody wants',
    backfilling: 'an OSD that the log cannot help is filled with all objects',
    scrubbing: 'its OSDs compare their copies',
    deep: 'byte by byte',
    inconsistent: 'a scrub found copies that differ',
    repair: 'wrong copies are made anew from right ones',
    failed_repair: 'a repair left copies that differ',
  } as Readonly<Record<string, string>>,
  pg: {
    peers: 'What each OSD has',
    osd: 'OSD',
    role: 'role',
    lastUpdate: 'last_update',
    has: 'objects',
    lacks: 'lacks',
    roles: { primary: 'primary', acting: 'acting', backfill: 'is filled', stray: 'not in charge' },
    down: 'down',
    shard: (shard: number) => `shard ${shard}`,
    blockedBy: 'blocked by',
    minSize: (have: number, min: number, size: number) => `${have} serve; min_size ${min}, size ${size}`,
    copies: 'copies',
    missing: 'missing',
    misplaced: 'to move',
    unfound: 'unfound',
    past: 'Past intervals',
    noPast: 'none: it has been clean since the last change',
    interval: (first: number, last: number) => (first === last ? `e${first}` : `e${first}–e${last}`),
    wrote: 'writes may have been made',
    noWrites: 'no writes',
    log: 'Newest log entries',
    noLog: 'nothing was written yet',
    ask: 'Ask Ceph:',
    found: 'What the last scrub found',
    copiesDiffer: 'copies differ; none is known to be the wrong one',
  },
  osd: {
    process: 'process',
    running: 'runs',
    stopped: 'does not run',
    unnoticed:
      'does not run; its peers tell the monitor: at once if its machine refuses them, after 20 s if it is silent',
    down: 'down for',
    outIn: (time: string) => `is marked out in ${time}, if it stays down`,
    tools: 'Try on it',
    toolsHint: 'a click puts the command into the prompt; Enter runs it',
  },
  time_s: (time_s: number) => {
    const [min, s] = minutesAndSeconds(time_s);
    if (min === 0) return `${s} s`;
    return s === 0 ? `${min} min` : `${min} min ${s} s`;
  },
};

export type TroubleMessages = typeof troubleEn;
