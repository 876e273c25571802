import type { Task } from '../../../engine/base/task.ts';
import { type Explain, explainFor, explainLines } from '../../cli/explain/explain.ts';
import type { Process, Program } from '../../process.ts';
import { simCopies } from './sim-copies.ts';
import { simTrace } from './sim-trace.ts';
import { namedOsds } from './systemctl.ts';

/** Column at which the explanations stand. */
const COLUMN = 31;
const USAGE = `usage: sim power-off NAME...   the power of an OSD, a host or a rack fails: nobody has time to say goodbye
       sim power-on NAME...    it is back, and its OSDs start
       sim cut-off NAME...     the network of a host or a rack fails, seen from where the monitor is
       sim reconnect NAME...   it is back
       sim corrupt OSD POOL/OBJECT...
                               a bit of one OSD's copy flips, unseen until it is read or scrubbed
       sim lose OSD POOL/OBJECT...
                               one OSD's copy is gone, unseen until it is read or scrubbed
       sim trace [-a] [-n COUNT] [-f json] COMMAND...
                               runs a command and tells the road of each operation: hash, PG, OSDs, bytes
`;

export function usageText(say: Explain): string {
  return explainLines(USAGE, COLUMN, say);
}

/** `sim`, which for `trace` runs other programs. */
export function simProgram(programs: () => ReadonlyMap<string, Program>): Program {
  return (process) => {
    const [, verb] = process.argv;
    if (verb === 'trace') return simTrace(process, programs);
    return verb === 'corrupt' || verb === 'lose' ? simCopies(process) : sim(process);
  };
}

/**
 * `sim`: what happens to machines and cables rather than to Ceph. Not one of Ceph's tools; the sandbox has it so that
 * one line makes one failure.
 */
function* sim(process: Process): Task<number> {
  const [, verb = '', ...names] = process.argv;
  const fails = verb === 'power-off' || verb === 'cut-off';
  if ((!fails && verb !== 'power-on' && verb !== 'reconnect') || names.length === 0) {
    yield* process.stderr.write(usageText(explainFor(process.env)));
    return 1;
  }
  const osds: number[] = [];
  for (const name of names) {
    const found = namedOsds(process, name);
    if (found === null) {
      yield* process.stderr.write(`sim: the CRUSH tree has no '${name}'; 'ceph osd tree' shows what there is\n`);
      return 1;
    }
    osds.push(...found);
  }
  const { daemons } = process.cluster;
  if (verb === 'cut-off') daemons.cutOff(osds);
  else if (verb === 'reconnect') daemons.reconnect(osds);
  else for (const osd of osds) fails ? daemons.stop(osd, 'power-off') : daemons.start(osd);
  yield* process.stdout.write(`${verb}: ${osds.map((osd) => `osd.${osd}`).join(' ')}\n`);
  return 0;
}
