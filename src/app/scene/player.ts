import type { TimedEvent } from '../../engine/base/events.ts';
import type { ClusterView } from '../../protocol/view.ts';
import { frameAt, type MotionFrame, moveAt, type Position } from './choreography/frame.ts';
import { linksCut, linksHeld } from './choreography/held-links.ts';
import type { movesOf } from './choreography/moves.ts';
import {
  EMPTY_PLAN,
  extendPlan,
  type HeldLink,
  type MoveKind,
  type Plan,
  type PlannedMove,
} from './choreography/plan.ts';
import type { Ticker } from './ticker.ts';

/** What moves on the stage when events have happened between two states. */
export type Choreography = typeof movesOf;

export const SPEEDS: readonly number[] = [0.25, 0.5, 1, 2, 4, 8];

/** One line of the list of what changed: a kind of move, how often, and the last of them. */
export interface ChangeCount {
  readonly kind: MoveKind;
  readonly count: number;
  readonly example: PlannedMove;
}

/** What the page shows of the player; a new record whenever it changes (not on every frame). */
export interface PlayerState {
  /** False while paused: then the plan stands before a move, or inside one that a step plays. */
  readonly playing: boolean;
  readonly speed: number;
  /** True where nothing is left to show. */
  readonly atEnd: boolean;
  /** The move that runs or comes next, and its number from 1; null at the end. */
  readonly move: PlannedMove | null;
  /** The last move of the plan, which is what was seen last where nothing is left. */
  readonly last: PlannedMove | null;
  readonly index: number;
  readonly total: number;
  /** The command that the moves belong to. */
  readonly seq: number;
  /** Where nothing is left to show: all that changed. */
  readonly changes: readonly ChangeCount[];
  /** Images that still hang where they hung before this motion. */
  readonly links: readonly HeldLink[];
  readonly reduced: boolean;
}

/**
 * Plays the plan of the command that ran last. The clock is injected: nothing here knows about frames or
 * seconds by itself, so that a test can step it. Motion is only told, never waited for.
 */
export class Player {
  readonly #ticker: Ticker;
  readonly #movesOf: Choreography;
  readonly #watchers = new Set<() => void>();
  readonly #painters = new Set<(frame: MotionFrame) => void>();
  #plan: Plan = EMPTY_PLAN;
  /** Links that were cut during this command, and those of them that are still drawn. */
  #cut: readonly HeldLink[] = [];
  #links: readonly HeldLink[] = [];
  #ended = false;
  #position: Position = { kind: 'flow', at_ms: 0 };
  #playing = true;
  #stepping = false;
  #reduced = false;
  #speed = 1;
  #seq = 0;
  #stop: (() => void) | null = null;
  #last_ms: number | null = null;
  #state: PlayerState;

  constructor(ticker: Ticker, choreography: Choreography) {
    this.#ticker = ticker;
    this.#movesOf = choreography;
    this.#state = this.#makeState();
  }

  /** For useSyncExternalStore. */
  readonly subscribe = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  readonly getState = (): PlayerState => this.#state;

  /** Calls `painter` with every frame while something moves, and once when it has come to rest. */
  onFrame(painter: (frame: MotionFrame) => void): () => void {
    this.#painters.add(painter);
    painter(this.frame());
    return () => this.#painters.delete(painter);
  }

