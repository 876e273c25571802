import type { Pace } from '../protocol/calls.ts';
import type { Host } from './host.ts';

/**
 * At speed 1, after t milliseconds of a command EARLY_STEPS * (e^(t / RAMP_MS) - 1) + 1 of its steps may have run:
 * the first ones slow enough to watch, and yet 100,000 of them within four seconds.
 */
const RAMP_MS = 420;
const EARLY_STEPS = 16;
/** The same for what OSDs do by themselves after a command, where each step is a PG or an object: 20 of them in under three seconds. */
const SLOW_RAMP_MS = 1000;
const SLOW_EARLY_STEPS = 1.5;
/** While steps are held back, how long to sleep at most, so that a new pace or Ctrl-C is soon heard. */
const LONGEST_WAIT_MS = 16;

/** Decides when the next step of a command may run. One for a sandbox; `begin` starts it over for each command. */
export class Pacer {
  readonly #host: Host;
  #pace: Pace = { kind: 'fast' };
  /** Milliseconds since the command began, times speed, without pauses. */
  #elapsed_ms = 0;
  #last_ms = 0;
  #steps = 0;
  #ramp_ms = RAMP_MS;
  #earlySteps = EARLY_STEPS;
  /** While paused: how many more events may come about. */
  #credits = 0;
  #interrupted = false;
  #flatOut = false;
  #wake: (() => void) | null = null;

  constructor(host: Host) {
    this.#host = host;
  }

  get paused(): boolean {
    return this.#pace.kind === 'paused' && !this.#flatOut;
  }

  get interrupted(): boolean {
    return this.#interrupted;
  }

  /** A new command. `flatOut` keeps it from waiting for anything but Ctrl-C. */
  begin(flatOut: boolean): void {
    this.#flatOut = flatOut;
    this.#startOver(RAMP_MS, EARLY_STEPS);
    this.#credits = 0;
    this.#interrupted = false;
  }

  /** The command has ended, and what OSDs do by themselves follows: begins slowly once more. */
  slow(): void {
    this.#startOver(SLOW_RAMP_MS, SLOW_EARLY_STEPS);
  }

  set(pace: Pace): void {
    this.#tick();
    this.#pace = pace;
    this.#credits = 0;
    this.#stir();
  }

  /** While paused: goes on until the next event has come about. */
  step(): void {
    this.#credits++;
    this.#stir();
  }

  /** Wakes a command that is blocked: something was typed beside it. */
  nudge(): void {
    this.#stir();
  }

  interrupt(): void {
    this.#interrupted = true;
    this.#stir();
  }

  /** Counts a step that ran; `told` says whether it brought an event about. */
  ran(told: boolean): void {
    this.#steps++;
    if (told && this.#credits > 0) this.#credits--;
  }

  /** True where the next step may run now. */
  allows(): boolean {
    if (this.#interrupted) return false;
    if (this.#flatOut || this.#pace.kind === 'fast') return true;
    if (this.#pace.kind === 'paused') return this.#credits > 0;
    this.#tick();
    return this.#steps < this.#allowance();
  }

  /** Waits until the next step may run, or Ctrl-C was pressed. */
  async turn(): Promise<void> {
    while (!this.#interrupted && !this.allows()) {
      if (this.paused) await this.stirred();
      else await this.#host.sleep(this.#untilNext_ms());
    }
  }

  /** Waits for a new pace, a step, or Ctrl-C. */
  async stirred(): Promise<void> {
    if (this.#interrupted) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }

  #startOver(ramp_ms: number, earlySteps: number): void {
    this.#ramp_ms = ramp_ms;
    this.#earlySteps = earlySteps;
    this.#elapsed_ms = 0;
    this.#last_ms = this.#host.now_ms();
    this.#steps = 0;
  }

  #stir(): void {
    this.#wake?.();
    this.#wake = null;
  }

  #tick(): void {
    const now_ms = this.#host.now_ms();
    if (this.#pace.kind === 'run') this.#elapsed_ms += (now_ms - this.#last_ms) * this.#pace.speed;
    this.#last_ms = now_ms;
  }

  #allowance(): number {
    return this.#earlySteps * Math.expm1(this.#elapsed_ms / this.#ramp_ms) + 1;
  }

  #untilNext_ms(): number {
    const due_ms = this.#ramp_ms * Math.log1p(this.#steps / this.#earlySteps);
    const speed = this.#pace.kind === 'run' ? Math.max(this.#pace.speed, 0.01) : 1;
    return Math.min(LONGEST_WAIT_MS, Math.max(1, (due_ms - this.#elapsed_ms) / speed));
  }
}
