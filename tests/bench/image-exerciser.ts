import { loadPlugins } from '../../src/engine/cluster/load-plugins.ts';
import { exerciseImages } from '../helpers/image-exerciser/exerciser.ts';

/** Seconds for so many operations on images, none of which may differ from a plain model of bytes; throws where one does. */
export function exercise(seed: number, operations: number): number {
  loadPlugins();
  const begun = performance.now();
  exerciseImages(seed, operations);
  return (performance.now() - begun) / 1000;
}
