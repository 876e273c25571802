import { NOSNAP } from '../../codec/snap.ts';
import { pgShardText } from '../../os/shard-id.ts';
import type { PgPool } from '../../osdmap/osd-map.ts';
import { compareVersions } from '../pg.ts';
import type { ShardError } from './found.ts';
import { hobjectText } from './object-text.ts';
import { hasHashInfo, type ScannedCopy, sameBytes } from './scan-copy.ts';

/** The copy that the others are held against, and what was found on the way to it. */
export interface Selection {
  readonly auth: ScannedCopy | null;
  /** Errors of each copy, by its OSD and shard. */
  readonly errors: ReadonlyMap<number, Set<ShardError>>;
  /** All copies that were looked at have the same bytes as the one selected. */
  readonly digestsMatch: boolean;
  readonly lines: readonly string[];
}

const FAULT_TEXTS: readonly (readonly [ShardError, string])[] = [
  ['read_error', 'candidate had a read error'],
  ['ec_hash_error', 'candidate had an ec hash mismatch'],
  ['ec_size_error', 'candidate had an ec size mismatch'],
];

/**
 * Chooses the copy that is most likely right: of those without fault the newest, the primary's before others'. [SC4]
 *
 * @param copies in order of OSD
 * @ceph src/osd/scrubber/scrub_backend.cc select_auth_object, possible_auth_shard — exact: what cannot be decoded does not come up
 */
export function selectCopy(pool: PgPool, pgid: string, copies: readonly ScannedCopy[]): Selection {
  const errors = new Map<number, Set<ShardError>>();
  const lines: string[] = [];
  let auth: ScannedCopy | null = null;
  let digestsMatch = true;
  const order = [...copies.filter(({ isPrimary }) => isPrimary), ...copies.filter(({ isPrimary }) => !isPrimary)];
  for (const copy of order) {
    const { found, texts } = faultsOf(pool, copy);
    errors.set(copy.id, new Set(found));
    if (auth?.isDigested && copy.isDigested && !sameBytes(auth.onode.data, copy.onode.data)) digestsMatch = false;
    if (texts.length > 0) {
      const soid = hobjectText(pool.id, copy.onode.hoid);
      lines.push(`${pgid} shard ${pgShardText(copy.id)} soid ${soid} : ${texts.join(', ')}`);
    } else if (auth === null || compareVersions(copy.onode.info.version, auth.onode.info.version) > 0) auth = copy;
  }
  return { auth, errors, digestsMatch, lines };
}

function faultsOf(pool: PgPool, copy: ScannedCopy): { found: ShardError[]; texts: string[] } {
  const { faults, onode, size, toldSize } = copy;
  const known = FAULT_TEXTS.filter(([fault]) => faults.includes(fault));
  const found = known.map(([fault]) => fault);
  const texts = known.map(([, text]) => text);
  const lacks = onode.damage?.lacks ?? [];
  if (onode.hoid.snap === NOSNAP && lacks.includes('snapset')) {
    found.push('snapset_missing');
    texts.push('candidate had a missing snapset key');
  }
  if (hasHashInfo(pool) && lacks.includes('hinfo_key')) {
    found.push('hinfo_missing');
    texts.push('candidate had a missing hinfo key');
  }
  if (lacks.includes('_')) {
    found.push('info_missing');
    return { found, texts: [...texts, 'candidate had a missing info key'] };
  }
  if (size !== toldSize) {
    found.push('obj_size_info_mismatch');
    texts.push(`candidate size ${size} info size ${toldSize} mismatch`);
  }
  return { found, texts };
}
