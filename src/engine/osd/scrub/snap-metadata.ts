import { NOSNAP } from '../../codec/snap.ts';
import type { HObject } from '../../os/hobject.ts';
import type { Onode, SnapSet } from '../../os/onode.ts';
import type { InconsistentSnapSet, ScrubLine, SnapSetError } from './found.ts';
import { hobjectText } from './object-text.ts';

/** What was found of heads and their clones. */
export interface SnapFindings {
  readonly found: readonly InconsistentSnapSet[];
  readonly errors: number;
  readonly lines: readonly ScrubLine[];
}

interface Head {
  readonly onode: Onode;
  /** Null where it cannot be told. */
  readonly snapSet: SnapSet | null;
  /** Clones that are still to come, the newest last. */
  readonly waiting: number[];
  readonly errors: Set<SnapSetError>;
  readonly extra: number[];
  readonly missing: number[];
}

/**
 * Holds the clones that are there against those that heads know of.
 *
 * @param objects of one PG, each as its selected copy has it, in order
 * @ceph src/osd/scrubber/scrub_backend.cc scrub_snapshot_metadata, process_clones_to — exact but for what cannot be decoded, and
 *   sizes and overlaps of clones, which cannot come to differ here
 */
export class SnapScrub {
  readonly #pool: number;
  readonly #prefix: string;
  readonly #maybeIncomplete: boolean;
  readonly #found: InconsistentSnapSet[] = [];
  readonly #lines: ScrubLine[] = [];
  #errors = 0;
  #head: Head | null = null;

  /** `prefix`: what lines begin with, as `deep-scrub 2.1`; `maybeIncomplete`: clones may be in another pool alone. */
  constructor(pool: number, prefix: string, maybeIncomplete = false) {
    this.#pool = pool;
    this.#maybeIncomplete = maybeIncomplete;
    this.#prefix = prefix;
  }

  /** A head comes before its clones, those from the newest on. */
  look(objects: readonly Onode[]): SnapFindings {
    for (const onode of [...objects].reverse()) this.#object(onode);
    this.#endHead();
    return { found: this.#found, errors: this.#errors, lines: this.#lines };
  }

  #object(onode: Onode): void {
    const { hoid } = onode;
    const lacks = onode.damage?.lacks ?? [];
    const errors = new Set<SnapSetError>();
    if (lacks.includes('_')) {
      errors.add('info_missing');
      this.#error(hoid, "no '_' attr");
    }
    if (hoid.snap === NOSNAP) this.#startHead(onode, errors, lacks.includes('snapset'));
    else this.#clone(hoid, errors);
  }

  #startHead(onode: Onode, errors: Set<SnapSetError>, isLacking: boolean): void {
    this.#endHead();
    if (isLacking) {
      errors.add('snapset_missing');
      this.#error(onode.hoid, "no 'snapset' attr");
    }
    const snapSet = isLacking ? null : onode.snapSet;
    const waiting = snapSet?.clones.map(({ id }) => id) ?? [];
    this.#head = { onode, snapSet, waiting, errors, extra: [], missing: [] };
  }

  #clone(hoid: HObject, errors: Set<SnapSetError>): void {
    const head = this.#head;
    const isOfHead = head !== null && head.onode.hoid.oid === hoid.oid && head.onode.hoid.nspace === hoid.nspace;
    if (!isOfHead) this.#endHead();
    else while ((head.waiting.at(-1) ?? 0) > hoid.snap) this.#missing(head, head.waiting.pop() ?? 0);
    if (isOfHead && head.waiting.at(-1) === hoid.snap) {
      head.waiting.pop();
      if (errors.size > 0) this.#note(hoid, errors);
      return;
    }
    const isUnknown = isOfHead && head.snapSet === null;
    this.#error(hoid, isUnknown ? 'clone ignored due to missing snapset' : 'is an unexpected clone');
    this.#note(hoid, errors.add('headless'));
    if (isOfHead) head.extra.push(hoid.snap);
  }

  #note(hoid: HObject, errors: ReadonlySet<SnapSetError>): void {
    this.#found.push({ hoid, errors: [...errors], extraClones: [], missingClones: [] });
  }

  #missing(head: Head, id: number): void {
    if (this.#maybeIncomplete) return;
    const clone = hobjectText(this.#pool, { ...head.onode.hoid, snap: id });
    this.#error(head.onode.hoid, `expected clone ${clone} {} missing`);
    head.missing.push(id);
  }

  #endHead(): void {
    const head = this.#head;
    this.#head = null;
    if (head === null) return;
    while (head.waiting.length > 0) this.#missing(head, head.waiting.pop() ?? 0);
    const { onode, snapSet, errors, extra, missing } = head;
    if (missing.length > 0) {
      errors.add('clone_missing');
      this.#line('info', onode.hoid, `${missing.length} missing clone(s)`);
    }
    if (extra.length > 0) errors.add('extra_clones');
    if (errors.size === 0) return;
    const known = snapSet === null ? {} : { snapSet };
    this.#found.push({ hoid: onode.hoid, errors: [...errors], ...known, extraClones: extra, missingClones: missing });
  }

  #error(hoid: HObject, text: string): void {
    this.#errors++;
    this.#line('error', hoid, text);
  }

  #line(level: ScrubLine['level'], hoid: HObject, text: string): void {
    this.#lines.push({ level, text: `${this.#prefix} ${hobjectText(this.#pool, hoid)} : ${text}` });
  }
}
