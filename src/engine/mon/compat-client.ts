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

/**
 * Says of which release OSDs must be; there is no way back.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd require-osd-release" — all OSDs here are of the newest release
 */
export function setRequireOsdRelease(monitor: Monitor, release: string): MonAnswer {
  monitor.received();
  const now = monitor.map().requireOsdRelease;
  if (release === now) return done('');
  if (RELEASES.indexOf(release) < RELEASES.indexOf(now))
    return refused('EPERM', 'require_osd_release cannot be lowered once it has been set');
  monitor.publish((map) => ({ ...map, requireOsdRelease: release }), `OSDs must be ${release} or newer`);
  return done('');
}
