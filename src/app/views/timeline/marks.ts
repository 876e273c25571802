import type { TimelineEntry } from '../../../protocol/view.ts';

export interface Mark {
  readonly seq: number;
  readonly x: number;
  readonly line: string;
  /** Empty where there is no room for it. */
  readonly label: string;
  readonly failed: boolean;
  /** It changed nothing. */
  readonly looked: boolean;
}

const EDGE = 12;
const LETTER = 7;
/** Kept free at the right end for the name of the newest command. */
const LAST_LABEL = 100;

/** Places a mark a command, from the fresh cluster (0) on, evenly over `width` pixels. */
export function placeMarks(entries: readonly TimelineEntry[], width: number): Mark[] {
  const room = Math.max(0, width - 2 * EDGE - (width > 480 ? LAST_LABEL : 0));
  const gap = Math.min(150, room / Math.max(1, entries.length));
  const fresh: Mark = { seq: 0, x: EDGE, line: '', label: '', failed: false, looked: true };
  const marks = entries.map((entry, index) => ({
    seq: entry.seq,
    x: EDGE + gap * (index + 1),
    line: entry.line,
    label: '',
    failed: entry.exitCode !== 0,
    looked: entry.changes === 0,
  }));
  return [fresh, ...withLabels(marks, width)];
}

/** The name of the command, where it fits before the next label; commands that changed something go first. */
function withLabels(marks: readonly Mark[], width: number): Mark[] {
  const taken: (readonly [number, number])[] = [];
  const labels = new Map<number, string>();
  for (const mark of [...marks].reverse().sort((a, b) => Number(a.looked) - Number(b.looked))) {
    const label = shortName(mark.line);
    const [from, to] = [mark.x + 8, mark.x + 12 + label.length * LETTER];
    const blocked = to > width || taken.some(([start, end]) => from < end && to > start);
    const crossed = marks.some((other) => other.x > mark.x && other.x - 6 < to);
    if (blocked || crossed) continue;
    taken.push([from, to]);
    labels.set(mark.seq, label);
  }
  return marks.map((mark) => ({ ...mark, label: labels.get(mark.seq) ?? '' }));
}

/** `rbd snap create a@b` is "snap create", `ceph osd pool create x` "pool create", `rados -p x ls` "rados ls", `dd if=…` "dd". */
export function shortName(line: string): string {
  const words = line
    .trim()
    .split(/\s+/)
    .filter((word, index, all) => /^[a-z][a-z-]*$/.test(word) && !['-p', '--pool'].includes(all[index - 1] ?? ''));
  const [tool = line.trim().split(/\s+/)[0] ?? '', ...rest] = words;
  if (tool !== 'rbd' && tool !== 'ceph' && tool !== 'rados') return tool.slice(0, 14);
  if (tool === 'ceph' && rest[0] === 'osd') return (rest[1] === 'pool' ? rest.slice(1, 3) : rest.slice(0, 2)).join(' ');
  if (tool !== 'rbd') return [tool, ...rest.slice(0, 1)].join(' ');
  const grouped = ['snap', 'pool', 'trash', 'device', 'group', 'namespace'].includes(rest[0] ?? '');
  return rest.slice(0, grouped ? 2 : 1).join(' ') || tool;
}

/** The mark nearest to a place on the track. */
export function markAt(marks: readonly Mark[], x: number): number {
  let best = marks[0];
  for (const mark of marks) if (best === undefined || Math.abs(mark.x - x) < Math.abs(best.x - x)) best = mark;
  return best?.seq ?? 0;
}
