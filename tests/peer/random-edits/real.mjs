import { spawnSync } from 'node:child_process';

const [LIMIT_MS, MOST_OUTPUT] = [120_000, 2 ** 28];
const [PAUSE_MS, MOST_POLLS, STILL_POLLS] = [300, 400, 1];
/** A map that so many polls found the same stays as it is, whatever is open: longer than any daemon's round. */
const STUCK_POLLS = 60;
const MAKING = 'PGs are made';

/** @typedef {{ exit: number | null, stdout: string, stderr: string }} Answer */

/** A real cluster, reached by the words that RADOSCOPE_PEER holds before `ceph`. */
export class RealCluster {
  #prefix;

  constructor() {
    this.#prefix = (process.env.RADOSCOPE_PEER ?? '').split(' ').filter((word) => word !== '');
  }

  /** @param {readonly string[]} words @param {Uint8Array} [input] */
  #run(words, input) {
    const [program = '', ...rest] = [...this.#prefix, ...words];
    return spawnSync(program, rest, { input: input ?? '', timeout: LIMIT_MS, maxBuffer: MOST_OUTPUT });
  }

  /** @param {readonly string[]} words @param {Uint8Array} [input] @returns {Answer} */
  ceph(words, input) {
    const { status, stdout, stderr } = this.#run(['ceph', ...words], input);
    return { exit: status, stdout: String(stdout), stderr: String(stderr) };
  }

  /** The map in its binary form. */
  osdMap() {
    return this.#run(['ceph', 'osd', 'getmap', '-o', '-']).stdout;
  }

  /** What the real osdmaptool says where all PGs of a map are. @param {Uint8Array} map */
  placement(map) {
    const script = 'f=$(mktemp) && cat > $f && osdmaptool $f --test-map-pgs-dump-all 2>/dev/null; rm -f $f';
    return String(this.#run(['sh', '-c', script], map).stdout);
  }

  /**
   * Waits until PGs are as many as wanted, all OSDs up, and the map stays as it is; gives the last dump of it, and
   * what was still open at the end. PGs that stay remapped, as there are too few OSDs for them, are nothing to wait for.
   */
  settle() {
    let [open, last, same, dump] = ['', 0, 0, ''];
    for (let poll = 0; poll < MOST_POLLS && same < (open === '' ? STILL_POLLS : STUCK_POLLS); poll++) {
      if (poll > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
      dump = this.ceph(['osd', 'dump', '-f', 'json']).stdout;
      // A monitor that is busy may let a question run out of time.
      if (dump === '') continue;
      const map = JSON.parse(dump);
      const work = openWork(map);
      const now = work === MAKING && this.#arePgsWithoutOsds(map) ? '' : work;
      same = now === open && map.epoch === last ? same + 1 : 0;
      [open, last] = [now, map.epoch];
    }
    return { open, dump };
  }

  /** True where all PGs that are still to be made are those that too few OSDs are there for: nobody will make them. @param {any} map */
  #arePgsWithoutOsds(map) {
    const pools = new Set(map.pools.filter(isCreating).map(/** @param {any} pool */ ({ pool }) => pool));
    const { stdout } = this.ceph(['pg', 'dump', 'pgs_brief', '-f', 'json']);
    if (stdout === '') return false;
    const unmade = JSON.parse(stdout).pg_stats.filter(
      /** @param {any} pg */ ({ pgid, state }) =>
        /unknown|creating/.test(state) && pools.has(Number(pgid.split('.')[0])),
    );
    const hasTooFew = (/** @type {any} */ pg) => pg.state.includes('incomplete') || this.#acting(pg.pgid).every(isNone);
    return unmade.length > 0 && unmade.every(hasTooFew);
  }

  /** As the monitor's own map has it: what the manager tells may be older. @param {string} pgid @returns {number[]} */
  #acting(pgid) {
    const { stdout } = this.ceph(['pg', 'map', pgid, '-f', 'json']);
    return stdout === '' ? [0] : JSON.parse(stdout).acting;
  }
}

/** @param {number} osd */
function isNone(osd) {
  return osd === 0x7fffffff;
}

/** @param {any} pool */
function isCreating(pool) {
  return pool.flags_names.includes('creating');
}

/** @param {any} map */
function openWork(map) {
  const pools = map.pools.filter(
    /** @param {any} pool */ (pool) =>
      pool.pg_num !== pool.pg_num_target || pool.pg_placement_num !== pool.pg_placement_num_target,
  );
  if (pools.length > 0) return 'PGs are split or merged';
  if (map.pools.some(isCreating)) return MAKING;
  return map.osds.some(/** @param {any} osd */ (osd) => osd.up !== 1) ? 'an OSD is down' : '';
}
