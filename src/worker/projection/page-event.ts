import type { TimedEvent } from '../../engine/base/events.ts';
import type { ByteString } from '../../engine/base/utf8.ts';
import { readableKey } from './keys.ts';

/** So many hex digits of a binary key are told. */
const HEX_DIGITS = 16;

/** An event as the page tells it: omap keys as people read them. */
export function pageEvent(timed: TimedEvent): TimedEvent {
  const { event } = timed;
  if (event.type !== 'rados/omap-changed') return timed;
  return { ...timed, event: { ...event, set: event.set.map(told), removed: event.removed.map(told) } };
}

function told(omapKey: string): string {
  // Keys of an omap are byte strings; the event carries them as they are.
  const { key, binaryKey } = readableKey(omapKey as ByteString);
  if (!binaryKey) return key;
  return key.length > HEX_DIGITS ? `0x${key.slice(0, HEX_DIGITS)}…` : `0x${key}`;
}
