import { arrayNode, type FormatNode, nodeOf, objectNode, valueNode } from '../../format/tree.ts';

/** One thing that is to be said of a map. */
export interface Check {
  readonly code: string;
  readonly severity: 'HEALTH_OK' | 'HEALTH_WARN' | 'HEALTH_ERR';
  readonly summary: string;
  readonly count: number;
  readonly details: readonly string[];
}

/** A warning; its details are counted where no number is given. */
export function warning(code: string, summary: string, details: readonly string[], count = details.length): Check {
  return { code, severity: 'HEALTH_WARN', summary, count, details };
}

/** @ceph src/mon/health_check.h health_check_map_t::dump — exact */
export function checksNode(checks: readonly Check[]): FormatNode {
  const sorted = [...checks].sort((a, b) => (a.code < b.code ? -1 : 1));
  return objectNode('checks', sorted.map(checkNode));
}

function checkNode({ code, severity, summary, count, details }: Check): FormatNode {
  return objectNode(code, [
    valueNode('severity', severity),
    nodeOf('summary', { message: summary, count }),
    arrayNode(
      'detail',
      details.map((message) => nodeOf('detail_item', { message })),
    ),
  ]);
}
