import type { MoveKind } from '../scene/choreography/plan.ts';
import type { CellKind, OsdWord, PgMark } from '../scene/marks.ts';

/** One formatter for all: making one for each number is what `toLocaleString` does, and it shows in every frame. */
const COUNTS = new Intl.NumberFormat('en');
const countText = (count: number): string => COUNTS.format(count);

const many = (count: number, one: string, more = `${one}s`): string =>
  `${countText(count)} ${count === 1 ? one : more}`;

/** What every language says of the stage. */
export interface StageMessages {
  readonly stage: {
    readonly keys: string;
    readonly simplified: string;
    readonly typeThis: string;
    readonly images: ImagesMessages;
    readonly pgs: PgsMessages;
    readonly osds: OsdsMessages;
    readonly motion: MotionMessages;
    /** One line for each thing that happens; `{name}` is filled from the move. */
    readonly moves: Readonly<Record<MoveKind, string>>;
  };
}

interface ImagesMessages {
  readonly title: string;
  readonly subtitle: (objectSize: string) => string;
  readonly empty: string;
  readonly emptyPool: string;
  readonly simplified: readonly string[];
  readonly kinds: Readonly<Record<CellKind, string>>;
  readonly legend: Readonly<Record<CellKind, string>>;
  readonly provisioned: (size: string) => string;
  readonly used: (size: string) => string;
  readonly clone: string;
  readonly overlap: (size: string) => string;
  readonly snapshot: string;
  readonly protected: string;
  readonly trash: string;
  readonly progress: (operation: string, percent: number) => string;
  readonly range: (from: number, to: number, of: number) => string;
  readonly whole: (count: number) => string;
  readonly showWhole: string;
  readonly showUsed: string;
  readonly drag: string;
  readonly rulerHelp: string;
  readonly object: (no: number, kind: string, lane: string) => string;
  readonly header: (spec: string) => string;
  readonly lane: string;
  readonly counted: (count: number, kind: string) => string;
}

interface PgsMessages {
  readonly title: string;
  readonly subtitle: (pool: string, pgs: number) => string;
  readonly empty: string;
  readonly simplified: readonly string[];
  readonly marks: Readonly<Record<PgMark, string>>;
  readonly busy: Readonly<Record<'working' | 'waiting', string>>;
  readonly pools: string;
  readonly tile: (pgid: string, state: string, objects: number, acting: string) => string;
  readonly chainHint: string;
  readonly chainTitle: string;
  readonly state: string;
  readonly holds: string;
  readonly hash: string;
  readonly stableMod: string;
  readonly crush: string;
  readonly primary: string;
  readonly notStored: string;
  readonly acting: string;
  readonly objects: (count: number, bytes: string) => string;
  readonly holdsPgs: (osd: number, pgs: number, primary: number) => string;
  readonly finding: string;
  /** What the marks in a tile count: a block an object, or a bar against the fullest PG. */
  readonly block: string;
  readonly bar: (most: number) => string;
}

interface OsdsMessages {
  readonly title: string;
  readonly subtitle: string;
  readonly empty: string;
  readonly simplified: readonly string[];
  readonly marks: Readonly<Record<OsdWord, string>>;
  readonly state: Readonly<Record<OsdWord, string>>;
  readonly content: (objects: number, bytes: string) => string;
  readonly use: (percent: number) => string;
  readonly pgs: (count: number, primary: number) => string;
  readonly unplaced: string;
  readonly primaryMark: string;
  readonly replicaMark: string;
  readonly osd: (id: number, host: string, state: string, pgs: number, primary: number, objects: number) => string;
}

interface MotionMessages {
  readonly step: (index: number, total: number) => string;
  readonly crowd: (done: number, total: number) => string;
  readonly changed: string;
  readonly nothing: string;
  readonly times: (count: number) => string;
}

