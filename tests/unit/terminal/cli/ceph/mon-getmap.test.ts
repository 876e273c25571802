import { expect, test } from 'vitest';
import { encodeMonMap } from '../../../../../src/engine/mon/mon-map.ts';
import { Bench } from '../run-tool.ts';

/** What `ceph mon getmap` of a real cluster of 20.2.4 wrote, with its times as T (last changed, created) and U (added), its ports as P and Q. */
const RECORDED =
  '0a06df0000004a1e7ab05eed4cef80000000000c0ffe01000000TT010108000000ff0f008001000000010108000000000000' +
  '0000000000010000000100000061060160000000010000006102020000000101011c00000002000000000000001000000002' +
  '00PP7f00000100000000000000000101011c0000000100000000000000100000000200QQ7f00000100000000000000000000' +
  '000000000000U010000000100000061140000000001000000000000000000000000000000000002000000010000000200000' +
  '002000000';

test('the map of the monitors is, in binary, the one of a real cluster', () => {
  const { cluster } = new Bench();
  const map = { ...cluster.monitor.map(), fsid: '4a1e7ab0-5eed-4cef-8000-0000000c0ffe', created_us: 0x6b03dd71 * 1e6 };
  const time = '71dd036b00000000';
  const wanted = RECORDED.replace('TT', time + time)
    .replace('U', time)
    .replace('PP', '0ce4')
    .replace('QQ', '1a85');
  expect(Buffer.from(encodeMonMap(map)).toString('hex')).toBe(wanted);
});

test('there is one map of the monitors, and one monitor', () => {
  const bench = new Bench();
  expect(bench.run('ceph mon getmap 1').stderr).toBe('got monmap epoch 1\n');
  expect(bench.run('ceph mon getmap 2')).toEqual({
    code: 2,
    stdout: '',
    stderr: 'Error ENOENT: there is no map for epoch 2\n',
  });
  expect(bench.run('ceph mon add a 10.0.0.1')).toEqual({
    code: 17,
    stdout: '',
    stderr: 'Error EEXIST: mon.a already exists at address [v2:127.0.0.1:3300/0,v1:127.0.0.1:6789/0]\n',
  });
  expect(bench.run('ceph mon add b 10.0.0.1').code).toBe(95);
  expect(bench.run('ceph mon rm a').stderr).toBe('Error EINVAL: error: refusing removal of last monitor a\n');
});
