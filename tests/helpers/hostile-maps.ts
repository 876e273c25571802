import { readFileSync, writeFileSync } from 'node:fs';
import { CRUSH_INPUTS } from './hostile/crush-inputs.ts';
import type { Hostile } from './hostile/hostile.ts';
import { JSON_INPUTS } from './hostile/json-inputs.ts';
import { OSDMAP_INPUTS } from './hostile/osdmap-inputs.ts';
import { TEXT_INPUTS } from './hostile/text-inputs.ts';

export const HOSTILE: readonly Hostile[] = [...CRUSH_INPUTS, ...OSDMAP_INPUTS, ...TEXT_INPUTS, ...JSON_INPUTS];

/** Writes an input as a file, so that who reads it has nothing else in its memory. */
export function writeHostile({ name, make }: Hostile, file: string): string {
  writeFileSync(file, make());
  return name;
}

/** Reads it: milliseconds of a core, what was thrown, and the most memory of the process so far, as JSON. */
export function readHostile({ name, read }: Hostile, file: string): string {
  const bytes = readFileSync(file);
  const started = process.cpuUsage().user;
  let thrown = '';
  let isFault = true;
  try {
    read(bytes);
  } catch (error) {
    isFault = error instanceof Error && 'errno' in error;
    thrown = String(error).slice(0, 200);
  }
  const cpu_ms = Math.round((process.cpuUsage().user - started) / 1000);
  return JSON.stringify({ name, cpu_ms, thrown, isFault, most_mib: mostMib() });
}

/** All of the process, that of Node itself, too. */
function mostMib(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}
