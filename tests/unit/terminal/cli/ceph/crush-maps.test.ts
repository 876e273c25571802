import { expect, test } from 'vitest';
import { mapperOf } from '../../../../../src/engine/osdmap/pg-mapper.ts';
import { Bench } from '../run-tool.ts';

test('a CRUSH map goes out to a file, through crushtool, and in again', () => {
  const bench = new Bench();
  const version = bench.cluster.monitor.map().crushVersion;
  expect(bench.run('ceph osd getcrushmap -o cm.bin').stderr).toBe(`${version}\n`);
  bench.must('crushtool -i cm.bin --reweight-item osd.1 2.0 -o new.bin');
  expect(bench.run('ceph osd setcrushmap 1 -i new.bin').stderr).toBe(
    `Error EPERM: prior_version 1 != crush version ${version}\n`,
  );
  expect(bench.run(`ceph osd setcrushmap ${version} -i new.bin`).stderr).toBe(`${version + 1}\n`);
  expect(bench.must('ceph osd tree')).toMatch(/ 2\.00000 +osd\.1 /);
  // The same once more is a message sent twice.
  expect(bench.run(`ceph osd setcrushmap ${version} -i new.bin`).stderr).toBe(`${version + 1}\n`);
  expect(bench.cluster.monitor.map().crushVersion).toBe(version + 1);
});

test('a CRUSH map without a rule that a pool needs is refused', () => {
  const bench = new Bench();
  bench.must('crushtool --build --num_osds 9 -o empty.bin host straw2 3 root straw2 0');
  bench.must('crushtool -i empty.bin --remove-rule replicated_rule -o none.bin');
  const { code, stderr } = bench.run('ceph osd setcrushmap -i none.bin');
  expect({ code, stderr }).toEqual({
    code: 22,
    stderr: 'Error EINVAL: pool 1 references crush_rule 0 but it is not present\n',
  });
});

test('files that cannot be read or made are told as Python tells them', () => {
  const bench = new Bench();
  expect(bench.run('ceph osd getcrushmap -o nodir/cm.bin')).toEqual({
    code: 1,
    stdout: '',
    stderr: "Can't open output file nodir/cm.bin: [Errno 2] No such file or directory: 'nodir/cm.bin'\n",
  });
  expect(bench.run('ceph osd setcrushmap -i nofile').stderr).toBe(
    "Can't open input file nofile: [Errno 2] No such file or directory: 'nofile'\n",
  );
});

test('an OSD that is taken in gets the weight back that it had', () => {
  const bench = new Bench();
  bench.must('ceph osd reweight 1 0.5');
  bench.must('ceph osd out 1');
  bench.must('ceph osd in 1');
  expect(bench.cluster.monitor.map().osds[1]?.weight).toBe(0x8000);
  expect(bench.run('ceph osd in all')).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('weights of several OSDs are set at once, or none is', () => {
  const bench = new Bench();
  expect(bench.run(`ceph osd reweightn {'0':'32768','3':'0'}`).code).toBe(0);
  expect(
    bench.cluster.monitor
      .map()
      .osds.slice(0, 4)
      .map((osd) => osd?.weight),
  ).toEqual([0x8000, 0x10000, 0x10000, 0]);
  for (const wrong of ['abc', "{'0':32768}", "{'x':'1'}", '[]'])
    expect(bench.run(`ceph osd reweightn ${wrong}`).stderr).toBe(
      `Error EINVAL: unable to parse 'weights' value '${wrong}'\n`,
    );
  expect(bench.run(`ceph osd reweightn {'0':'1','77':'1'}`).code).toBe(2);
  expect(bench.cluster.monitor.map().osds[0]?.weight).toBe(0x8000);
});

test('an upmap moves a PG, and goes when the rule no longer allows it', () => {
  const bench = new Bench();
  bench.must('ceph osd pool create p 8');
  const upOf = () => {
    const map = bench.cluster.monitor.map();
    const pool = map.pools.get(2);
    return pool === undefined ? [] : mapperOf(map).get(pool, 0).up;
  };
  const [first = 0] = upOf();
  const neighbour = first - (first % 3) + ((first + 1) % 3);
  bench.must(`ceph osd pg-upmap-items 2.0 ${first} ${neighbour}`);
  expect(upOf()[0]).toBe(neighbour);
  bench.must(`ceph osd crush move osd.${neighbour} root=default host=elsewhere`);
  expect(bench.cluster.monitor.map().pgUpmapItems.size).toBe(1);
  const other = upOf()[1] ?? 0;
  bench.must(`ceph osd crush move osd.${neighbour} host=ceph${Math.floor(other / 3) + 1}`);
  expect(bench.cluster.monitor.map().pgUpmapItems.size).toBe(0);
});
