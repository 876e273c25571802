import { type MonAnswer, refused } from './mon-answer.ts';
import type { Monitor } from './monitor.ts';
import { changeOsds } from './osd-state.ts';

/** More than this no list of weights is long. */
const MAX_TEXT = 1 << 20;

/**
 * Gives several OSDs their weights at once: `{"0":"32768","1":"65536"}`, 16.16 fixed point as text.
 *
 * @ceph src/mon/OSDMonitor.cc parse_reweights, prepare_command_impl "osd reweightn" — exact
 */
export function reweightOsds(monitor: Monitor, text: string): MonAnswer {
  monitor.received();
  const unable = `unable to parse 'weights' value '${text}'`;
  const weights = weightsOf(text);
  if (weights === undefined) return refused('EINVAL', unable);
  const map = monitor.map();
  if ([...weights.keys()].some((id) => map.osds[id] === undefined)) return refused('ENOENT', unable);
  monitor.publish(
    (now) => changeOsds(now, [...weights.keys()], (osd, id) => ({ ...osd, weight: weights.get(id) ?? osd.weight })),
    'osds reweighted',
  );
  return { code: 0, text: '' };
}

function weightsOf(text: string): Map<number, number> | undefined {
  if (text.length > MAX_TEXT) return undefined;
  const value = parsed(text.replaceAll("'", '"'));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const weights = new Map<number, number>();
  for (const [key, each] of Object.entries(value)) {
    const id = /^\d{1,9}/.exec(key)?.[0];
    const weight = typeof each === 'string' ? /^\d{1,10}/.exec(each)?.[0] : undefined;
    if (id === undefined || weight === undefined) return undefined;
    weights.set(Number(id), Number(weight));
  }
  return weights;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
