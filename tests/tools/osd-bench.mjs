// What OSDs do, here and on a real cluster of the same size: writes with snapshots, recovery, peering. A real cluster is
// reached as `tests/peer/failure-stories/real.mjs` says (RADOSCOPE_PEER, RADOSCOPE_PEER_HOOK); what it took is kept, and
// where there is none what was kept is told.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { apart } from './apart.mjs';

const KEPT = fileURLToPath(new URL('../bench/osd-real.json', import.meta.url));
const PEER = readFileSync(new URL('../bench/osd-peer.py', import.meta.url), 'utf8');
const [OBJECTS, SNAPS, RECOVERED, PGS, HOST] = [2000, 4, 25_600, 4096, ['6', '7', '8']];

const words = (text = '') => text.split(' ').filter((word) => word !== '');
const [prefix, hook] = [words(process.env.RADOSCOPE_PEER), words(process.env.RADOSCOPE_PEER_HOOK)];

/**
 * Rows of `what`, `figure` and `ratio`: how many times faster than the real one, undefined where that is unknown.
 */
export async function benchOsds() {
  const real = prefix.length > 0 && hook.length > 0 ? measureReal() : kept();
  const writes = await median('snapshotWrites', [500, SNAPS], [OBJECTS * 5, SNAPS]);
  const recovered_s = await median('recovery', [2000], [RECOVERED]);
  const peered_s = await median('peering', [1024], [PGS]);
  const beside = (text, ratio) =>
    real === undefined ? '' : `; real ${text}, ${ratio.toFixed(0)} times that (${real.conditions})`;
  const rows = [
    {
      what: 'object writes of 4 KiB, three replicas, a snapshot between any two writes of an object',
      figure: `${(writes / 1000).toFixed(1)} k/s`,
      real: real && `${Math.round(real.writes)}/s`,
      ratio: real && writes / real.writes,
    },
    {
      what: 'recovery of 25,600 objects that were written while a host was down',
      figure: `${recovered_s.toFixed(2)} s`,
      real: real && `${real.recovered_s.toFixed(0)} s`,
      ratio: real && real.recovered_s / recovered_s,
    },
    {
      what: 'peering of 4,096 PGs after a host of three OSDs fails',
      figure: `${peered_s.toFixed(2)} s`,
      real: real && `${real.peered_s.toFixed(1)} s`,
      ratio: real && real.peered_s / peered_s,
    },
  ];
  return rows.map(({ what, figure, real: text, ratio }) => ({ what, figure: figure + beside(text, ratio), ratio }));
}

/** The middle one of three, after smaller ones that warm up. */
async function median(name, small, args) {
  const calls = [small, args, args, args].map((each) => [name, ...each]);
  const [, ...measured] = await apart('tests/bench/osd.ts', 'osd', calls);
  return measured.sort((a, b) => a - b)[1];
}

function kept() {
  return existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, 'utf8')) : undefined;
}

/** A real cluster of nine OSDs on three hosts, for as long as it is measured. */
function measureReal() {
  run([...hook, 'up', '9', '3']);
  try {
    ask('make_pool', 'writes', 64);
    const writes = ask('writes', 'writes', OBJECTS, SNAPS);
    ask('make_pool', 'recovery', 64);
    for (const osd of HOST) run([...hook, 'stop', osd]);
    ask('down', ...HOST);
    ask('fill', 'recovery', RECOVERED);
    for (const osd of HOST) run([...hook, 'start', osd]);
    const recovered_s = ask('recovered');
    ask('make_pool', 'peering', PGS);
    const peered_s = ask('peered', 'peering', ...HOST);
    const { stdout } = run([...prefix, 'ceph', '--version']);
    const version = /version (\S+)/.exec(stdout)?.[1];
    const date = new Date().toISOString().slice(0, 10);
    const conditions = `Ceph ${version}, 9 OSDs on loopback, ${availableParallelism()} cores, ${date}`;
    const real = { conditions, writes, recovered_s, peered_s };
    writeFileSync(KEPT, `${JSON.stringify(real, null, 2)}\n`);
    return real;
  } finally {
    run([...hook, 'down']);
  }
}

function ask(...question) {
  return JSON.parse(run([...prefix, 'python3', '-c', PEER, ...question.map(String)]).stdout);
}

function run([program, ...args]) {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: 2_400_000 });
  if (status !== 0) throw new Error(`${program} ${args[0]}: ${stderr}`);
  return { stdout };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await benchOsds());
