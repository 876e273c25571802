import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The build to try; RADOSCOPE_PROGRAM names another. */
const RADOSCOPE = process.env.RADOSCOPE_PROGRAM ?? resolve(import.meta.dirname, '../../../dist/headless/radoscope.js');
const MOST_OUTPUT = 2 ** 29;
const START_S = 1_795_347_874;

/** @typedef {{ kind: 'cmd', argv: readonly string[], stdin_gz_b64?: string } | { kind: 'settle' }} Step */

/**
 * Runs steps as one session on a fresh cluster of ours; gives the answers of its commands.
 *
 * @param {readonly Step[]} steps @param {{ osds: number, osdsPerHost: number, weight: number }} layout
 * @returns {import('./real.mjs').Answer[]}
 */
export function runSession(steps, { osds, osdsPerHost, weight }) {
  const session = {
    name: 'random-edits',
    cluster: {
      fsid: '4a1e7ab0-5eed-4cef-8000-0000000c0ffe',
      osds,
      osds_per_host: osdsPerHost,
      crush_weight: weight,
      device_bytes: 4 * 1024 ** 3,
      epoch: 60,
    },
    ids: [],
    steps: steps.map((step, n) => {
      const at = START_S + n;
      if (step.kind === 'settle') return { n, kind: 'action', line: 'settle', action: 'wait', what: 'clean', at };
      return { ...step, n, line: step.argv.join(' '), at };
    }),
  };
  const { stdout, stderr, status } = spawnSync(process.execPath, [RADOSCOPE, 'answer'], {
    input: JSON.stringify(session),
    maxBuffer: MOST_OUTPUT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`radoscope answer: ${stderr}`);
  return JSON.parse(stdout).steps;
}

/** The bytes that `hexdump -v -C` shows. @param {string} text */
export function bytesOfHexdump(text) {
  const rows = text.split('\n').filter((row) => row.includes('|'));
  return Buffer.from(rows.map((row) => row.slice(10, 58).replaceAll(' ', '')).join(''), 'hex');
}

/** What our osdmaptool says where all PGs of a map are. @param {Uint8Array} map */
export function placement(map) {
  const folder = mkdtempSync(join(tmpdir(), 'random-edits-'));
  try {
    const file = join(folder, 'map');
    writeFileSync(file, map);
    const words = [RADOSCOPE, 'osdmaptool', file, '--test-map-pgs-dump-all'];
    return spawnSync(process.execPath, words, { encoding: 'utf8', maxBuffer: MOST_OUTPUT }).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
