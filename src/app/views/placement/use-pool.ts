import { useEffect, useState } from 'react';
import type { ClusterView, PoolView } from '../../../protocol/view.ts';
import type { Lit } from '../stage/use-lit.ts';

/**
 * The pool that is shown: the one that is pointed into or that something moves in, else the one chosen last,
 * else the one that was made last. It stays when the pointer leaves, so that nothing flickers.
 */
export function usePool(
  view: ClusterView,
  lit: Lit,
  active: number | null,
): { readonly pool: PoolView | null; readonly choose: (pool: number) => void } {
  const [chosen, setChosen] = useState<number | null>(null);
  const wanted = poolOf(lit) ?? active;
  useEffect(() => {
    if (wanted !== null) setChosen(wanted);
  }, [wanted]);
  const byId = (id: number | null) => view.pools.find((pool) => pool.id === id);
  return { pool: byId(wanted) ?? byId(chosen) ?? view.pools.at(-1) ?? null, choose: setChosen };
}

function poolOf({ target }: Lit): number | null {
  if (target?.kind === 'object') return target.pool;
  return target?.kind === 'pg' ? Number.parseInt(target.pgid, 10) : null;
}
