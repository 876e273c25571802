import { RELEASES } from '../osdmap/names.ts';
import { done, type MonAnswer, refused } from './mon-answer.ts';
import type { Monitor } from './monitor.ts';

/**
 * Says which clients must be able to take part; from mimic on, image clones are format 2.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd set-require-min-compat-client" — all clients here are of this release
 */
export function setRequireMinCompatClient(monitor: Monitor, version: string): MonAnswer {
  monitor.received();
  if (RELEASES.indexOf(version) < 1) return refused('EINVAL', `version ${version} is not recognized`);
  const needed = monitor.map().minCompatClient;
  if (RELEASES.indexOf(version) < RELEASES.indexOf(needed))
    return refused(
      'EPERM',
      `osdmap current utilizes features that require ${needed}; ` +
        `cannot set require_min_compat_client below that to ${version}`,
    );
  monitor.publish((map) => ({ ...map, requireMinCompatClient: version }), `clients must be ${version} or newer`);
  return done(`set require_min_compat_client to ${version}`);
}
