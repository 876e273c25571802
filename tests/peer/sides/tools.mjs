/**
 * Runs crushtool and osdmaptool, ours and the real ones, each in a folder of its own.
 *
 * The real ones are found on PATH, or run by the words of RADOSCOPE_PEER before them; where these are `chroot DIR`, the
 * folder is made below DIR.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PROGRAM = process.env.RADOSCOPE_PROGRAM ?? resolve(import.meta.dirname, '../../../dist/headless/radoscope.js');
const MOST_OUTPUT_BYTES = 256 * 1024 * 1024;
const LIMIT_MS = 120_000;

if (!existsSync(PROGRAM)) throw new Error('first: npm run build:headless');
// A copy, so that a build in between does no harm.
const COPY = mkdtempSync(join(tmpdir(), 'radoscope-'));
cpSync(PROGRAM, join(COPY, 'radoscope.js'));
process.on('exit', () => rmSync(COPY, { recursive: true, force: true }));
const RADOSCOPE = join(COPY, 'radoscope.js');

/** @typedef {{ code: number | string, stdout: string, stderr: string }} Answer */

/** One of the two, with its folder. */
export class Side {
  /** @type {readonly string[]} */
  #before;
  #root;

  /** @param {'ours' | 'real'} which */
  constructor(which) {
    const prefix = (process.env.RADOSCOPE_PEER ?? '').split(' ').filter((word) => word !== '');
    this.#root = which === 'real' && prefix[0] === 'chroot' ? (prefix[1] ?? '') : '';
    const node = [process.execPath, RADOSCOPE];
    this.#before = which === 'ours' ? node : prefix;
    const base = this.#root === '' ? tmpdir() : join(this.#root, 'tmp');
    mkdirSync(base, { recursive: true });
    this.folder = mkdtempSync(join(base, `side-${which}-`));
  }

  /** True where the tools are there. */
  works() {
    return this.run(['crushtool', '--help']).code === 0;
  }

  /** @param {readonly string[]} argv @param {string} [input] @returns {Answer} */
  run(argv, input = '') {
    const folder = this.folder.slice(this.#root.length);
    // What is run may see another root folder, so it changes to its own one itself.
    const words = [...this.#before, ...argv];
    const inner = this.#root === '' ? words : argv;
    const outer = this.#root === '' ? [] : this.#before;
    const all = [...outer, '/bin/sh', '-c', 'cd "$0" && exec "$@"', folder, ...inner];
    const run = spawnSync(all[0], all.slice(1), { input, timeout: LIMIT_MS, maxBuffer: MOST_OUTPUT_BYTES });
    const code = run.error === undefined ? (run.status ?? `${run.signal}`) : run.error.code;
    return { code, stdout: run.stdout.toString('latin1'), stderr: run.stderr.toString('latin1') };
  }

  /** @param {string} name @param {Uint8Array | string} content */
  put(name, content) {
    writeFileSync(join(this.folder, name), content);
  }

  /** @param {string} name */
  read(name) {
    return readFileSync(join(this.folder, name));
  }

  /** Names of the files that are there now. */
  names() {
    return readdirSync(this.folder)
      .filter((name) => statSync(join(this.folder, name)).isFile())
      .sort();
  }

  clear() {
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder);
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What a sandbox's map is after some commands. @param {string} script @param {number} seed @returns {Uint8Array} */
export function sandboxMap(script, seed) {
  const words = [RADOSCOPE, 'run', '-', '--seed', String(seed)];
  const input = `{\n${script}\n} > /dev/null 2>&1\nceph osd getmap -o /tmp/map 2> /dev/null\ncat /tmp/map\n`;
  const run = spawnSync(process.execPath, words, { input, maxBuffer: MOST_OUTPUT_BYTES });
  if (run.status !== 0 || run.stdout.length < 100) throw new Error(`no map of a sandbox: ${run.stderr}`);
  return run.stdout;
}
