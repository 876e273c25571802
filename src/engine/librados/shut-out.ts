import { isBlocklisted } from '../osdmap/blocklisted.ts';
import type { Rados } from './rados.ts';

/** True where the map shuts a client out: OSDs refuse what it asks, and have dropped its watches. */
export function isShutOut({ osdMap, clientId }: Rados): boolean {
  return isBlocklisted(osdMap, clientId);
}
