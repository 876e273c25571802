import { CephError, cppStrerror } from '../../base/errno.ts';
import type { CrushMap } from '../../crush/crush-map.ts';
import { finalized } from '../../crush/finalize.ts';
import { done, type MonAnswer } from '../mon-answer.ts';
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
