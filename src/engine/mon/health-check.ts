export interface HealthCheck {
  readonly code: string;
  readonly severity: 'HEALTH_WARN' | 'HEALTH_ERR';
  readonly summary: string;
  /** The number that JSON shows beside the summary. */
  readonly count: number;
  readonly details: readonly string[];
}

export function problem(
  severity: HealthCheck['severity'],
  code: string,
  summary: string,
  count: number,
  details: readonly string[] = [],
): HealthCheck {
  return { code, severity, summary, count, details };
}

/** A check that warns. */
export function warning(code: string, summary: string, count: number, details: readonly string[] = []): HealthCheck {
  return problem('HEALTH_WARN', code, summary, count, details);
}
