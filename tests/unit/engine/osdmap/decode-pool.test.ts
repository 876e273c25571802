import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bytesOfHex } from '../../../../src/engine/base/bytes.ts';
import { CephError } from '../../../../src/engine/base/errno.ts';
import { Decoder } from '../../../../src/engine/codec/denc.ts';
import { decodeCrushMap } from '../../../../src/engine/crush/decode.ts';
import { decodeOsdMap } from '../../../../src/engine/osdmap/decode.ts';
import { decodePool } from '../../../../src/engine/osdmap/decode-pool.ts';

interface Recorded {
  readonly tests: readonly { readonly hex: string; readonly json: Record<string, unknown> }[];
}

function recorded(type: string): Recorded['tests'] {
  const file = new URL(`../../../conformance/dencoder/${type}.json`, import.meta.url);
  const { tests }: Recorded = JSON.parse(readFileSync(file, 'utf8'));
  return tests;
}

test('pools read as the release reads them', () => {
  for (const { hex, json } of recorded('pg_pool_t')) {
    const pool = decodePool(new Decoder(bytesOfHex(hex)), 5, 'p');
    expect({
      flags_names: pool.flags.join(','),
      size: pool.size,
      min_size: pool.minSize,
      crush_rule: pool.crushRule,
      pg_num: pool.pgNum,
      pg_placement_num: pool.pgpNum,
      pg_num_target: pool.pgNumTarget,
      pg_placement_num_target: pool.pgpNumTarget,
      last_change: String(pool.lastChange),
      last_force_op_resend_preluminous: String(pool.lastForceResend),
      snap_seq: pool.snapSeq,
      snap_epoch: pool.snapEpoch,
      quota_max_bytes: pool.quotaMaxBytes,
      quota_max_objects: pool.quotaMaxObjects,
      erasure_code_profile: pool.erasureCodeProfile,
      stripe_width: pool.stripeWidth,
      options: Object.fromEntries(pool.options),
      removed_snaps: `[${pool.removedSnaps.map(({ off, len }) => `${off.toString(16)}~${len.toString(16)}`)}]`,
      create_time: `${(pool.created_us / 1e6).toFixed(6)}`,
      application_metadata: Object.fromEntries(
        [...pool.applications].map(([app, of]) => [app, Object.fromEntries(of)]),
      ),
    }).toEqual(expect.objectContaining(picked(json)));
    expect(pool.snaps.map(({ id, name }) => ({ id, name }))).toEqual(snapsOf(json));
  }
});

const COMPARED = [
  ...['flags_names', 'size', 'min_size', 'crush_rule', 'pg_num', 'pg_placement_num', 'pg_num_target', 'options'],
  ...[
    'pg_placement_num_target',
    'last_change',
    'last_force_op_resend_preluminous',
    'snap_seq',
    'snap_epoch',
    'stripe_width',
  ],
  ...['quota_max_bytes', 'quota_max_objects', 'erasure_code_profile', 'removed_snaps', 'application_metadata'],
];

function picked(json: Record<string, unknown>): Record<string, unknown> {
  const create_time = String(json.create_time).startsWith('0.') ? '0.000000' : json.create_time;
  return { ...Object.fromEntries(COMPARED.map((key) => [key, json[key]])), create_time };
}

function snapsOf(json: Record<string, unknown>): unknown[] {
  const snaps = json.pool_snaps;
  return Array.isArray(snaps) ? snaps.map((snap) => ({ id: snap.snapid, name: snap.name })) : [];
}

test('OSD maps of the test instances read with their pools, flags and OSDs', () => {
  for (const { hex, json } of recorded('OSDMap')) {
    const map = decodeOsdMap(bytesOfHex(hex));
    expect({ epoch: map.epoch, max_osd: map.maxOsd, flags: map.flags.join(',') }).toEqual({
      epoch: json.epoch,
      max_osd: json.max_osd,
      flags: json.flags,
    });
    expect(map.osds.length).toBe(map.maxOsd);
  }
});

test('an empty CRUSH map reads', () => {
  const [first] = recorded('CrushWrapper');
  expect(decodeCrushMap(bytesOfHex(first?.hex ?? '')).buckets.size).toBe(0);
});

test('counts that the bytes cannot hold are refused at once', () => {
  const bytes = bytesOfHex('00000100 ffffff7f ffffff7f 01000000');
  expect(() => decodeCrushMap(bytes)).toThrow(CephError);
  expect(() => decodeCrushMap(bytes)).toThrow(/at byte 4: 2147483647 places/);
  expect(() => decodeCrushMap(bytesOfHex('ff000100'))).toThrow(/not a CRUSH map/);
});
