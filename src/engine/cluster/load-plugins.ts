import { loadClasses } from '../cls/class-registry.ts';
import { CLASSES } from '../cls/classes.ts';
import { loadErasurePlugins } from '../erasure-code/plugin-registry.ts';
import { ERASURE_PLUGINS } from '../erasure-code/plugins.ts';

/**
 * Loads what OSDs load beside their own program: object classes and erasure code plugins. Needed before the first request;
 * a page that only shows a stored cluster does without.
 */
export function loadPlugins(): void {
  loadClasses(CLASSES);
  loadErasurePlugins(ERASURE_PLUGINS);
}
