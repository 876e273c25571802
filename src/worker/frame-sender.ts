import type { TimedEvent } from '../engine/base/events.ts';
import type { ClusterView, Frame, OutputChunk, RunStatus, StorageStatus, TimelineView } from '../protocol/view.ts';
import type { Host } from './host.ts';

const FRAME_MS = 16;
/** Events that a frame carries; the rest is only counted. */
const FRAME_EVENTS = 400;
/** So much output waits for a frame; then the command must let one go. */
const OUTPUT_CHARS = 64 * 1024;

/** Gathers what the page is to know and sends it, at most once a frame. */
export class FrameSender {
  readonly #host: Host;
  readonly #post: (frame: Frame) => void;
  readonly #takeView: () => Partial<ClusterView>;
  readonly #storage: () => StorageStatus;
  #storageSent: StorageStatus | null = null;
  #output: OutputChunk[] = [];
  #outputChars = 0;
  #events: TimedEvent[] = [];
  #droppedEvents = 0;
  #timeline: TimelineView | null = null;
  #status: RunStatus = { kind: 'idle' };
  #statusSent = false;
  #sent_ms = Number.NEGATIVE_INFINITY;
  /** Commands begun so far. */
  #seq = 0;

  constructor(
    host: Host,
    post: (frame: Frame) => void,
    takeView: () => Partial<ClusterView>,
    storage: () => StorageStatus,
  ) {
    this.#host = host;
    this.#post = post;
    this.#takeView = takeView;
    this.#storage = storage;
  }

  /** True where a frame should go before the command goes on. */
  get full(): boolean {
    return this.#outputChars > OUTPUT_CHARS;
  }

  /** Events told so far in the frame that is being gathered. */
  get eventCount(): number {
    return this.#events.length + this.#droppedEvents;
  }

  beginCommand(): void {
    this.#seq++;
  }

  output(chunk: OutputChunk): void {
    const last = this.#output.at(-1);
    if (last !== undefined && last.stream === chunk.stream) {
      this.#output[this.#output.length - 1] = { stream: last.stream, text: last.text + chunk.text };
    } else this.#output.push(chunk);
    this.#outputChars += chunk.text.length;
  }

  event(event: TimedEvent): void {
    if (this.#events.length < FRAME_EVENTS) this.#events.push(event);
    else this.#droppedEvents++;
  }

  timeline(timeline: TimelineView): void {
    this.#timeline = timeline;
  }

  status(status: RunStatus): void {
    this.#status = status;
    this.#statusSent = false;
  }

  /** Sends a frame where the last one is long enough ago. */
  tick(): void {
    if (this.full || this.#host.now_ms() - this.#sent_ms >= FRAME_MS) this.flush();
  }

  /** Sends what there is now. */
  flush(): void {
    const view = this.#takeView();
    const storage = this.#storage();
    const moved = storage !== this.#storageSent;
    const news = this.#output.length + this.#events.length + this.#droppedEvents + Object.keys(view).length;
    if (news === 0 && this.#timeline === null && this.#statusSent && !moved) return;
    this.#post({
      seq: this.#seq,
      output: this.#output,
      events: this.#events,
      droppedEvents: this.#droppedEvents,
      view,
      timeline: this.#timeline,
      status: this.#status,
      storage: moved ? storage : null,
    });
    this.#storageSent = storage;
    this.#sent_ms = this.#host.now_ms();
    this.#output = [];
    this.#outputChars = 0;
    this.#events = [];
    this.#droppedEvents = 0;
    this.#timeline = null;
    this.#statusSent = true;
  }
}
