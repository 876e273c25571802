/** The real commands that the controls compose; the person sees them before they run. */

const quote = (word: string): string => (/^[\w.:/@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
const decimals = (value: number, places: number): string => String(Number(value.toFixed(places)));

export function osdsCommand(what: 'out' | 'in' | 'down', osds: readonly number[]): string {
  return `ceph osd ${what} ${osds.join(' ')}`;
}

export function crushReweight(name: string, weight: number): string {
  return `ceph osd crush reweight ${quote(name)} ${decimals(weight, 5)}`;
}

export function crushReweightSubtree(name: string, weight: number): string {
  return `ceph osd crush reweight-subtree ${quote(name)} ${decimals(weight, 5)}`;
}

export function osdReweight(osd: number, reweight: number): string {
  return `ceph osd reweight ${osd} ${decimals(reweight, 4)}`;
}

export function primaryAffinity(osd: number, affinity: number): string {
  return `ceph osd primary-affinity osd.${osd} ${decimals(affinity, 4)}`;
}

export function crushMove(name: string, type: string, target: string): string {
  return `ceph osd crush move ${quote(name)} ${quote(`${type}=${target}`)}`;
}

export function poolSet(pool: string, key: 'crush_rule' | 'pg_num' | 'size', value: string): string {
  return `ceph osd pool set ${quote(pool)} ${key} ${quote(value)}`;
}
