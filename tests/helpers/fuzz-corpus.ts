import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { FuzzCorpus } from './map-fuzz.ts';

/** Larger files take longer without meaning more. */
const MAX_BYTES = 20_000;

/** What was recorded of real clusters, from the folder tests/conformance. */
export function fuzzCorpus(conformance: string): FuzzCorpus {
  const cases = readdirSync(`${conformance}/placement`, { withFileTypes: true }).filter((each) => each.isDirectory());
  const unpacked = (path: string) => gunzipSync(readFileSync(`${conformance}/${path}`));
  const all = (name: string) =>
    cases
      .filter((each) => readdirSync(`${conformance}/placement/${each.name}`).includes(`${name}.gz`))
      .map((each) => new Uint8Array(unpacked(`placement/${each.name}/${name}.gz`)))
      .filter((bytes) => bytes.length <= MAX_BYTES);
  const { epochs } = JSON.parse(String(unpacked('incremental/sequence.json.gz')));
  const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
  // The recorded file holds pairs of base64 texts.
  const sequence = epochs as readonly { readonly incremental: string; readonly full: string }[];
  return {
    osdmaps: [...all('osdmap.bin'), ...sequence.slice(20, 73).map(({ full }) => bytesOf(full))],
    incrementals: sequence.slice(1).map(({ incremental }, at) => {
      return { bytes: bytesOf(incremental), before: bytesOf(sequence[at]?.full ?? '') };
    }),
    crushmaps: all('crushmap.bin'),
    texts: all('crush.txt').map((bytes) => Buffer.from(bytes).toString('latin1')),
  };
}
