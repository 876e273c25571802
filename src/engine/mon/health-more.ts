import type { HealthCheck } from './health-check.ts';
import type { HealthInput } from './health-input.ts';

export type MakeChecks = (input: HealthInput) => readonly HealthCheck[];

let loaded: readonly MakeChecks[] = [];

/** Adds checks of what only comes about by commands: a page that shows a cluster does without until then. */
export function loadHealthChecks(checks: readonly MakeChecks[]): void {
  loaded = checks;
}

export function moreChecks(input: HealthInput): HealthCheck[] {
  return loaded.flatMap((make) => make(input));
}
