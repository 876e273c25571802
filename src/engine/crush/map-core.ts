import type { CompiledMap } from './compiled.ts';

/** A batch of inputs for one rule, as the core takes it. */
export interface CoreBatch {
  readonly flat: CompiledMap;
  /** The rule; see `rulePlan`. */
  readonly plan: Int32Array;
  readonly inputs: Int32Array;
  readonly size: number;
  /** In/out weights of the devices; the array must never change. */
  readonly weights: Uint32Array;
  /** Takes `size` places for each input. */
  readonly items: Int32Array;
  /** Takes how many of them were filled. */
  readonly lengths: Int32Array;
  /** Whether all devices that were asked whether they are in are told, not only those that were out. */
  readonly tellsAll: boolean;
}

/** What maps faster than the reference does, with the same answers. */
export interface MapCore {
  /**
   * Maps the inputs. Returns pairs of an input's place and a device that it drew and found out (or drew at all);
   * undefined where there were too many to note. Throws ELOOP where mapping would take too long.
   */
  run(batch: CoreBatch): Int32Array | undefined;
}

let provided: MapCore | undefined;

/**
 * Gives the engine a core. Whether there is one changes no answer; it is provided by what maps large maps, so that a
 * page that does not need it need not load it.
 */
export function provideCore(core: MapCore | undefined): void {
  provided = core;
}

/** The core that was provided last, if there is one. */
export function providedCore(): MapCore | undefined {
  return provided;
}
