import { DEFAULT_TYPES } from '../../../engine/crush/build.ts';
import type { CrushMap } from '../../../engine/crush/crush-map.ts';
import { makeBucket } from '../../../engine/crush/edit/bucket.ts';
import { closeDraft, emptyMap, openDraft, placeBucket, setName } from '../../../engine/crush/edit/draft.ts';
import { insertDevices } from '../../../engine/crush/edit/insert-item.ts';
import { addSimpleRule } from '../../../engine/crush/edit/rules.ts';
import { finalized } from '../../../engine/crush/finalize.ts';
import { OPTIMAL_TUNABLES } from '../../../engine/crush/tunables.ts';
import { newPool } from '../../../engine/osdmap/build.ts';
import { NO_UUID, PLAIN_MAP, PLAIN_POOL } from '../../../engine/osdmap/extra.ts';
import { flagBits, flagNames, POOL_FLAGS, unnamedBits } from '../../../engine/osdmap/names.ts';
import type { OsdMap, PgPool } from '../../../engine/osdmap/osd-map.ts';
import type { Process } from '../../process.ts';
import { has, numberOf, type Request } from './arguments.ts';
import type { ConfSection } from './conf.ts';
import type { Conf } from './conf-file.ts';
import type { SettingName, Settings } from './settings.ts';
import { ToolError } from './tool-error.ts';

/** More OSDs than any map of ours can have. */
const MAX_OSDS = 100_000;
const DEFAULT_BITS = 6;

type Place = Readonly<Record<string, string>>;

interface NewOsd {
  readonly id: number;
  readonly name: string;
  readonly place: Place;
}

/** `--createsimple` and `--create-from-conf`. @ceph src/osd/OSDMap.cc OSDMap::build_simple_optioned — exact */
export function createMap(process: Process, request: Request, conf: Conf): OsdMap {
  const osds = has(request, 'createSimple') ? simpleOsds(request) : confOsds(conf);
  const maxOsd = has(request, 'createSimple') ? osds.length : osds.reduce((most, { id }) => Math.max(most, id), 0) + 1;
  const { settings } = request;
  const pool = has(request, 'withDefaultPool') ? [rbdPool(request, maxOsd || 1)] : [];
  const now_us = process.cluster.now_us();
  return {
    ...emptyOsdMap(),
    ...{ created_us: now_us, modified_us: now_us, poolMax: pool.length, maxOsd },
    pools: new Map(pool.map((each) => [each.id, each])),
    osds: Array.from({ length: maxOsd }, () => undefined),
    ...{ crush: crushOf(osds, settings), crushVersion: 1 },
    erasureCodeProfiles: new Map([['default', new Map(DEFAULT_PROFILE)]]),
  };
}

/** A map before anything is in it. */
export function emptyOsdMap(): OsdMap {
  return {
    ...{ fsid: NO_UUID, epoch: 0, created_us: 0, modified_us: 0, poolMax: -1, maxOsd: 0 },
    ...{ pools: new Map(), osds: [], pgTemp: new Map(), primaryTemp: new Map() },
    ...{ pgUpmap: new Map(), pgUpmapItems: new Map(), pgUpmapPrimaries: new Map() },
    ...{ crush: emptyMap(OPTIMAL_TUNABLES), crushVersion: 1, erasureCodeProfiles: new Map() },
    ...{ flags: [], requireMinCompatClient: 'unknown', minCompatClient: 'jewel', requireOsdRelease: 'unknown' },
    ...{ fullRatio: 0, backfillfullRatio: 0, nearfullRatio: 0, removedSnapsQueue: new Map() },
    extra: PLAIN_MAP,
  };
}

const DEFAULT_PROFILE: readonly [string, string][] = [
  ['k', '2'],
  ['m', '2'],
  ['plugin', 'isa'],
  ['technique', 'reed_sol_van'],
];

function simpleOsds(request: Request): NewOsd[] {
  const count = numberOf(request, 'createSimple', 0);
  if (count < 1) throw new ToolError('osdmaptool: osd count must be > 0\n');
  if (count > MAX_OSDS) throw new ToolError(`osdmaptool: ${count} OSDs are too many\n`);
  const place = { host: 'localhost', rack: 'localrack', root: 'default' };
  return Array.from({ length: count }, (_, id) => ({ id, name: `osd.${id}`, place }));
}

