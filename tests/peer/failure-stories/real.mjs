import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const LIMIT_MS = 300_000;
/** The client that stays: Python, with Ceph's own binding. */
const PEER = readFileSync(join(import.meta.dirname, 'peer.py'), 'utf8');

/** @typedef {import('./stories.mjs').Layout} Layout */
/** @typedef {{ exit: number | null, stdout: string, stderr: string }} Answer */

/**
 * A real cluster of its own for one story. RADOSCOPE_PEER holds the words before `ceph` and `python3` (such as `env
 * CEPH_CONF=FILE`); RADOSCOPE_PEER_HOOK a program that is called with `up OSDS OSDS_PER_HOST`, `start N`, `stop N` (in
 * order), `kill N` and `down`. Statistics are to be reported every second, and the autoscaler is off.
 */
export class RealCluster {
  #prefix = words(process.env.RADOSCOPE_PEER);
  #hook = words(process.env.RADOSCOPE_PEER_HOOK);
  #client;
  #answers;

  static isThere() {
    return process.env.RADOSCOPE_PEER !== undefined && process.env.RADOSCOPE_PEER_HOOK !== undefined;
  }

  /** @param {Layout} layout */
  constructor({ osds, osdsPerHost }) {
    this.#callHook('up', osds, osdsPerHost);
    // It would move PGs for reasons that are not the story's.
    this.run(['ceph', 'balancer', 'off']);
    const [program = '', ...rest] = [...this.#prefix, 'python3', '-u', '-c', PEER];
    this.#client = spawn(program, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#answers = createInterface({ input: this.#client.stdout })[Symbol.asyncIterator]();
  }

  remove() {
    this.#client.kill('SIGKILL');
    this.#callHook('down');
  }

  /** @param {readonly string[]} argv @returns {Answer} */
  run(argv) {
    return run([...this.#prefix, ...argv]);
  }

  /** Writes objects as large as wanted. @param {string} pool @param {readonly string[]} names @param {number} size_bytes */
  async write(pool, names, size_bytes) {
    await this.#ask('write', pool, names, size_bytes);
  }

  /** Begins to write one object, without waiting for it. @param {string} pool @param {string} name @param {number} size_bytes */
  async begin(pool, name, size_bytes) {
    await this.#ask('begin', pool, name, size_bytes);
  }

  /** Exit codes of what was begun; "blocked" for what does not end within some seconds. @param {number} limit_s */
  async ended(limit_s) {
    return String(await this.#ask('ended', limit_s));
  }

  /** @param {'start' | 'stop' | 'kill'} verb @param {readonly number[]} osds */
  async change(verb, osds) {
    for (const osd of osds) this.#callHook(verb, osd);
    if (!(await this.#ask('changed', osds, verb === 'start' ? 1 : 0))) throw new Error(`${verb} ${osds} did not show`);
  }

  /** Lets time pass until nothing changes any more. @param {readonly string[]} lasting Passing states that last this time. */
  async settle(lasting) {
    if (!(await this.#ask('settle', lasting))) console.log('  the real one did not come to rest');
  }

  /** What `compare.mjs` asks. @returns {Promise<readonly string[]>} */
  async tell() {
    return await this.#ask('tell');
  }

  /** @param {...unknown} question */
  async #ask(...question) {
    this.#client.stdin.write(`${JSON.stringify(question)}\n`);
    const { value } = await this.#answers.next();
    const { answer, error } = JSON.parse(value ?? '{"error": "the client of the real one ended"}');
    if (error !== undefined) throw new Error(error);
    return answer;
  }

  /** @param {...(string | number)} args */
  #callHook(...args) {
    const { exit, stderr } = run([...this.#hook, ...args.map(String)]);
    if (exit !== 0) throw new Error(`${this.#hook.join(' ')} ${args.join(' ')}: ${stderr}`);
  }
}

/** @param {string | undefined} text */
function words(text) {
  return (text ?? '').split(' ').filter((word) => word !== '');
}

/** @param {readonly string[]} argv @returns {Answer} */
function run([program = '', ...rest]) {
  const { status, stdout, stderr } = spawnSync(program, rest, { input: '', timeout: LIMIT_MS });
  return { exit: status, stdout: String(stdout), stderr: String(stderr) };
}
