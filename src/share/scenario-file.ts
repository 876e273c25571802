import type { LinkResult, Scenario } from '../protocol/calls.ts';
import { MAX_COMMANDS, MAX_TEXT_BYTES, parseScenario } from './scenario-schema.ts';

/** How files with scenarios end. */
export const SCENARIO_FILE_ENDING = '.radoscope.json';

/** A scenario as the text of a file: for what a link cannot carry, and for people to read and edit. */
export function printScenarioFile(scenario: Scenario): string {
  return `${JSON.stringify({ radoscope: 'scenario', ...scenario }, null, 2)}\n`;
}

/** Reads a file's text. The same errors as for links. */
export function parseScenarioFile(text: string): LinkResult {
  if (text.length > MAX_TEXT_BYTES) return { ok: false, error: 'too-large' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, error: 'damaged' };
  }
  if (typeof value !== 'object' || value === null || !('version' in value)) return { ok: false, error: 'damaged' };
  if (typeof value.version === 'number' && value.version > 1) return { ok: false, error: 'newer-version' };
  if ('commands' in value && Array.isArray(value.commands) && value.commands.length > MAX_COMMANDS)
    return { ok: false, error: 'too-many-commands' };
  const scenario = parseScenario(value);
  return scenario === undefined ? { ok: false, error: 'damaged' } : { ok: true, scenario };
}