/** English words of the stage. */
export const stageEn: StageMessages = {
  stage: {
    keys: 'Arrow keys move, Enter selects, Escape lets go.',
    simplified: 'What is simplified here',
    typeThis: 'Type this, or click to put it into the prompt:',
    images: {
      title: 'Images',
      subtitle: (objectSize) => `each cell is one ${objectSize} object`,
      empty: 'There is no image yet.',
      emptyPool: 'An image lives in a pool, so make one first.',
      simplified: [
        'A cell is solid as soon as its object stores anything; how full it is shows in the inspector.',
        'A small object that keeps the metadata (header, object map, id) has no cell: point at the image’s name for its header.',
        'Clones hang under the snapshot they were made from, also where they live in another pool.',
      ],
      kinds: {
        hole: 'nothing stored',
        own: 'own object',
        parent: 'read from the parent',
        copiedUp: 'copied up from the parent',
        kept: 'kept for the snapshot',
        zero: 'empty object that hides the parent',
        shared: 'same as the head, no copy made',
      },
      legend: {
        hole: 'hole',
        own: 'own object',
        parent: 'read from parent',
        copiedUp: 'copied up',
        kept: 'kept for a snapshot (COW)',
        zero: 'empty, hides parent',
        shared: 'shared with the head',
      },
      provisioned: (size) => size,
      used: (size) => `${size} used`,
      clone: 'clone',
      overlap: (size) => `overlap ${size}`,
      snapshot: 'snapshot',
      protected: 'protected',
      trash: 'in the trash',
      progress: (operation, percent) => `${operation} ${percent}%`,
      range: (from, to, of) => `objects ${countText(from)}–${countText(to)} of ${countText(of)}`,
      whole: (count) => `all ${countText(count)} objects`,
      showWhole: 'show all',
      showUsed: 'show the used',
      drag: 'drag to open a range',
      rulerHelp: 'Drag to open a range. Arrow keys move it, plus and minus zoom, Home shows all.',
      object: (no, kind, lane) => `object ${countText(no)} of ${lane}: ${kind}`,
      header: (spec) => `header of ${spec}`,
      lane: 'Image or snapshot',
      counted: (count, kind) => `${countText(count)} ${kind}`,
    },
    pgs: {
      title: 'Placement groups',
      subtitle: (pool, pgs) => `pool ${pool} · ${many(pgs, 'PG')}`,
      empty: 'There is no pool yet, so there are no placement groups.',
      simplified: [
        'Tiles stand in the order of their numbers; neighbours have nothing to do with each other.',
        'One pool is shown at a time: the one that you point into, or choose above.',
      ],
      marks: {
        clean: 'clean',
        degraded: 'degraded or undersized',
        inconsistent: 'inconsistent: copies differ',
        down: 'not served (down, peered …)',
        moving: 'moving',
      },
      busy: { working: 'at work', waiting: 'waiting' },
      pools: 'Pools',
      tile: (pgid, state, objects, acting) => `PG ${pgid}, ${state}, ${many(objects, 'object')}, acting ${acting}`,
      chainHint: 'Point at a cell: its name becomes a number, the number a PG, the PG its OSDs.',
      chainTitle: 'From name to disks',
      state: 'state',
      holds: 'holds',
      hash: 'rjenkins',
      stableMod: 'stable_mod',
      crush: 'CRUSH',
      primary: 'primary',
      notStored: 'nothing stored under this name; this is where it would go',
      acting: 'acting',
      objects: (count, bytes) => `${many(count, 'object')} · ${bytes}`,
      holdsPgs: (osd, pgs, primary) => `osd.${osd} holds ${many(pgs, 'PG')} and leads ${countText(primary)} of them`,
      finding: 'hashing the name…',
      block: 'an object',
      bar: (most) => `objects, ${countText(most)} at most`,
    },
    osds: {
      title: 'OSDs',
      subtitle: 'squares are PGs, blue with objects · ring = primary',
      empty: 'There is no OSD in this cluster.',
      simplified: [
        'Boxes are as large as the page allows, whatever the size and weight of the disk.',
        'Each OSD is one process with one disk; network and machine are not drawn.',
      ],
      marks: {
        in: 'up and in',
        out: 'up, but out',
        downIn: 'down, but in',
        downOut: 'down and out',
        destroyed: 'destroyed',
      },
      state: { in: 'up · in', out: 'up · out', downIn: 'down · in', downOut: 'down · out', destroyed: 'destroyed' },
      content: (objects, bytes) => `${countText(objects)} obj · ${bytes}`,
      use: (percent) => `${percent}% used`,
      pgs: (count, primary) => `${many(count, 'PG')}, leads ${countText(primary)}`,
      unplaced: 'not in the CRUSH tree',
      primaryMark: 'primary',
      replicaMark: 'copy',
      osd: (id, host, state, pgs, primary, objects) =>
        `osd.${id} on ${host}, ${state}, ${many(pgs, 'PG')}, leads ${countText(primary)}, ${many(objects, 'object')}`,
    },
    motion: {
      step: (index, total) => `${countText(index)} / ${countText(total)}`,
      crowd: (done, total) => `${countText(done)} of ${countText(total)}`,
      changed: 'What changed',
      nothing: 'Nothing changed.',
      times: (count) => `${countText(count)}×`,
    },
    moves: {
      write: 'write: object {object} of {image}, {size}, to PG {pgid} on {osds}',
      'write-meta': 'metadata write: {oid}, to PG {pgid} on {osds}',
      read: 'read: object {object} of {image}, {size}, from PG {pgid}',
      'read-meta': 'metadata read: {oid}, {size}, from PG {pgid}',
      cow: 'first write after a snapshot: the OSDs keep the old object {object} ({size}) as clone {clone}',
      'read-through': 'read through: object {object} of {image} is not there, {parent} answers',
      'copy-up': 'copy-up: object {object}, {size}, from {parent}',
      remove: 'remove: object {object} of {image}, PG {pgid}',
      'remove-meta': 'metadata removed: {oid}, PG {pgid}',
      trim: 'snap trim: clone {clone} of object {object} is dropped',
      omap: 'metadata: {oid} gets {keys}',
      'image-created': 'image created: {image}',
      'image-removed': 'image removed: {image}',
      'image-resized': 'image resized: {image}, {from} to {to}',
      'snap-created': 'snapshot created: {image}@{snap}, id {id}; no object moves',
      'snap-removed': 'snapshot removed: {image}@{snap}',
      'snap-rolled-back': 'rolled back: {image} to @{snap}',
      detached: 'the line is cut: {image} no longer needs {parent}',
      'pool-created': 'pool created: {pool}',
      'pool-removed': 'pool removed: {pool}',
      'map-published': 'OSDMap e{epoch}: {summary}',
      'pg-remapped': 'PG {pgid} remapped: {from} to {to}',
      'pg-recovered': 'PG {pgid} recovered: {objects} objects, {size}',
      'object-recovered': 'recovery: {oid} of PG {pgid}, {size}, from {from} to osd.{to}',
      'osd-down': 'osd.{osd} is down: {pgs} PGs lose a copy',
      'osd-up': 'osd.{osd} is up again',
      'osd-out': 'osd.{osd} is out: its {pgs} PGs let go of it and move',
      'osd-in': 'osd.{osd} is in: {pgs} PGs come to it',
    },
  },
};
