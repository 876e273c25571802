import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { runnerImport } from 'vite';

const LONGEST_MS = 600_000;
const MOST_OUTPUT_BYTES = 64 * 1024 * 1024;
/** The words before the real tools, such as `env CEPH_CONF=FILE`, or `chroot DIR env CEPH_CONF=FILE`. */
const PREFIX = (process.env.RADOSCOPE_PEER ?? '').split(' ').filter((word) => word !== '');
const ROOT = PREFIX[0] === 'chroot' ? (PREFIX[1] ?? '') : '';

/** Loaded once. @type {typeof import('./ours.ts') | undefined} */
let OURS;

/** @typedef {'here' | 'there'} Side */

/** A folder that the real tools see, too. */
export class Folder {
  constructor() {
    const base = ROOT === '' ? tmpdir() : join(ROOT, 'tmp');
    mkdirSync(base, { recursive: true });
    this.path = mkdtempSync(join(base, 'round-trips-'));
  }

  remove() {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/**
 * Runs lines on one side, here on a new cluster, there on that which is, in a folder that has a folder `files`; gives the
 * lines that failed, with what they said.
 *
 * @param {Side} side @param {string} trip @param {string} folder below the trip's @param {string} pool
 * @param {readonly string[]} lines @returns {Promise<string>}
 */
export async function runLines(side, trip, folder, pool, lines) {
  const all = [`ceph osd pool create ${pool} 8`, `rbd pool init ${pool}`, ...lines];
  return side === 'here' ? await here(trip, folder, all) : there(join(trip, folder), all);
}

/** @param {string} trip @param {string} folder @param {readonly string[]} lines */
async function here(trip, folder, lines) {
  OURS ??= (await runnerImport(resolve(import.meta.dirname, 'ours.ts'))).module;
  const { runHere } = OURS;
  const before = new Map(filesBelow(trip).map((name) => [name, readFileSync(join(trip, name))]));
  const { said, files } = runHere(lines, folder, before);
  for (const [name, bytes] of files) {
    if (before.has(name)) continue;
    mkdirSync(dirname(join(trip, name)), { recursive: true });
    writeFileSync(join(trip, name), bytes);
  }
  return said;
}

/** @param {string} folder @returns {string[]} */
function filesBelow(folder) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

/** What is run may see another root folder, so it changes to its own one itself. @param {string} work @param {readonly string[]} lines */
function there(work, lines) {
  const told = (line) => line.replaceAll(/["\\$`]/g, '');
  const body = lines.map((line) => `${line} >out 2>&1 || { echo "failed $?: ${told(line)}"; cat out; }`);
  // Clients of one name would quarrel over one socket.
  writeFileSync(join(work, 'script.sh'), ['export CEPH_ARGS=--admin-socket=', ...body, 'rm out', ''].join('\n'));
  const inside = join(work, 'script.sh').slice(ROOT.length);
  const argv = [...PREFIX, 'sh', '-c', 'cd "$(dirname "$0")" && exec sh "$0"', inside];
  const run = spawnSync(argv[0] ?? '', argv.slice(1), { timeout: LONGEST_MS, maxBuffer: MOST_OUTPUT_BYTES });
  return `${run.stdout}${run.stderr}${run.signal ?? ''}`;
}

/** True where there is a real cluster. */
export function hasReal() {
  const argv = [...PREFIX, 'ceph', 'fsid'];
  return PREFIX.length > 0 && spawnSync(argv[0] ?? '', argv.slice(1), { timeout: 30_000 }).status === 0;
}

/** Frees what the real cluster has of a trip. @param {readonly string[]} pools */
export function dropPools(pools) {
  for (const pool of pools) {
    const argv = [...PREFIX, 'ceph', 'osd', 'pool', 'rm', pool, pool, '--yes-i-really-really-mean-it'];
    spawnSync(argv[0] ?? '', argv.slice(1), { timeout: LONGEST_MS });
  }
}
