import { explainFor } from './cli/explain/explain.ts';

/** An explanation as a program with these variables gives it. */
export function explained(english: string, variables: ReadonlyMap<string, string>): string {
  return explainFor(variables)(english);
}
