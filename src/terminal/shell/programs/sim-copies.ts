import { CephError } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { loseStored, rotStored, storedHead } from '../../../engine/cluster/store-tool.ts';
import type { Process } from '../../process.ts';
import { namedOsds } from './systemctl.ts';

/** `sim corrupt OSD POOL/OBJECT...`, `sim lose OSD POOL/OBJECT...`: what a bad disk does to copies, unseen by their OSD. */
export function* simCopies(process: Process): Task<number> {
  const [, verb, name = '', ...objects] = process.argv;
  const osds = /^\d+$/.test(name) ? [Number(name)] : (namedOsds(process, name) ?? []);
  const [osd] = osds;
  if (osd === undefined || osds.length > 1) return yield* refuse(process, `'${name}' is not one OSD`);
  if (objects.length === 0) return yield* refuse(process, 'no object is named: POOL/OBJECT');
  for (const spec of objects) {
    const fault = damage(process, osd, spec, verb === 'lose');
    if (fault !== null) return yield* refuse(process, fault);
    yield* process.stdout.write(`${verb}: osd.${osd} ${spec}\n`);
  }
  return 0;
}

function* refuse(process: Process, why: string): Task<number> {
  yield* process.stderr.write(`sim: ${why}\n`);
  return 1;
}

function damage({ cluster }: Process, osd: number, spec: string, loses: boolean): string | null {
  const cut = spec.indexOf('/');
  if (cut < 0) return `'${spec}' is not POOL/OBJECT`;
  const [pool, oid] = [spec.slice(0, cut), spec.slice(cut + 1)];
  try {
    const copy = storedHead(cluster.pgs, osd, pool, oid);
    if (copy === undefined) return `osd.${osd} has no copy of '${oid}'; 'ceph osd map ${pool} ${oid}' shows who has`;
    if (loses) loseStored(cluster.pgs, copy);
    else if (!rotStored(cluster.pgs, copy)) return `'${oid}' has nothing that could be corrupted`;
    return null;
  } catch (error) {
    if (error instanceof CephError) return `there is no pool '${pool}'`;
    throw error;
  }
}