function confOsds(sections: Conf): NewOsd[] {
  const general = sections.get('osd') ?? new Map<string, string>();
  return [...sections].flatMap(([name, section]) => {
    const [, digits] = /^osd\.(\d{1,9})$/.exec(name) ?? [];
    if (digits === undefined) return [];
    if (Number(digits) > MAX_OSDS) throw new ToolError(`osdmaptool: [${name}] is beyond ${MAX_OSDS}\n`);
    return [{ id: Number(digits), name, place: placeOf(section, general) }];
  });
}

function placeOf(section: ConfSection, general: ConfSection): Place {
  const value = (name: string) => section.get(name) ?? general.get(name) ?? '';
  const upper = ['row', 'room', 'datacenter'].filter((name) => value(name) !== '');
  return {
    ...Object.fromEntries(upper.map((name) => [name, value(name)])),
    host: value('host') || 'unknownhost',
    rack: value('rack') || 'unknownrack',
    root: 'default',
  };
}

const ROOT_TYPE = DEFAULT_TYPES.indexOf('root');

function crushOf(osds: readonly NewOsd[], settings: Settings): CrushMap {
  const draft = openDraft(emptyMap(OPTIMAL_TUNABLES));
  for (const [type, name] of DEFAULT_TYPES.entries()) draft.types.set(type, name);
  placeBucket(draft, makeBucket(draft, { id: -1, type: ROOT_TYPE, alg: 'straw2', items: [], weights: [] }));
  setName(draft, -1, 'default');
  for (const run of runsOf(osds)) insertDevices(draft, run, 1, new Map(Object.entries(run[0]?.place ?? {})));
  const failureDomain = DEFAULT_TYPES[settings.number('osd_crush_chooseleaf_type')] ?? 'host';
  const rule = { name: 'replicated_rule', root: 'default', failureDomain, deviceClass: '', mode: 'firstn' };
  return finalized(addSimpleRule(closeDraft(draft), { ...rule, type: 'replicated' }));
}

/** OSDs that stand beside each other at the same place. */
function runsOf(osds: readonly NewOsd[]): NewOsd[][] {
  const runs: NewOsd[][] = [];
  for (const osd of osds) {
    const run = runs.at(-1);
    if (run?.[0]?.place === osd.place) run.push(osd);
    else runs.push([osd]);
  }
  return runs;
}

const FLAGS = ['hashpspool', 'nodelete', 'nopgchange', 'nosizechange', 'bulk'] as const;

function rbdPool({ numbers, settings }: Request, base: number): PgPool {
  const pgBits = numbers.get('pgBits') ?? DEFAULT_BITS;
  const pgpBits = Math.min(pgBits, numbers.get('pgpBits') ?? DEFAULT_BITS);
  const size = settings.number('osd_pool_default_size');
  const minSize = settings.number('osd_pool_default_min_size');
  const mode = settings.text('osd_pool_default_pg_autoscale_mode');
  const named = FLAGS.filter((flag) => settings.isOn(`osd_pool_default_flag_${flag}` satisfies SettingName));
  const bits = (flagBits(named, POOL_FLAGS) | settings.number('osd_pool_default_flags')) >>> 0;
  const [pgNum, pgpNum] = [shifted(base, pgBits), shifted(base, pgpBits)];
  return {
    ...newPool({ id: 1, name: 'rbd', pgNum, size, epoch: 0, now_us: 0 }),
    ...{ pgpNum, pgpNumTarget: pgpNum, autoscaleMode: mode === 'on' || mode === 'warn' ? mode : 'off' },
    ...(minSize > 0 ? { minSize: Math.min(minSize, size) } : {}),
    flags: flagNames(bits, POOL_FLAGS),
    applications: new Map([['rbd', new Map<string, string>()]]),
    extra: {
      ...PLAIN_POOL,
      flagBits: unnamedBits(bits, POOL_FLAGS),
      ...{ cacheTargetDirtyRatio_micro: 0, cacheTargetDirtyHighRatio_micro: 0, cacheTargetFullRatio_micro: 0 },
    },
  };
}

/** More PGs than maps are read with. */
const MAX_PG_NUM = 1 << 20;

function shifted(base: number, bits: number): number {
  const count = base * 2 ** bits;
  if (Number.isInteger(count) && count <= MAX_PG_NUM) return count;
  throw new ToolError(`osdmaptool: a pool cannot have ${count} PGs\n`);
}
