import type { Cost } from '../../engine/base/cost.ts';
import type { EngineEvent } from '../../engine/base/events.ts';
import { formatBytes } from './format.ts';

const many = (count: number, one: string, more = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`;

/** English words of the page's frame; Ceph's own output is never here. */
export const frameEn = {
  languageName: 'English',
  otherLanguage: '中文',
  page: {
    tagline: 'a Ceph cluster in this tab',
    opening: 'Starting the cluster…',
    failed: 'The cluster could not be started.',
    releases: { tentacle: 'Tentacle', pacific: 'Pacific', classic: 'Classic' },
    cluster: (release: string, hosts: number, osds: number, epoch: number) =>
      `${release} · ${many(hosts, 'host')} · ${many(osds, 'OSD')} · e${epoch}`,
    clusterTitle: 'Ceph release, hosts, OSDs and the epoch of the OSDMap',
    toStage: 'Skip to the stage',
    toTerminal: 'Skip to the terminal',
    panels: 'Panels',
    wholePage: (panel: string) => `Give ${panel} the whole page`,
    back: 'Show all panels',
    resize: 'Resize the panels beside this line',
    simplified: 'What is simplified here',
    close: 'Close',
    copy: 'Copy',
    copied: 'Copied',
    insert: (command: string) => `Put into the prompt: ${command}`,
    drop: 'Drop the file: it becomes a file of the simulated machine. Nothing leaves this page.',
    dropMap: 'Drop it here to open it in the map room: the map of a real cluster.',
  },
  panels: {
    images: 'Images',
    pgs: 'Placement groups',
    pgsShort: 'PGs',
    osds: 'OSDs',
    terminal: 'Terminal',
    inspector: 'Inspector',
    lesson: 'Lesson',
  },
  controls: {
    pause: 'Pause',
    play: 'Play',
    step: 'Step',
    stepTitle: 'Stop before the next event, then go on one event at a time ( . )',
    speed: 'Speed',
    speedTitle: 'Speed of motion and of long commands ( + and - )',
    lessons: 'Lessons',
    files: 'Files',
    share: 'Share',
    maps: 'Map room',
    mapsTitle: 'Open the map of a real cluster',
    theme: 'Appearance',
    themeSystem: 'As the system',
    themeDark: 'Dark',
    themeLight: 'Light',
    highContrast: 'High contrast',
    projector: 'Projector (large type)',
    help: 'Keys and help',
    more: 'More',
    palette: 'Commands of the page',
    newCluster: 'New cluster…',
    running: (line: string) => `Running: ${line}`,
    blocked: (line: string) => `Waiting: ${line}`,
    pausedAt: 'Paused. “Step” goes on one event at a time.',
  },
  terminal: {
    subtitle: 'the real commands: ceph · rados · rbd',
    label: 'Terminal. Escape leaves it.',
    plainLabel: 'Command line (plain)',
    plainHint: 'type a command here too',
    run: 'Run',
    stop: 'Stop',
    complete: 'Complete',
    candidates: 'Completions',
    snippets: 'Keys',
    previous: 'Previous command',
    next: 'Next command',
    log: 'Output of the last command',
    why: 'why?',
    meant: 'did you mean:',
    loading: 'Loading the terminal…',
    welcome:
      'This is a Ceph cluster of nine OSDs, running in this tab. Type `help` for the commands, or start with one of these:',
    simplified:
      'A small shell: pipes, redirects, quotes, variables, for, while and if work as in bash; there are no background jobs. Programs and options that are not there say so by name.',
    past: (at: number, dropped: number) =>
      `You look at the state after step ${at}. A command typed here starts from it, and drops the ${many(dropped, 'later step')}.`,
    waiting: (count: number) => `${many(count, 'line')} waiting`,
  },
  cost: {
    parts: (cost: Cost): string[] =>
      [
        cost.clientOps > 0 ? many(cost.clientOps, 'request') : '',
        cost.diskReads > 0 ? many(cost.diskReads, 'disk read') : '',
        cost.copyups > 0 ? many(cost.copyups, 'copy-up') : '',
        cost.objectClones > 0 ? many(cost.objectClones, 'snapshot copy', 'snapshot copies') : '',
        cost.replicaWrites > 0 ? many(cost.replicaWrites, 'replica write') : '',
        cost.networkBytes > 0 ? `${formatBytes(cost.networkBytes)} over the network` : '',
        cost.epochs > 0 ? many(cost.epochs, 'new OSDMap epoch') : '',
      ].filter((part) => part !== ''),
    title: 'Why did this cost that?',
    command: 'Command',
    exit: (code: number) => `exit code ${code}`,
    took: (text: string) => `${text} of cluster time`,
    counters: 'What was counted',
    events: 'What happened, in order',
    noEvents: 'Nothing on the stage was touched: no object, no map.',
    notKept: 'The steps are kept only for commands that ran since this page was opened; the counts above always are.',
    dropped: (count: number) => `and ${many(count, 'further event')}, counted only`,
    names: {
      clientOps: 'Requests from the client to primary OSDs',
      diskReads: 'Reads on OSD stores',
      diskWrites: 'Writes on OSD stores (a write to three replicas counts three)',
      readBytes: 'Bytes read from OSD stores',
      writeBytes: 'Bytes written to OSD stores',
      networkBytes: 'Bytes between client, primaries and replicas',
      replicaWrites: 'Transactions sent from primaries to replicas',
      copyups: 'Objects copied up from a parent image',
      objectClones: 'Objects cloned on an OSD at the first write after a snapshot (copy-on-write)',
      monCommands: 'Requests to the monitor',
      epochs: 'New OSDMap epochs',
    } satisfies Record<keyof Cost, string>,
  },
  event: (event: EngineEvent): string => {
    switch (event.type) {
      case 'mon/osdmap-published':
        return `mon: OSDMap e${event.epoch} published (${event.summary})`;
      case 'mon/pool-created':
        return `mon: pool ${event.name} created with id ${event.pool}`;
      case 'mon/pool-removed':
        return `mon: pool ${event.name} removed`;
      case 'osd/pg-remapped':
        return `PG ${event.pgid}: from [${event.from.join(',')}] to [${event.to.join(',')}]`;
      case 'osd/object-recovered':
        return `PG ${event.pgid}: ${event.oid}, ${formatBytes(event.bytes)}, from ${event.from.map((id) => `osd.${id}`).join(', ')} to osd.${event.to}`;
      case 'osd/op-traced':
        return event.trace.reqid;
      case 'osd/pg-recovered':
        return `PG ${event.pgid}: ${many(event.objects, 'object')}, ${formatBytes(event.bytes)} recovered`;
      case 'osd/pg-scrubbed':
        return `PG ${event.pgid}: ${event.kind}, ${event.errors === 0 ? 'no errors' : many(event.errors, 'error')}${event.repaired > 0 ? `, ${event.repaired} to be made anew` : ''}`;
      case 'rados/object-read':
        return `read ${formatBytes(event.bytes)} of ${event.oid} (PG ${event.pgid}, osd.${event.osds[0]})`;
      case 'rados/object-written':
        return `${event.created ? 'created' : 'wrote'} ${event.oid}, ${formatBytes(event.bytes)} (PG ${event.pgid}, OSDs ${event.osds.join(', ')})`;
      case 'rados/object-removed':
        return `removed ${event.oid}${event.whiteout ? ', a whiteout stays for its snapshots' : ''} (PG ${event.pgid})`;
      case 'rados/object-cloned':
        return `copy-on-write: the OSD kept ${event.oid} as clone ${event.clone} for its snapshots, ${formatBytes(event.bytes)}`;
      case 'rados/object-clone-trimmed':
        return `snap trim: clone ${event.clone} of ${event.oid} is gone`;
      case 'rados/omap-changed':
        return `omap of ${event.oid}: ${[...event.set.map((key) => `+${key}`), ...event.removed.map((key) => `−${key}`)].join(', ')}`;
      case 'rbd/image-created':
        return `image ${event.image} created${event.parent === null ? '' : `, a clone of ${event.parent}`}`;
      case 'rbd/image-removed':
        return `image ${event.image} removed`;
      case 'rbd/image-resized':
        return `image ${event.image} resized: ${formatBytes(event.from)} → ${formatBytes(event.to)}`;
      case 'rbd/snap-created':
        return `snapshot ${event.image}@${event.snap} created with id ${event.snapId}: no object moved`;
      case 'rbd/snap-removed':
        return `snapshot ${event.image}@${event.snap} removed`;
      case 'rbd/snap-rolled-back':
        return `image ${event.image} rolled back to @${event.snap}`;
      case 'rbd/read-from-parent':
        return `object ${event.objectNo} of ${event.image} is read from its parent ${event.parent}`;
      case 'rbd/copied-up':
        return `copy-up: object ${event.objectNo}, ${formatBytes(event.bytes)}, from ${event.parent} into ${event.image}`;
      case 'rbd/progressed':
        return `${event.operation} of ${event.image}: ${event.done} of ${event.total}`;
      case 'rbd/detached-from-parent':
        return `${event.image} no longer needs its parent ${event.parent}`;
    }
  },
  inspector: {
    subtitle: 'whatever is selected, decoded',
    empty: 'Click a cell, a placement group (PG) or an OSD: what it holds is shown here, byte for byte.',
    simplified:
      'Bytes and fields are what the simulated OSD stores, as Ceph encodes them. Checksums and the allocation of blocks on the disk are not simulated.',
    loading: 'Reading…',
    unpin: 'Unpin',
  },
  timeline: {
    label: 'Timeline: the state after each command',
    back: 'One command back',
    forward: 'One command forward',
    live: 'live',
    liveTitle: 'To the newest state',
    fresh: 'fresh cluster',
    step: (at: number, all: number) => `step ${at} of ${all}`,
    empty: 'Each command that you run becomes a mark here. Drag to travel through them.',
    failedCommand: 'failed',
    changes: (count: number) => (count === 0 ? 'only looked' : `${many(count, 'record')} changed`),
  },
  lesson: {
    choose: 'Lessons',
    start: 'Start',
    freshFirst: 'Start in a new cluster',
    goOn: 'Go on here',
    step: (at: number, all: number) => `step ${at} of ${all}`,
    previous: 'Back',
    next: 'Next',
    finish: 'Finish',
    leave: 'Leave the lesson',
    look: 'Look at',
    try: 'Type (a click puts it into the prompt):',
    goals: 'Goals',
    done: 'reached',
    open: 'not yet',
    allDone: 'All goals of this step are reached.',
    finished: 'That was the story. The cluster stays as it is: go on and try things.',
    intro: 'New here? This lesson walks through the life of an image in 12 short steps.',
  },
};

export type FrameMessages = typeof frameEn;
