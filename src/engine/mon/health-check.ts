export interface HealthCheck {
  readonly code: string;
  readonly severity: 'HEALTH_WARN' | 'HEALTH_ERR';
  readonly summary: string;
  /** The number that JSON shows beside the summary. */
  readonly count: number;
  readonly details: readonly string[];
}

/** A check that warns; all that are here do no more. */
export function warning(code: string, summary: string, count: number, details: readonly string[] = []): HealthCheck {
  return { code, severity: 'HEALTH_WARN', summary, count, details };
}
