import { type OpTrace, TRACE_KINDS, type TraceKind, traceKind } from './op-trace.ts';
import { addTrace, noTotals, type TraceTotals, writeAmplification } from './trace-totals.ts';

/** What a command's operations came to, and some of them singly. */
export interface TraceReport {
  readonly totals: TraceTotals;
  /** Bytes that disks wrote for each byte of content that was to be written; null where none was. */
  readonly amplification: number | null;
  /** Kinds that there were, in the order of TRACE_KINDS. */
  readonly kinds: readonly { readonly kind: TraceKind; readonly totals: TraceTotals }[];
  /** Objects that cost most, the dearest first. */
  readonly objects: readonly TracedObject[];
  /** Objects beside those. */
  readonly moreObjects: number;
  /** The first ones of each kind, in the order in which they happened. */
  readonly sample: readonly TimedTrace[];
  /** Traces in all. */
  readonly count: number;
}

export interface TracedObject {
  readonly pool: number;
  readonly nspace: string;
  readonly oid: string;
  readonly totals: TraceTotals;
}

export interface TimedTrace {
  readonly at_us: number;
  readonly kind: TraceKind;
  readonly trace: OpTrace;
  /** Which one of the command's traces it is, from 1. */
  readonly nth: number;
}

/** Objects that are counted singly; of more, only how many. */
const OBJECTS_COUNTED = 2000;
const OBJECTS_TOLD = 24;
/** Traces of each kind that are kept as they are. */
const SAMPLE = 30;

/** The traces of one command, added up as they come: bounded however many there are. */
export class TraceBook {
  readonly #totals = noTotals();
  readonly #kinds = new Map<TraceKind, { readonly totals: TraceTotals; kept: number }>();
  readonly #objects = new Map<string, TracedObject>();
  readonly #uncounted = new Set<string>();
  readonly #sample: TimedTrace[] = [];
  readonly #sampleSize: number;
  #count = 0;

  /** `sampleSize`: traces of each kind that are kept as they are. */
  constructor(sampleSize = SAMPLE) {
    this.#sampleSize = sampleSize;
  }

  add(at_us: number, trace: OpTrace): void {
    this.#count++;
    addTrace(this.#totals, trace);
    const kind = traceKind(trace);
    const ofKind = this.#kinds.get(kind) ?? { totals: noTotals(), kept: 0 };
    this.#kinds.set(kind, ofKind);
    addTrace(ofKind.totals, trace);
    if (ofKind.kept < this.#sampleSize) {
      ofKind.kept++;
      this.#sample.push({ at_us, kind, trace, nth: this.#count });
    }
    if (trace.hash !== null) this.#addObject(trace);
  }

  report(): TraceReport {
    const objects = [...this.#objects.values()].sort((a, b) => weightOf(b) - weightOf(a)).slice(0, OBJECTS_TOLD);
    const kinds = TRACE_KINDS.flatMap((kind) => {
      const totals = this.#kinds.get(kind)?.totals;
      return totals === undefined ? [] : [{ kind, totals: { ...totals } }];
    });
    return {
      totals: { ...this.#totals },
      amplification: writeAmplification(this.#totals),
      kinds,
      objects,
      moreObjects: this.#objects.size + this.#uncounted.size - objects.length,
      sample: [...this.#sample],
      count: this.#count,
    };
  }

  #addObject(trace: OpTrace): void {
    const { pool, nspace, oid } = trace;
    const key = `${pool}/${nspace}/${oid}`;
    const known = this.#objects.get(key);
    if (known !== undefined) addTrace(known.totals, trace);
    else if (this.#objects.size >= OBJECTS_COUNTED) this.#uncounted.add(key);
    else {
      const totals = noTotals();
      addTrace(totals, trace);
      this.#objects.set(key, { pool, nspace, oid, totals });
    }
  }
}

function weightOf({ totals }: TracedObject): number {
  return totals.networkBytes + totals.diskReadBytes + totals.diskWrittenBytes;
}
