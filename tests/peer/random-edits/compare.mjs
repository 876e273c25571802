/** What differs from one cluster to the next without anything being different: dates, epochs, addresses. */
const MASKED = new Set([
  'epoch',
  'fsid',
  'created',
  'modified',
  'last_up_change',
  'last_in_change',
  'uuid',
  'up_from',
  'up_thru',
  'down_at',
  'last_clean_begin',
  'last_clean_end',
  'public_addrs',
  'cluster_addrs',
  'heartbeat_back_addrs',
  'heartbeat_front_addrs',
  'public_addr',
  'cluster_addr',
  'heartbeat_back_addr',
  'heartbeat_front_addr',
  'down_stamp',
  'laggy_probability',
  'laggy_interval',
  'features',
  'last_purged_snaps_scrub',
  'dead_epoch',
  'create_time',
  'last_change',
  'last_force_op_resend',
  'last_force_op_resend_prenautilus',
  'last_force_op_resend_preluminous',
  'last_pg_merge_meta',
  'pg_temp',
]);

/** What depends on where PGs are for the time being. */
const ACTING = new Set(['score_acting', 'raw_score_acting']);

/** JSON, a member on each line, without what {@link MASKED} names. @param {string} text @param {boolean} moving */
export function maskedJson(text, moving) {
  const isMasked = (/** @type {string} */ key) => MASKED.has(key) || (moving && ACTING.has(key));
  try {
    return JSON.stringify(JSON.parse(text), (key, value) => (isMasked(key) ? '…' : value), 1);
  } catch {
    return text;
  }
}

/** The placement of PGs alone; while they move, without where they are meanwhile. @param {string} text @param {boolean} moving */
export function placementLines(text, moving) {
  const lines = text.split('\n').filter((line) => /^(\d+\.[0-9a-f]+|pool \d+ pg_num \d+)/.test(line));
  return (moving ? lines.map((line) => line.replace(/ acting .*/, '')) : lines).join('\n');
}

/** True where PGs are elsewhere than they are to be. @param {string} dump */
export function isMoving(dump) {
  return /"pg_temp":\[\{/.test(dump);
}

/** The lines that only one of two texts has, at most so many. @param {string} real @param {string} ours */
export function difference(real, ours, most = 12) {
  const [a, b] = [real.split('\n'), ours.split('\n')];
  const lines = [];
  for (let at = 0; at < Math.max(a.length, b.length) && lines.length < most; at++) {
    if (a[at] === b[at]) continue;
    lines.push(`    real: ${a[at] ?? '(nothing)'}`, `    ours: ${b[at] ?? '(nothing)'}`);
  }
  return lines.join('\n');
}
