import type { OsdMap, PgPool } from '../../engine/osdmap/osd-map.ts';
import type { PgView, PoolView } from '../../protocol/view.ts';

/** Pools in order of id, with what their PGs hold. */
export function poolViews(map: OsdMap, pgs: readonly PgView[]): PoolView[] {
  const held = new Map<number, { objects: number; bytes: number }>();
  for (const { pool, objects, bytes } of pgs) {
    const sum = held.get(pool) ?? { objects: 0, bytes: 0 };
    held.set(pool, { objects: sum.objects + objects, bytes: sum.bytes + bytes });
  }
  return [...map.pools.values()]
    .sort((a, b) => a.id - b.id)
    .map((pool) => poolView(pool, held.get(pool.id) ?? { objects: 0, bytes: 0 }));
}

function poolView(pool: PgPool, held: { readonly objects: number; readonly bytes: number }): PoolView {
  const { id, name, type, size, minSize, pgNum, applications } = pool;
  return { id, name, type, size, minSize, pgNum, applications: [...applications.keys()], ...held };
}
