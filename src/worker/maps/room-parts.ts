import type { OsdMap } from '../../engine/osdmap/osd-map.ts';
import type { Host } from '../host.ts';

/** What a line did and printed. */
export interface LineResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** True where it wrote or removed files of the simulated machine. */
  readonly wroteFiles: boolean;
}

/** A map that real commands edit. */
export interface MapEditor {
  map(): OsdMap;
  /** Takes another map: an edit taken back, or brought again. */
  setMap(map: OsdMap): void;
  /** Runs a line to its end, in slices, so that it can be stopped. */
  run(line: string): Promise<LineResult>;
  /** Ctrl-C: stops the line that runs at its next step. */
  stop(): void;
  addHost(host: NewHost): Promise<AddedHost>;
}

/** OSDs to be deployed on a host: all alike, with this CRUSH weight each. */
export interface NewHost {
  readonly host: string;
  /** Bucket that the host stands in, where it is not there yet. */
  readonly parent: string;
  readonly osds: number;
  readonly weight: number;
}

export interface AddedHost extends LineResult {
  /** What makes it on a real cluster, a comment for the deployment first; empty where it was refused. */
  readonly script: readonly string[];
}

/** The part that comes with the first edit. */
export interface MapTools {
  edit(map: OsdMap, host: Host): MapEditor;
  /** Programs explain themselves in that language from here on. */
  speak(language: string): Promise<void>;
}
