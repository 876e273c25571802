import { expect, test } from 'vitest';
import { crc32c } from '../../../../../src/engine/codec/crc32c.ts';
import { Bench } from '../run-tool.ts';

/** Sections of a report of a real cluster of 20.2.4, in their order. */
const SECTIONS =
  'cluster_fingerprint version commit timestamp tag health monmap_first_committed monmap_last_committed monmap quorum ' +
  'osdmap osd_metadata osdmap_clean_epochs osdmap_first_committed osdmap_last_committed crushmap fsmap ' +
  'mdsmap_first_committed mdsmap_last_committed auth num_pg num_pg_active num_pg_unknown num_osd pool_sum osd_sum ' +
  'osd_sum_by_class pool_stats osd_stats num_pg_by_state pool_pg_unavailable_map num_pg_by_osd purged_snaps servicemap ' +
  'mgrstat_first_committed mgrstat_last_committed logm_first_committed logm_last_committed paxos';

test('a report has the sections of a real one, and its checksum', () => {
  const bench = new Bench();
  bench.must('ceph osd pool create p 8');
  bench.must('rados -p p put a -', 'hello');
  bench.must('ceph osd set noout');
  const { stdout, stderr, code } = bench.run('ceph report some tag');
  expect(code).toBe(0);
  expect(stderr).toBe(`report ${crc32c(6789, Buffer.from(stdout))}\n`);
  const report = JSON.parse(stdout) as { num_pg: number; osdmap: object; crushmap: object };
  expect(Object.keys(report).join(' ')).toBe(SECTIONS);
  expect(report).toMatchObject({
    version: '20.2.4',
    commit: '7f793731f1b39eb4f465e960113d2363c311b964',
    tag: 'some',
    health: {
      status: 'HEALTH_WARN',
      checks: { OSDMAP_FLAGS: { summary: { count: 5 }, detail: [], muted: false } },
    },
    quorum: [0],
    osdmap_last_committed: bench.cluster.monitor.map().epoch,
    num_pg_active: report.num_pg,
    num_osd: 9,
    osd_sum: { num_osds: 9 },
    osd_sum_by_class: { hdd: { num_osds: 9 } },
    pool_pg_unavailable_map: [
      { poolid: '1', pgs: [] },
      { poolid: '2', pgs: [] },
    ],
    num_pg_by_state: [{ state: 'active+clean', num: report.num_pg }],
  });
  expect(Object.keys(report.osdmap).slice(0, 3)).toEqual(['epoch', 'fsid', 'created']);
  expect(Object.keys(report.crushmap)).toEqual(['devices', 'types', 'buckets', 'rules', 'tunables', 'choose_args']);
});

test('in XML its parts are called as there', () => {
  const xml = new Bench().must('ceph report -f xml');
  for (const part of [
    '<report><cluster_fingerprint>',
    '<quorum><mon>0</mon></quorum><osdmap><epoch>',
    '<osd_metadata><osd><id>0</id>',
    '<osdmap_clean_epochs><min_last_epoch_clean>0</min_last_epoch_clean><last_epoch_clean><per_pool></per_pool></last_epoch_clean><osd_epochs><osd><id>0</id>',
    '<osd_sum_by_class><hdd><up_from>0</up_from>',
    '<pool_stats><pool_stat><poolid>',
    '<osd_stats><osd_stat><osd>0</osd><seq>',
    '<num_pg_by_state><count><state>',
    '<pool_pg_unavailable_map><pool_pg_unavailable_map><poolid>1</poolid><pgs></pgs></pool_pg_unavailable_map>',
    '<num_pg_by_osd><count><osd>0</osd><num_primary_pg>',
    '<purged_snaps><pool><pool>1</pool><purged_snaps></purged_snaps></pool>',
    '<servicemap><epoch>1</epoch><modified>',
  ])
    expect(xml).toContain(part);
});
