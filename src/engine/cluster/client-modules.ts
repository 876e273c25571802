import type { EngineContext } from '../base/context.ts';
import type { Rados } from '../librados/rados.ts';
import type { ManagerModule } from '../mon/manager-modules.ts';
import type { OsdMap } from '../osdmap/osd-map.ts';

/** What a module of the manager works with that is a client of the cluster. */
export interface ClientModuleParts {
  readonly context: EngineContext;
  connect(): Rados;
  osdMap(): OsdMap;
}

type MakeClientModule = (parts: ClientModuleParts) => ManagerModule;

let loaded: readonly MakeClientModule[] = [];

export function loadClientModules(modules: readonly MakeClientModule[]): void {
  loaded = modules;
}

export function makeClientModules(parts: ClientModuleParts): readonly ManagerModule[] {
  return loaded.map((make) => make(parts));
}