  frame(): MotionFrame {
    return frameAt(this.#plan, this.#position);
  }

  /** A command begins: what is still moving comes to its end at once. */
  begin(seq: number): void {
    this.#seq = seq;
    this.#plan = EMPTY_PLAN;
    this.#cut = [];
    this.#ended = false;
    this.#position = this.#playing ? { kind: 'flow', at_ms: 0 } : { kind: 'step', index: 0, part: 0 };
    this.#changed();
  }

  /** More has happened, between two states of the cluster. A new `seq` begins anew. */
  feed(seq: number, events: readonly TimedEvent[], before: ClusterView | null, after: ClusterView, dropped = 0): void {
    if (seq !== this.#seq) this.begin(seq);
    const moves = this.#movesOf(events, { before: before ?? after, after });
    const cut = linksCut(before, after);
    if (moves.length === 0 && dropped === 0 && cut.length === 0) return;
    this.#cut = [...this.#cut, ...cut];
    this.#plan = extendPlan(this.#plan, moves, this.#now(), dropped);
    if (this.#reduced) this.#position = { kind: 'flow', at_ms: this.#plan.end_ms };
    this.#changed();
  }

  /** The command that the moves belong to has ended: nothing more comes. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#changed();
  }

  play(): void {
    const found = moveAt(this.#plan, this.#position);
    const at_ms = this.#position.kind === 'flow' ? this.#position.at_ms : (found?.move.start_ms ?? this.#plan.end_ms);
    this.#position = { kind: 'flow', at_ms };
    this.#playing = true;
    this.#stepping = false;
    this.#changed();
  }

  /** Stops before the next move: the one that runs is finished. */
  pause(): void {
    if (!this.#playing) return;
    const found = moveAt(this.#plan, this.#position);
    this.#playing = false;
    this.#stepping = false;
    this.#position = { kind: 'step', index: found?.index ?? this.#plan.moves.length, part: 0 };
    this.#changed();
  }

  toggle(): void {
    if (this.#playing) this.pause();
    else this.play();
  }

  /** Plays the next move and stops after it. While one is played, ends it. */
  stepForward(): void {
    this.pause();
    const index = this.#position.kind === 'step' ? this.#position.index : 0;
    if (index >= this.#plan.moves.length) return;
    if (this.#stepping || this.#reduced) this.#position = { kind: 'step', index: index + 1, part: 0 };
    this.#stepping = !this.#stepping && !this.#reduced;
    this.#changed();
  }

  /** Back before the last move. */
  stepBack(): void {
    this.pause();
    const { index, part } = this.#position.kind === 'step' ? this.#position : { index: 0, part: 0 };
    this.#stepping = false;
    this.#position = { kind: 'step', index: part > 0 ? index : Math.max(0, index - 1), part: 0 };
    this.#changed();
  }

  /** Shows the end state at once, with the list of what changed. */
  toEnd(): void {
    this.#position = { kind: 'flow', at_ms: this.#plan.end_ms };
    this.#playing = true;
    this.#stepping = false;
    this.#changed();
  }

  setSpeed(speed: number): void {
    this.#speed = speed;
    this.#changed();
  }

  faster(): void {
    this.setSpeed(SPEEDS.find((speed) => speed > this.#speed) ?? this.#speed);
  }

  slower(): void {
    this.setSpeed(SPEEDS.findLast((speed) => speed < this.#speed) ?? this.#speed);
  }

  /** prefers-reduced-motion: end states at once. */
  setReduced(reduced: boolean): void {
    this.#reduced = reduced;
    if (reduced) this.toEnd();
    else this.#changed();
  }

  /** Moves the plan on by `passed_ms` of real time; what the ticker does. */
  advance(passed_ms: number): void {
    if (this.#position.kind === 'flow') {
      this.#position = { kind: 'flow', at_ms: Math.min(this.#plan.end_ms, this.#now() + passed_ms * this.#speed) };
    } else if (this.#stepping) {
      this.#advanceStep(this.#position.index, this.#position.part, passed_ms);
    }
    this.#changed();
  }

  /** Ends all motion and forgets the ticker. */
  dispose(): void {
    this.#stop?.();
    this.#stop = null;
    this.#watchers.clear();
    this.#painters.clear();
  }

  #advanceStep(index: number, part: number, passed_ms: number): void {
    const next = part + (passed_ms * this.#speed) / (this.#plan.moves[index]?.ms ?? 1);
    if (next < 1) {
      this.#position = { kind: 'step', index, part: next };
      return;
    }
    this.#stepping = false;
    this.#position = { kind: 'step', index: index + 1, part: 0 };
  }

  #now(): number {
    if (this.#position.kind === 'flow') return this.#position.at_ms;
    return this.#plan.moves[this.#position.index]?.start_ms ?? this.#plan.end_ms;
  }

  #changed(): void {
    const state = this.#makeState();
    if (!sameState(state, this.#state)) {
      this.#state = state;
      for (const watcher of this.#watchers) watcher();
    }
    const frame = this.frame();
    for (const painter of this.#painters) painter(frame);
    this.#setTicking(this.#moving());
  }

  #moving(): boolean {
    if (this.#position.kind === 'step') return this.#stepping;
    return this.#playing && this.#position.at_ms < this.#plan.end_ms;
  }

  #setTicking(on: boolean): void {
    if (!on) {
      this.#stop?.();
      this.#stop = null;
      this.#last_ms = null;
    } else if (this.#stop === null) {
      this.#stop = this.#ticker((now_ms) => this.#tick(now_ms));
    }
  }

  #tick(now_ms: number): void {
    const passed_ms = this.#last_ms === null ? 0 : Math.min(100, now_ms - this.#last_ms);
    this.#last_ms = now_ms;
    this.advance(passed_ms);
  }

  #makeState(): PlayerState {
    const links = this.#reduced ? [] : linksHeld(this.#cut, this.#plan, this.#position, this.#ended);
    if (!sameLinks(links, this.#links)) this.#links = links;
    const found = moveAt(this.#plan, this.#position);
    const atEnd = found === null;
    return {
      playing: this.#playing,
      speed: this.#speed,
      atEnd,
      move: found?.move ?? null,
      last: this.#plan.moves.at(-1) ?? null,
      index: found === null ? this.#plan.moves.length : found.index + 1,
      total: this.#plan.moves.length + this.#plan.uncounted,
      seq: this.#seq,
      changes: atEnd ? changesOf(this.#plan) : NO_CHANGES,
      links: this.#links,
      reduced: this.#reduced,
    };
  }
}

const READS: readonly MoveKind[] = ['read', 'read-meta', 'read-through'];
const NO_CHANGES: readonly ChangeCount[] = [];
const changesCache = new WeakMap<Plan, readonly ChangeCount[]>();

/** What a plan changes, by kind, in the order of first appearance. Reads are left out: they change nothing. */
export function changesOf(plan: Plan): readonly ChangeCount[] {
  const known = changesCache.get(plan);
  if (known !== undefined) return known;
  const counts = new Map<MoveKind, ChangeCount>();
  for (const move of plan.moves) {
    if (READS.includes(move.kind)) continue;
    counts.set(move.kind, { kind: move.kind, count: (counts.get(move.kind)?.count ?? 0) + 1, example: move });
  }
  const changes = [...counts.values()];
  changesCache.set(plan, changes);
  return changes;
}

function sameLinks(a: readonly HeldLink[], b: readonly HeldLink[]): boolean {
  return a.length === b.length && a.every((link, index) => link === b[index]);
}

function sameState(a: PlayerState, b: PlayerState): boolean {
  return (
    a.playing === b.playing &&
    a.speed === b.speed &&
    a.move === b.move &&
    a.last === b.last &&
    a.index === b.index &&
    a.total === b.total &&
    a.seq === b.seq &&
    a.changes === b.changes &&
    a.links === b.links &&
    a.reduced === b.reduced
  );
}
