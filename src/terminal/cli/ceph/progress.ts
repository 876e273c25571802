import { members, type PythonMembers, sortedPythonJson } from '../../../engine/base/python-json.ts';
import { setConfig } from '../../../engine/mon/config/change.ts';
import { configFlag } from '../../../engine/mon/config/value.ts';
import { clearProgress, PROGRESS_ON, type ProgressEvent, progressEvents } from '../../../engine/mon/progress-events.ts';
import { ageText } from '../format/dates.ts';
import { type CephCall, cephCommand } from './ceph-command.ts';

const BAR = 28;

/** Tasks on images, the autoscaler’s work and, where that is let, what moves when OSDs go out or come in. */
export const progress = cephCommand({
  words: 'progress',
  summary: 'how far long work of the cluster is',
  answer: (call) => {
    const { current, ended } = progressEvents(call.cluster.records);
    if (current.length + ended.length === 0) return { text: 'Nothing in progress' };
    const now_us = call.cluster.now_us();
    const lines = [
      ...[...current].reverse().map((event) => progressText(event, now_us, 4)),
      ...ended.map((event) => `[${event.failure === null ? 'Complete' : 'Failed'}]: ${progressText(event, now_us, 4)}`),
    ];
    return { output: `${lines.join('\n')}\n` };
  },
});

export const progressJson = cephCommand({
  words: 'progress json',
  summary: 'the same, as JSON',
  answer: ({ cluster }) => {
    const { current, ended } = progressEvents(cluster.records);
    const now_us = cluster.now_us();
    const value = members({
      completed: ended.map(endedMembers),
      events: current.map((each) => eventMembers(each, now_us)),
    });
    return { output: `${sortedPythonJson(value)}\n` };
  },
});

export const progressClear = cephCommand({
  words: 'progress clear',
  summary: 'forget long work, also what goes on',
  answer: ({ cluster }: CephCall) => {
    clearProgress(cluster.records);
    return {};
  },
});

/** Follows long work up, or does not. @ceph src/pybind/mgr/progress/module.py handle_command "progress on", "progress off" — exact */
function progressSwitch(to: 'on' | 'off') {
  return cephCommand({
    words: `progress ${to}`,
    summary: to === 'on' ? 'follow long work up' : 'follow no long work up, and forget what was',
    answer: ({ cluster: { records }, monitor }: CephCall) => {
      const word = to === 'on' ? 'enabled' : 'disabled';
      if (configFlag(records, 'mgr', PROGRESS_ON) === (to === 'on')) return { text: `progress already ${word}!` };
      setConfig(monitor, 'mgr', PROGRESS_ON, String(to === 'on'));
      if (to === 'off') clearProgress(records);
      return { text: `progress ${word}` };
    },
  });
}

export const progressSwitches = [progressSwitch('on'), progressSwitch('off')];

/** In two lines, the second one set in. @ceph src/pybind/mgr/progress/module.py twoline_progress — exact */
export function progressText(event: ProgressEvent, now_us: number, indent: number): string {
  const filled = Math.floor(event.progress * BAR);
  const left = secondsLeft(event, now_us);
  const remaining = left === null || left === 0 ? '' : `(remaining: ${ageText(left * 1e6)})`;
  const bar = `[${'='.repeat(filled)}${'.'.repeat(BAR - filled)}]`;
  return `${event.message} ${durationText(event, now_us)}\n${' '.repeat(indent)}${bar} ${remaining}`;
}

/** Also of what has ended: since it began. */
function durationText({ started_us }: ProgressEvent, now_us: number): string {
  return `(${ageText(now_us - started_us)})`;
}

function secondsLeft({ progress: done, started_us }: ProgressEvent, now_us: number): number | null {
  return done === 0 ? null : Math.floor(((now_us - started_us) / 1e6) * ((1 - done) / done));
}

function endedMembers({ id, message, refs, started_us, finished_us, failure, ...event }: ProgressEvent): PythonMembers {
  return members({
    id,
    message,
    refs: refs,
    started_at: { float: started_us / 1e6 },
    finished_at: { float: (finished_us ?? 0) / 1e6 },
    // The colon is the module's own.
    'add_to_ceph_s:': event.isInStatus === true,
    ...(failure === null ? {} : { failed: true, failure_message: failure }),
  });
}

function eventMembers(event: ProgressEvent, now_us: number): PythonMembers {
  return members({
    id: event.id,
    message: event.message,
    duration: durationText(event, now_us),
    refs: event.refs,
    progress: { float: event.progress },
    started_at: { float: event.started_us / 1e6 },
    time_remaining: secondsLeft(event, now_us),
  });
}

/** What `ceph -s` knows of long work, in order of its ids: as it was when it last said how far it is. @ceph src/mon/Monitor.cc get_cluster_status — exact */
export function statusEvents({ cluster }: CephCall): readonly StatusEvent[] {
  return progressEvents(cluster.records)
    .current.map((event) => ({
      id: event.id,
      message: progressText(event, event.refreshed_us ?? event.started_us, 6),
      progress: event.progress,
      add_to_ceph_s: event.isInStatus === true,
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

interface StatusEvent {
  readonly id: string;
  readonly message: string;
  readonly progress: number;
  readonly add_to_ceph_s: boolean;
}
