import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { CRUSH_ITEM_NONE } from '../../../../src/engine/crush/crush-map.ts';
import { nameOf, walkTree } from '../../../../src/engine/crush/tree.ts';
import { decodeOsdMap } from '../../../../src/engine/osdmap/decode.ts';
import type { OsdMap } from '../../../../src/engine/osdmap/osd-map.ts';
import { parsePgId } from '../../../../src/engine/osdmap/pg-id.ts';
import { PgMapper } from '../../../../src/engine/osdmap/pg-mapper.ts';
import { type PgTable, pgTableOf } from '../../../../src/engine/osdmap/pg-table.ts';
import { listAt, mappingAt } from '../../../../src/engine/osdmap/pool-table.ts';
import { strayOsds } from '../../../../src/engine/osdmap/strays.ts';

const CASES = new URL('../../../conformance/placement/', import.meta.url);
const names = readdirSync(CASES, { withFileTypes: true }).filter((entry) => entry.isDirectory());

function casesWith(file: string): string[] {
  return names.map((entry) => entry.name).filter((name) => existsSync(new URL(`${name}/${file}`, CASES)));
}

function unpack(name: string): Buffer {
  return gunzipSync(readFileSync(new URL(name, CASES)));
}

function show(osds: readonly number[], primary: number): string {
  return `([${osds}], p${primary})`;
}

/** The line that `osdmaptool --test-map-pgs-dump-all` prints for a PG. */
function lineOf(map: OsdMap, mapper: PgMapper, pg: string): string {
  const id = parsePgId(pg);
  const pool = map.pools.get(id?.pool ?? -1);
  if (id === undefined || pool === undefined) return 'no such pool';
  const raw = mapper.rawOsds(pool, id.seed);
  const { up, upPrimary, acting, actingPrimary } = mapper.get(pool, id.seed);
  const rawPrimary = raw.find((osd) => osd !== CRUSH_ITEM_NONE) ?? -1;
  return `${pg} raw ${show(raw, rawPrimary)} up ${show(up, upPrimary)} acting ${show(acting, actingPrimary)}`;
}

/** The same line out of the table of all PGs. */
function tableLineOf(table: PgTable, pg: string): string {
  const id = parsePgId(pg);
  const rows = table.pools.get(id?.pool ?? -1);
  if (id === undefined || rows === undefined) return 'no such pool';
  const raw = listAt(rows, rows.raw, id.seed);
  const { up, upPrimary, acting, actingPrimary } = mappingAt(rows, id.seed);
  const rawPrimary = raw.find((osd) => osd !== CRUSH_ITEM_NONE) ?? -1;
  return `${pg} raw ${show(raw, rawPrimary)} up ${show(up, upPrimary)} acting ${show(acting, actingPrimary)}`;
}

describe('every PG of the recorded OSD maps is mapped as recorded', () => {
  test.each(casesWith('osdmap.bin.gz'))('%s', (name) => {
    const map = decodeOsdMap(unpack(`${name}/osdmap.bin.gz`));
    const mapper = new PgMapper(map);
    const wanted =
      unpack(`${name}/pgs_all.txt.gz`)
        .toString()
        .match(/^\d+\.[0-9a-f]+ raw .*$/gm) ?? [];
    expect(wanted.length).toBeGreaterThan(90);
    expect(wanted.map((line) => lineOf(map, mapper, line.split(' ')[0] ?? ''))).toEqual(wanted);
    const table = pgTableOf(map);
    expect(wanted.map((line) => tableLineOf(table, line.split(' ')[0] ?? ''))).toEqual(wanted);
  });
});

describe('the tree is walked in the order in which it was printed', () => {
  test.each(casesWith('tree.txt.gz'))('%s', (name) => {
    const map = decodeOsdMap(unpack(`${name}/osdmap.bin.gz`));
    const { crush } = map;
    const lines = unpack(`${name}/tree.txt.gz`).toString().trimEnd().split('\n').slice(1);
    const printed = lines.flatMap((line) => {
      const match = /^ *(-?\d+) +(?:\S+ +)?(0|\d+\.\d{5}) +(?:\S+ )? *(?:\S+ )?(\S+)(?: +(?:up|down|DNE).*)? *$/.exec(
        line,
      );
      return match === null ? [] : [`${match[1]} ${match[3]} ${Number(match[2])}`];
    });
    const walked = walkTree(crush).map(
      (node) => `${node.id} ${nameOf(crush, node.id)} ${Number(node.weight.toFixed(5))}`,
    );
    const strays = strayOsds(map).map((id) => `${id} osd.${id} 0`);
    expect([...walked, ...strays]).toEqual(printed);
  });
});
