import { balancerOf, type Plan } from '../../../../engine/mon/balancer/plans.ts';
import { refused } from '../../../../engine/mon/mon-answer.ts';
import type { OsdMap } from '../../../../engine/osdmap/osd-map.ts';
import { answered, type CephCall, requiredText } from '../ceph-command.ts';

/** The plan that a line names, or the answer where there is none. */
export function planOf({ monitor, args }: CephCall): Plan | { readonly code: number; readonly text: string } {
  const name = requiredText(args, 'plan');
  const plan = balancerOf(monitor).plans.find((each) => each.name === name);
  if (plan !== undefined) return plan;
  const { code = 0, text = '' } = answered(refused('ENOENT', `plan ${name} not found`));
  return { code, text };
}

/** Names that are no pools, in quotes. */
export function missingPools(map: OsdMap, names: readonly string[]): string[] {
  const known = new Set([...map.pools.values()].map(({ name }) => name));
  return names.filter((name) => !known.has(name)).map((name) => `'${name}'`);
}
