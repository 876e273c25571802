import { create } from 'zustand';
import type { MapEdit, MapError, MapReport, MapRoomView, MapSide, PgTable, WhyHere } from '../../protocol/maps.ts';
import type { ColourBy } from '../scene/maps/osd-marks.ts';

export type MapTab = 'file' | 'change' | 'why' | 'moves';
export type MapPanel = 'cluster' | 'pgs' | 'spread' | MapTab;

/** A line that was run, with what it printed. */
export interface MapLogEntry {
  readonly id: number;
  readonly line: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

export interface MapsState {
  readonly phase: 'empty' | 'opening' | 'open';
  /** Why the last files could not be read; what was open stays. */
  readonly error: MapError | null;
  /** What broke, where nothing of the user's did. */
  readonly failed: string | null;
  readonly report: MapReport | null;
  readonly room: MapRoomView | null;
  /** The room as it was when the map was opened: what "before" means. */
  readonly brought: MapRoomView | null;
  /** The OSD (id) or bucket (negative id) that is chosen. */
  readonly pick: number | null;
  readonly hover: number | null;
  /** The bucket whose content fills the picture; null for all. */
  readonly zoom: number | null;
  readonly colour: ColourBy;
  readonly pool: number | null;
  readonly table: PgTable | null;
  readonly pgid: string | null;
  /** The object whose name led to the PG. */
  readonly oid: string | null;
  readonly side: MapSide;
  readonly why: WhyHere | null;
  readonly whyMissing: boolean;
  readonly tab: MapTab;
  /** The panel shown where only one fits. */
  readonly panel: MapPanel;
  /** The line that waits to be run. */
  readonly line: string;
  readonly log: readonly MapLogEntry[];
  /** Edits that were taken back, newest first. */
  readonly undone: readonly MapEdit[];
  readonly busy: boolean;
  /** True while a line runs, which can be stopped. */
  readonly running: boolean;
  set(part: Partial<MapsState>): void;
}

export const EMPTY_MAPS: Omit<MapsState, 'set'> = {
  phase: 'empty',
  error: null,
  failed: null,
  report: null,
  room: null,
  brought: null,
  pick: null,
  hover: null,
  zoom: null,
  colour: 'after',
  pool: null,
  table: null,
  pgid: null,
  oid: null,
  side: 'after',
  why: null,
  whyMissing: false,
  tab: 'file',
  panel: 'cluster',
  line: '',
  log: [],
  undone: [],
  busy: false,
  running: false,
};

export const useMaps = create<MapsState>()((set) => ({ ...EMPTY_MAPS, set: (part) => set(part) }));
