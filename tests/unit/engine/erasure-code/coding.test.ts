import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bitCode } from '../../../../src/engine/erasure-code/bit-code.ts';
import {
  bitsOfMatrix,
  blaumRothBits,
  liber8tionBits,
  liberationBits,
} from '../../../../src/engine/erasure-code/bit-matrix.ts';
import type { ChunkCode } from '../../../../src/engine/erasure-code/chunk-code.ts';
import {
  cauchyGood,
  cauchyOriginal,
  isaCauchy,
  isaVandermonde,
  reedSolomonRaid6,
  reedSolomonVandermonde,
} from '../../../../src/engine/erasure-code/coding-matrix.ts';
import { wordCode } from '../../../../src/engine/erasure-code/word-code.ts';
import { chunksOf, inputBytes } from './samples.ts';

interface Sample {
  readonly plugin: string;
  readonly technique: string;
  readonly k: number;
  readonly m: number;
  readonly w: number;
  readonly packetsize: number;
  readonly size: number;
  readonly coding: readonly string[];
}

const SAMPLES: Sample[] = readFileSync(new URL('../../../conformance/erasure/coding.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

function codeOf({ plugin, technique, k, m, w, packetsize }: Sample): ChunkCode {
  if (plugin === 'isa') return wordCode(k, technique === 'cauchy' ? isaCauchy(k, m) : isaVandermonde(k, m), 8);
  switch (technique) {
    case 'reed_sol_van':
      return wordCode(k, reedSolomonVandermonde(k, m, w), w);
    case 'reed_sol_r6_op':
      return wordCode(k, reedSolomonRaid6(k, w), w);
    case 'cauchy_orig':
      return bitCode(k, bitsOfMatrix(cauchyOriginal(k, m, w), w), w, packetsize);
    case 'cauchy_good':
      return bitCode(k, bitsOfMatrix(cauchyGood(k, m, w), w), w, packetsize);
    case 'liberation':
      return bitCode(k, liberationBits(k, w), w, packetsize);
    case 'blaum_roth':
      return bitCode(k, blaumRothBits(k, w), w, packetsize);
    default:
      return bitCode(k, liber8tionBits(k), w, packetsize);
  }
}

describe('coding chunks, byte for byte as the real plugins compute them', () => {
  for (const name of [...new Set(SAMPLES.map(({ plugin, technique }) => `${plugin} ${technique}`))]) {
    const samples = SAMPLES.filter(({ plugin, technique }) => `${plugin} ${technique}` === name);
    it(`${name}: ${samples.length} recorded samples`, () => {
      for (const sample of samples) {
        const data = chunksOf(inputBytes(sample.k * sample.size), sample.size);
        const coding = codeOf(sample).encode(data);
        const hashes = coding.map((chunk) => createHash('sha256').update(chunk).digest('hex').slice(0, 16));
        expect(hashes, `k=${sample.k} m=${sample.m} w=${sample.w}`).toEqual(sample.coding);
      }
    });
  }
});
