import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CrushMap } from '../../../../src/engine/crush/crush-map.ts';
import { decodeCrushMap } from '../../../../src/engine/crush/decode.ts';
import { fixedWeight } from '../../../../src/engine/crush/fixed.ts';
import { crushHash32of2 } from '../../../../src/engine/crush/hash.ts';
import { mapInputs } from '../../../../src/engine/crush/map-inputs.ts';
import { doRule } from '../../../../src/engine/crush/mapper.ts';
import { installSimdCore } from '../../../../src/engine/crush/simd-core.ts';

const CASES = new URL('../../../conformance/placement/', import.meta.url);

function unpack(name: string): Buffer {
  return gunzipSync(readFileSync(new URL(name, CASES)));
}

/** In/out weights as the recording tool sets them: 1 for devices of the map, 0 for the rest, and those it was given. */
function weightsOf(map: CrushMap, argumentsText: string): Uint32Array {
  const placed = new Set([...map.buckets.values()].flatMap((bucket) => bucket.items));
  const weights = Uint32Array.from({ length: map.maxDevices }, (_, id) => (placed.has(id) ? 0x10000 : 0));
  for (const [, id, weight] of argumentsText.matchAll(/--weight (\d+) ([\d.]+)/g)) {
    weights[Number(id)] = fixedWeight(Number(weight));
  }
  return weights;
}

function option(argumentsText: string, name: string): number | undefined {
  const match = new RegExp(`--${name} (\\d+)`).exec(argumentsText);
  return match === null ? undefined : Number(match[1]);
}

/** The same by the SIMD core, where that does such maps. */
function byCore(map: CrushMap, ruleId: number, x: number, size: number, weights: Uint32Array): number[] {
  const { items, lengths } = mapInputs({ map, ruleId, inputs: Int32Array.of(x), size, weights, chooseArgs: 0 });
  return [...items.subarray(0, lengths[0])];
}

beforeAll(installSimdCore);

/** Blocks of `$ crushtool … --test ARGUMENTS` and the mappings that it printed. */
function checkBlock(map: CrushMap, block: string): number {
  const [argumentsText = '', ...lines] = block.split('\n');
  const weights = weightsOf(map, argumentsText);
  const size = option(argumentsText, 'num-rep') ?? 0;
  const pool = option(argumentsText, 'pool-id');
  const mappings = lines.filter((line) => line.startsWith('CRUSH rule'));
  const answers = mappings.map((line) => {
    const [, rule, x] = /^CRUSH rule (\d+) x (\d+)/.exec(line) ?? [];
    const input = pool === undefined ? Number(x) : crushHash32of2(Number(x), pool);
    const found = doRule(map, Number(rule), input, size, weights, 0);
    expect(byCore(map, Number(rule), input, size, weights)).toEqual(found);
    return `CRUSH rule ${rule} x ${x} [${found}]`;
  });
  expect(answers, argumentsText).toEqual(mappings);
  return mappings.length;
}

describe('crushtool --test of the release maps as we do', () => {
  const cases = readdirSync(CASES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  test.each(cases.map((entry) => entry.name))('%s', (name) => {
    const map = decodeCrushMap(unpack(`${name}/crushmap.bin.gz`));
    const blocks = unpack(`${name}/crush_tests.txt.gz`).toString().split('\n$ ');
    const checked = blocks.reduce((sum, block) => sum + checkBlock(map, block), 0);
    expect(checked).toBeGreaterThan(0);
  });
});
