import type { LinkResult, Scenario, ShareResult } from '../protocol/calls.ts';
import { fragmentOf, MAX_LINK_CHARS, readFragment, textToDeflate } from '../share/scenario-link.ts';
import { MAX_TEXT_BYTES } from '../share/scenario-schema.ts';

/** A scenario as a link's fragment, with the streams that browsers and Node have. */
export async function shareScenario(scenario: Scenario): Promise<ShareResult> {
  const deflated = await deflate(textToDeflate(scenario));
  const fragment = fragmentOf(scenario, deflated);
  const { length } = fragment;
  return length > MAX_LINK_CHARS ? { ok: false, why: 'too-long', scenario } : { ok: true, fragment, length, scenario };
}

/** The scenario of a fragment; null where it carries none. Changes nothing. */
export async function readLink(fragment: string): Promise<LinkResult | null> {
  const link = readFragment(fragment);
  if (link === null) return null;
  if (typeof link === 'string') return { ok: false, error: link };
  return link.finish(await inflate(link.deflated, MAX_TEXT_BYTES));
}

async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes.slice()]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Inflates up to `limit` bytes; what is beyond is never expanded, for the stream is cancelled there. */
export async function inflate(bytes: Uint8Array, limit: number): Promise<Uint8Array | 'too-large' | 'damaged'> {
  const reader = new Blob([bytes.slice()]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > limit) {
        await reader.cancel();
        return 'too-large';
      }
      parts.push(value);
    }
  } catch {
    // The stream says TypeError for whatever is wrong with the data.
    return 'damaged';
  }
  return joined(parts, length);
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
