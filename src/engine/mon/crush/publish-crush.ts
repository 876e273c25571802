import { CephError, cppStrerror } from '../../base/errno.ts';
import type { CrushMap } from '../../crush/crush-map.ts';
import { finalized } from '../../crush/finalize.ts';
import { minCompatClientOf } from '../../osdmap/compat.ts';
import { RELEASES } from '../../osdmap/names.ts';
import type { OsdMap } from '../../osdmap/osd-map.ts';
import { done, type MonAnswer, refused } from '../mon-answer.ts';
import type { Monitor } from '../monitor.ts';

/** Publishes a CRUSH map, as a new version even where it says the same, and answers with that text. */
export function publishCrush(monitor: Monitor, crush: CrushMap, text: string, summary = text): MonAnswer {
  monitor.publish((map) => ({ ...map, crush: finalized(crush), crushVersion: map.crushVersion + 1 }), summary);
  return done(text);
}

/**
 * Runs a command on the CRUSH map as it is. Where an edit refuses, the answer is its errno in the C library's words.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl, at reply_no_propose — exact
 */
export function crushCommand(monitor: Monitor, command: (crush: CrushMap) => MonAnswer): MonAnswer {
  monitor.received();
  try {
    return command(monitor.map().crush);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    return inWords(error.errno);
  }
}

/**
 * Why a map with that CRUSH map is too new for the clients that it must serve.
 *
 * @ceph src/mon/OSDMonitor.cc validate_crush_against_features — exact, as all daemons here are of this release
 */
export function tooNewForClients(map: OsdMap, crush: CrushMap): MonAnswer | undefined {
  const [allowed, needed] = [map.requireMinCompatClient, minCompatClientOf({ ...map, crush })];
  if (RELEASES.indexOf(allowed) < 1 || RELEASES.indexOf(needed) <= RELEASES.indexOf(allowed)) return undefined;
  return refused(
    'EINVAL',
    `new crush map requires client version ${needed} but require_min_compat_client is ${allowed}`,
  );
}

/** An errno in the C library's words. */
export function inWords(errno: number): MonAnswer {
  return { code: errno, text: cppStrerror(errno) };
}

/** Runs an edit that says in its own words why it refuses. */
export function editOrAnswer(edit: () => CrushMap): { readonly crush: CrushMap } | { readonly refusal: MonAnswer } {
  try {
    return { crush: edit() };
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    return { refusal: { code: error.errno, text: error.context === '' ? cppStrerror(error.errno) : error.context } };
  }
}
