import { CephError } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { OsdDaemons } from '../../../engine/cluster/osd-daemons.ts';
import type { Process } from '../../process.ts';
import { parseOptions, UsageError } from './options.ts';

const VERBS = ['start', 'stop', 'restart', 'kill', 'status', 'is-active'] as const;
type Verb = (typeof VERBS)[number];

/** systemd's exit codes: wrong usage, a unit that is not there, one that does not run. */
const EXIT_USAGE = 1;
const EXIT_NOT_LOADED = 5;
const EXIT_INACTIVE = 3;
const EXIT_UNKNOWN = 4;

/** Signals that give a process no time to tell anybody. */
const ABRUPT = ['KILL', 'SIGKILL', '9'];

/** `systemctl VERB ceph-osd@N…`: the OSDs of all hosts, as if one were logged in on each. */
export function* systemctl(process: Process): Task<number> {
  try {
    const { operands, values } = parseOptions(process.argv, { letters: 's:', long: { signal: 's' } });
    const [word = '', ...units] = operands;
    const verb = VERBS.find((each) => each === word);
    if (verb === undefined) return yield* complain(process, `Unknown command verb '${word}'.`, EXIT_USAGE);
    if (units.length === 0) return yield* complain(process, 'Too few arguments.', EXIT_USAGE);
    const signal = values.get('s')?.at(-1) ?? 'TERM';
    let exit = 0;
    for (const unit of units) exit = Math.max(exit, yield* onUnit(process, verb, unit, signal));
    return exit;
  } catch (error) {
    if (error instanceof UsageError) return yield* complain(process, `systemctl: ${error.message}`, EXIT_USAGE);
    throw error;
  }
}

function* complain(process: Process, text: string, exit: number): Task<number> {
  yield* process.stderr.write(`${text}\n`);
  return exit;
}

function* onUnit(process: Process, verb: Verb, unit: string, signal: string): Task<number> {
  const name = unit.endsWith('.service') || unit.endsWith('.target') ? unit : `${unit}.service`;
  const osds = osdsOfUnit(process, name);
  if (osds === null) {
    if (verb === 'status') return yield* complain(process, `Unit ${name} could not be found.`, EXIT_UNKNOWN);
    if (verb === 'is-active') return yield* tell(process, 'inactive', EXIT_UNKNOWN);
    const what = verb === 'kill' ? 'kill unit' : verb;
    return yield* complain(process, `Failed to ${what} ${name}: Unit ${name} not loaded.`, EXIT_NOT_LOADED);
  }
  const { daemons } = process.cluster;
  if (verb === 'status') return yield* status(process, name, osds);
  if (verb === 'is-active') {
    const active = osds.every((osd) => daemons.isRunning(osd));
    return yield* tell(process, active ? 'active' : 'inactive', active ? 0 : EXIT_INACTIVE);
  }
  for (const osd of osds) change(daemons, verb, osd, signal);
  return 0;
}

function* tell(process: Process, text: string, exit: number): Task<number> {
  yield* process.stdout.write(`${text}\n`);
  return exit;
}

function change(daemons: OsdDaemons, verb: Verb, osd: number, signal: string): void {
  if (verb === 'kill') daemons.stop(osd, ABRUPT.includes(signal.toUpperCase()) ? 'killed' : 'in-order');
  else if (verb !== 'start') daemons.stop(osd, 'in-order');
  if (verb === 'start' || verb === 'restart') daemons.start(osd);
}

/** OSDs that a unit stands for; null where there is no such unit. */
function osdsOfUnit({ cluster }: Process, name: string): readonly number[] | null {
  const { osds } = cluster.monitor.map();
  if (name === 'ceph-osd.target') return osds.flatMap((osd, id) => (osd === undefined ? [] : [id]));
  const match = /^ceph-osd@(\d{1,6})\.service$/.exec(name);
  const id = Number(match?.[1]);
  return match !== null && osds[id] !== undefined ? [id] : null;
}

function* status(process: Process, name: string, osds: readonly number[]): Task<number> {
  const active = osds.every((osd) => process.cluster.daemons.isRunning(osd));
  const what = name.endsWith('.target')
    ? 'ceph target allowing to start/stop all ceph-osd@.service instances at once'
    : `Ceph object storage daemon osd.${osds[0]}`;
  const state = active ? 'active (running)' : 'inactive (dead)';
  yield* process.stdout.write(`${active ? '●' : '○'} ${name} - ${what}\n     Active: ${state}\n`);
  return active ? 0 : EXIT_INACTIVE;
}

/** The OSDs that a name of the CRUSH tree stands for; null where it has no such name. */
export function namedOsds({ cluster }: Process, name: string): readonly number[] | null {
  try {
    return cluster.daemons.osdsUnder(name);
  } catch (error) {
    if (error instanceof CephError) return null;
    throw error;
  }
}
