import { variablesOf } from '../language.ts';
import { EditedMap } from './edited-map.ts';
import type { MapTools } from './room-parts.ts';

/** Of the page's language. */
let variables: ReadonlyMap<string, string> = new Map();

/** A chunk of its own, which comes with the first edit: shell, commands, monitor. */
export const tools: MapTools = {
  edit: (map, host) => new EditedMap(map, host, () => variables),
  speak: async (language) => {
    variables = await variablesOf(language);
  },
};
