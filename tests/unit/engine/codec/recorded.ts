import { readFileSync } from 'node:fs';
import { bytesOfHex } from '../../../../src/engine/base/bytes.ts';

/** Encodings recorded from a real cluster, or made by ceph-dencoder, with the JSON that it prints for them. */
export interface RecordedEncoding {
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly json: Record<string, unknown>;
}

export interface RecordedValue {
  readonly scenario: string;
  readonly step: number;
  readonly oid: string;
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

export interface RecordedData {
  readonly scenario: string;
  readonly step: number;
  readonly oid: string;
  readonly data: Uint8Array;
}

function load(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../conformance/dencoder/${name}.json`, import.meta.url), 'utf8'));
}

/** What ceph-dencoder made of a type's test instances. */
export function dencoderTests(name: string): RecordedEncoding[] {
  // The file's form stands in the README of the recorded data.
  const file = load(name) as { type: string; tests: { hex: string; json: Record<string, unknown> }[] };
  return file.tests.map(({ hex, json }) => ({ type: file.type, bytes: bytesOfHex(hex), json }));
}

/** What was met in transcripts. */
export function foundEncodings(type: string): RecordedEncoding[] {
  const file = load('found') as { type: string; hex: string; json: Record<string, unknown> }[];
  return file.filter((one) => one.type === type).map(({ hex, json }) => ({ type, bytes: bytesOfHex(hex), json }));
}

interface ObjectsFile {
  readonly omap: { scenario: string; step: number; oid: string; key: string; value: string }[];
  readonly data: { scenario: string; step: number; oid: string; data: string }[];
}

export function recordedOmap(): RecordedValue[] {
  const file = load('recorded-objects') as ObjectsFile;
  return file.omap.map((one) => ({ ...one, key: bytesOfHex(one.key), value: bytesOfHex(one.value) }));
}

export function recordedData(): RecordedData[] {
  const file = load('recorded-objects') as ObjectsFile;
  return file.data.map((one) => ({ ...one, data: bytesOfHex(one.data) }));
}
