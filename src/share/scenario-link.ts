import type { LinkError, LinkResult, Scenario } from '../protocol/calls.ts';
import { base64urlDecode, base64urlEncode } from './base64url.ts';
import { MAX_COMMANDS, MAX_TEXT_BYTES } from './scenario-schema.ts';
import { readScenarioText, scenarioText } from './scenario-text.ts';

/** What a link's data begins with. A reader that meets a higher number knows that it is too old. */
const VERSION = 1;
/** Longer fragments are refused unread: one of 10,000 commands stays below it. */
const MAX_FRAGMENT_CHARS = 1024 * 1024;
/** Beyond this a link is not made: some programs cut it off. */
export const MAX_LINK_CHARS = 8000;

/** The rest of reading a link: inflate `deflated`, give what came out to `finish`. */
export interface LinkToInflate {
  readonly deflated: Uint8Array;
  /** The bytes, or 'too-large' where there were more than {@link MAX_TEXT_BYTES}, or 'damaged' where it could not be inflated. */
  finish(inflated: Uint8Array | 'too-large' | 'damaged'): LinkResult;
}

/** The text of a scenario, to be compressed with deflate-raw and given to {@link fragmentOf}. */
export function textToDeflate(scenario: Scenario): Uint8Array {
  return scenarioText(scenario);
}

/** The fragment of a link, without `#`: version byte and deflated text in base64url, and what to show. */
export function fragmentOf(scenario: Scenario, deflated: Uint8Array): string {
  const bytes = new Uint8Array(1 + deflated.length);
  bytes[0] = VERSION;
  bytes.set(deflated, 1);
  const at = scenario.at === undefined ? '' : `&at=${scenario.at}`;
  return `s=${base64urlEncode(bytes)}${at}`;
}

/**
 * Reads a fragment, with or without `#`, up to where it must be inflated: this zone has no way to, and whoever has
 * one must stop at {@link MAX_TEXT_BYTES} without expanding the rest. Null where the fragment carries no scenario.
 */
export function readFragment(fragment: string): LinkToInflate | LinkError | null {
  if (fragment.length > MAX_FRAGMENT_CHARS) return 'too-large';
  const parts = new Map(fragment.replace(/^#/, '').split('&').map(splitPart));
  const data = parts.get('s');
  if (data === undefined) return null;
  const bytes = base64urlDecode(data);
  const version = bytes?.[0];
  if (bytes === undefined || version === undefined || version === 0) return 'damaged';
  if (version > VERSION) return 'newer-version';
  const at = parts.get('at');
  return { deflated: bytes.subarray(1), finish: (inflated) => finish(inflated, at) };
}

function splitPart(part: string): [key: string, value: string] {
  const at = part.indexOf('=');
  return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
}

function finish(inflated: Uint8Array | 'too-large' | 'damaged', at: string | undefined): LinkResult {
  if (typeof inflated === 'string') return { ok: false, error: inflated };
  if (inflated.length > MAX_TEXT_BYTES) return { ok: false, error: 'too-large' };
  const scenario = readScenarioText(inflated);
  if (typeof scenario === 'string') return { ok: false, error: scenario };
  if (at === undefined) return { ok: true, scenario };
  const shown = /^\d{1,5}$/.test(at) ? Number(at) : MAX_COMMANDS + 1;
  if (shown > scenario.commands.length) return { ok: false, error: 'damaged' };
  return { ok: true, scenario: { ...scenario, at: shown } };
}
