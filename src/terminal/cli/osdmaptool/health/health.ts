import type { OsdMap } from '../../../../engine/osdmap/osd-map.ts';
import type { FormatNode } from '../../format/tree.ts';
import { checksNode } from './check.ts';
import { downChecks, orphanChecks } from './down-osds.ts';
import { mapChecks } from './map-checks.ts';
import { poolChecks } from './pool-checks.ts';

/** `--health`: what is wrong with the cluster, as far as its map tells. */
export function healthNode(map: OsdMap): FormatNode {
  return checksNode([...downChecks(map), ...orphanChecks(map), ...poolChecks(map), ...mapChecks(map)]);
}
