import { EditedMap } from './edited-map.ts';
import type { MapTools } from './room-parts.ts';

/** A chunk of its own, which comes with the first edit: shell, commands, monitor. */
export const tools: MapTools = { edit: (map) => new EditedMap(map) };
