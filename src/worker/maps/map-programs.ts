import type { Task } from '../../engine/base/task.ts';
import type { Process, Program } from '../../terminal/process.ts';
import { programs } from '../../terminal/programs.ts';

/** EOPNOTSUPP: what is known and cannot be here. */
const EXIT_NOT_HERE = 95;

/** Somebody asked for data, or for what daemons know. */
class NoDataError extends Error {}

/** In place of what a cluster's OSDs tell: a map alone has none, and zeros would be wrong. */
export const refuseStats = { pgStats: refuse, osdUsages: refuse };

function refuse(): never {
  throw new NoDataError('no data');
}

/** The programs of the simulated machine, as they are where there is a map and nothing else. */
export function mapPrograms(): ReadonlyMap<string, Program> {
  const all = new Map(programs());
  for (const name of ['rbd', 'rados']) all.set(name, noData);
  const ceph = all.get('ceph');
  if (ceph !== undefined) all.set('ceph', (process) => cephOfMap(ceph, process));
  return all;
}

function* noData({ argv, stderr }: Process): Task<number> {
  yield* stderr.write(`${argv[0]}: not available here: this is a map alone, there is no data\n`);
  return EXIT_NOT_HERE;
}

function* cephOfMap(ceph: Program, process: Process): Task<number> {
  try {
    return yield* ceph(process);
  } catch (error) {
    if (!(error instanceof NoDataError)) throw error;
    const words = process.argv.slice(1).join(' ');
    yield* process.stderr.write(
      `ceph: '${words}' is not available here: this is a map alone, there is no data and no daemon that could tell\n`,
    );
    return EXIT_NOT_HERE;
  }
}
