// How fast the native crushtool maps, where there is one: on PATH, or behind the command that NATIVE_PREFIX names
// (such as "chroot DIR").
import { spawnSync } from 'node:child_process';

const prefix = (process.env.NATIVE_PREFIX ?? '').split(' ').filter((word) => word !== '');

function crushtool(...args) {
  const [command, ...rest] = [...prefix, 'crushtool', ...args];
  const begun = performance.now();
  const { status } = spawnSync(command, rest, { stdio: 'ignore' });
  return status === 0 ? performance.now() - begun : undefined;
}

/** Thousands of mappings a second, of the fastest of some rounds, without the time to start; undefined without a tool. */
export function nativeRate({ osds, osdsPerHost, hostsPerRack, nativeMappings }, rounds = 5) {
  const file = `/tmp/radoscope-bench-${osds}.crushmap`;
  const racks = hostsPerRack === undefined ? [] : ['rack', 'straw2', `${hostsPerRack}`];
  const layers = ['host', 'straw2', `${osdsPerHost}`, ...racks, 'root', 'straw2', '0'];
  if (crushtool('-o', file, '--build', '--num_osds', `${osds}`, ...layers) === undefined) return undefined;
  const time = (last) => {
    const args = ['-i', file, '--test', '--rule', '0', '--num-rep', '3', '--min-x', '0', '--max-x', `${last}`];
    return crushtool(...args) ?? Number.NaN;
  };
  let [short, long] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < rounds; round++) {
    short = Math.min(short, time(999));
    long = Math.min(long, time(999 + nativeMappings));
  }
  return nativeMappings / (long - short);
}
