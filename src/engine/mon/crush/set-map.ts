import { CephError } from '../../base/errno.ts';
import type { CrushMap } from '../../crush/crush-map.ts';
import { decodeCrushMap } from '../../crush/decode.ts';
import { encodeCrushMap } from '../../crush/encode.ts';
import type { OsdMap } from '../../osdmap/osd-map.ts';
import { done, type MonAnswer, refused } from '../mon-answer.ts';
import type { Monitor } from '../monitor.ts';
import { fitsPool } from '../pool-create.ts';
import { crushCommand, publishCrush, tooNewForClients } from './publish-crush.ts';

const MAGIC = [0, 0, 1, 0] as const;

/**
 * Takes a whole CRUSH map out of its binary form; the answer is its version. `priorVersion` is that of the map which
 * was read before, where a caller wants to be sure that nobody else changed it.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd setcrushmap" — exact, but for the smoke test; where bytes make
 *   no sense behind the magic number, the words are our own
 */
export function setCrushMap(monitor: Monitor, bytes: Uint8Array, priorVersion?: number): MonAnswer {
  return crushCommand(monitor, () => {
    const read = readMap(bytes);
    if (typeof read === 'string') return refused('EINVAL', `Failed to parse crushmap: ${read}`);
    const map = monitor.map();
    const version = map.crushVersion;
    if (priorVersion === version - 1 && sameBytes(encodeCrushMap(read), encodeCrushMap(map.crush)))
      return done(String(version));
    if (priorVersion !== undefined && priorVersion !== version)
      return refused('EPERM', `prior_version ${priorVersion} != crush version ${version}`);
    const tooNew = tooNewForClients(map, read);
    if (tooNew !== undefined) return tooNew;
    const wrong = wrongRule(map, read);
    if (wrong !== undefined) return refused('EINVAL', wrong);
    return publishCrush(monitor, read, String(version + 1), 'a new CRUSH map');
  });
}

/** The map, or what is wrong with the bytes. */
function readMap(bytes: Uint8Array): CrushMap | string {
  if (bytes.length < MAGIC.length) return 'End of buffer [buffer:2]';
  if (MAGIC.some((byte, at) => bytes[at] !== byte)) return 'bad magic number: Malformed input [buffer:3]';
  try {
    return decodeCrushMap(bytes);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    return `${error.context}: Malformed input [buffer:3]`;
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** @ceph src/osd/OSDMap.cc OSDMap::validate_crush_rules — exact */
function wrongRule(map: OsdMap, crush: CrushMap): string | undefined {
  for (const { id, crushRule, type } of [...map.pools.values()].sort((a, b) => a.id - b.id)) {
    const rule = crush.rules.get(crushRule);
    if (rule === undefined) return `pool ${id} references crush_rule ${crushRule} but it is not present`;
    if (!fitsPool(rule, type)) return `pool ${id} type does not match rule ${crushRule}`;
  }
  return undefined;
}
