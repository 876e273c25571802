import { beforeAll, describe, expect, test } from 'vitest';
import { TestMachine } from '../../helpers/machine.ts';

/** Object names of a pool, sorted. */
function objects(machine: TestMachine, pool: string): string[] {
  return machine.must(`rados -p ${pool} ls | sort`).trimEnd().split('\n');
}

/** The bytes of a dump as hexdump -C shows them, by its key. */
function valuesOf(listing: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const part of listing.split('\n\n')) {
    const [key = '', , ...rows] = part.trim().split('\n');
    if (key !== '')
      values.set(
        key,
        rows
          .map((row) => row.slice(10, 58).trim().replace(/ +/g, ' '))
          .join(' ')
          .trim(),
      );
  }
  return values;
}

/** The ids of the first text's listings. */
const IMAGE_100 = 'a89c2ae8944a';
const IMAGE_101 = 'a9532ae8944a';
const CLONE = '89903d1b58ba';

describe('the text on pools, images, snapshots and clones, with the options of today', () => {
  const machine = new TestMachine();
  const run = (line: string): string => machine.must(line);

  beforeAll(() => machine.cluster.nextIds.push(IMAGE_100, IMAGE_101, CLONE));

  test('an image of 100 GiB is a handful of objects, and none of them is data', () => {
    run('ceph osd pool create pool100 128');
    run('rbd create -p pool100 image1 --size 102400 --image-format 2 --image-feature layering');
    expect(run('rbd list pool100')).toBe('image1\n');
    const listed = objects(machine, 'pool100');
    expect(listed).toEqual(expect.arrayContaining(['rbd_directory', `rbd_header.${IMAGE_100}`, 'rbd_id.image1']));
    expect(listed.filter((name) => name.startsWith('rbd_data'))).toEqual([]);
  });

  test('the directory holds name and id, both ways', () => {
    const values = valuesOf(run('rados -p pool100 listomapvals rbd_directory'));
    expect(values.get(`id_${IMAGE_100}`)).toBe('06 00 00 00 69 6d 61 67 65 31');
    expect(values.get('name_image1')).toBe('0c 00 00 00 61 38 39 63 32 61 65 38 39 34 34 61');
  });

  test('the header holds what rbd info says', () => {
    const values = valuesOf(run(`rados -p pool100 listomapvals rbd_header.${IMAGE_100}`));
    expect(values.get('features')).toBe('01 00 00 00 00 00 00 00');
    expect(values.get('object_prefix')).toBe(
      '15 00 00 00 72 62 64 5f 64 61 74 61 2e 61 38 39 63 32 61 65 38 39 34 34 61',
    );
    expect(values.get('order')).toBe('16');
    expect(values.get('size')).toBe('00 00 00 00 19 00 00 00');
    expect(values.get('snap_seq')).toBe('00 00 00 00 00 00 00 00');
    const info = run('rbd -p pool100 info image1');
    expect(info).toContain('size 100 GiB in 25600 objects');
    expect(info).toContain('order 22 (4 MiB objects)');
    expect(info).toContain(`block_name_prefix: rbd_data.${IMAGE_100}`);
    expect(info).toMatch(/^\tfeatures: layering$/m);
  });

  test('8 MiB written to the mapped image are two data objects', () => {
    expect(run('rbd map pool100/image1')).toBe('/dev/rbd0\n');
    expect(run('rbd showmapped')).toMatch(/^0\s+pool100\s+image1\s+-\s+\/dev\/rbd0\s*$/m);
    const { code, err } = machine.run('dd if=/dev/zero of=/dev/rbd0 bs=1048576 count=8');
    expect(code).toBe(0);
    expect(err).toMatch(/^8\+0 records in\n8\+0 records out\n8388608 bytes \(8\.4 MB, 8\.0 MiB\) copied, /);
    expect(objects(machine, 'pool100').filter((name) => name.startsWith('rbd_data'))).toEqual([
      `rbd_data.${IMAGE_100}.0000000000000000`,
      `rbd_data.${IMAGE_100}.0000000000000001`,
    ]);
    expect(run(`rados -p pool100 stat rbd_data.${IMAGE_100}.0000000000000001`)).toContain('size 4194304');
  });

  test('PG1: an object lies where its name says', () => {
    const placed = (object: string): string => run(`ceph osd map pool100 ${object}`);
    expect(placed(`rbd_data.${IMAGE_100}.0000000000000000`)).toContain('-> pg 2.df059252 (2.52) -> up ([');
    expect(placed(`rbd_data.${IMAGE_100}.0000000000000001`)).toContain('-> pg 2.9c6139d2 (2.52) -> up ([');
    expect(placed(`rbd_header.${IMAGE_100}`)).toContain('-> pg 2.36b2dadc (2.5c) -> up ([');
    const tree = run('ceph osd tree');
    const [, primary] = /\], p(\d+)\) acting/.exec(placed(`rbd_data.${IMAGE_100}.0000000000000000`)) ?? [];
    expect(tree).toMatch(new RegExp(`\\bosd\\.${primary} +up\\b`));
  });

  test('IM3: a snapshot makes no object; it is a row of the header', () => {
    run('ceph osd pool create pool101 128');
    run('rbd create -p pool101 --size 102400 image1 --image-feature layering');
    expect(run('rbd map pool101/image1')).toBe('/dev/rbd1\n');
    run('dd if=/dev/urandom of=/dev/rbd1 bs=1048576 count=4');
    const before = objects(machine, 'pool101');
    expect(before).toContain(`rbd_data.${IMAGE_101}.0000000000000000`);
    run('rbd snap create pool101/image1@snap1');
    expect(run('rbd snap ls pool101/image1')).toMatch(/^ *\d+ +snap1 +100 GiB /m);
    expect(objects(machine, 'pool101')).toEqual(before);
    const values = valuesOf(run(`rados -p pool101 listomapvals rbd_header.${IMAGE_101}`));
    const [row] = [...values].filter(([key]) => key.startsWith('snapshot_')).map(([, value]) => value);
    expect(row).toContain('05 00 00 00 73 6e 61 70 31 00 00 00 00 19 00 00 00');
  });

  test('SN4: the first write after it copies the object, and only that one', () => {
    const clones = (no: number): string =>
      run(`rados -p pool101 listsnaps rbd_data.${IMAGE_101}.${String(no).padStart(16, '0')}`);
    run('dd if=/dev/urandom of=/dev/rbd1 bs=1048576 count=4');
    expect(clones(0)).toMatch(/^\d+\t\d+\t4194304\t\[\]$/m);
    expect(clones(0)).toMatch(/^head\t-\t4194304$/m);
    run('dd if=/dev/urandom of=/dev/rbd1 bs=1048576 seek=4 count=4');
    expect(clones(1)).not.toMatch(/^\d+\t\d/m);
    run('rbd snap create pool101/image1@snap2');
    run('dd if=/dev/urandom of=/dev/rbd1 bs=1048576 seek=4 count=4');
    expect(clones(1)).toMatch(/^\d+\t\d+\t4194304\t\[\]$/m);
    run('rbd snap rm pool101/image1@snap2');
    expect(clones(1)).not.toMatch(/^\d+\t\d/m);
  });

  test('a clone is a header, an id and an entry among the children', () => {
    expect(machine.run('rbd clone pool101/image1@snap1 pool101/c --rbd-default-clone-format 1').code).toBe(22);
    run('rbd snap protect pool101/image1@snap1');
    run('rbd clone pool101/image1@snap1 pool101/image1snap1clone1 --rbd-default-clone-format 1');
    expect(run('rbd ls -p pool101')).toBe('image1\nimage1snap1clone1\n');
    const added = ['rbd_children', `rbd_header.${CLONE}`, 'rbd_id.image1snap1clone1'];
    expect(objects(machine, 'pool101')).toEqual(expect.arrayContaining(added));
    const children = run('rados -p pool101 listomapvals rbd_children');
    expect(children).toContain('key (32 bytes):');
    expect(children).toContain('value (20 bytes) :');
    expect(children).toContain('01 00 00 00 0c 00 00 00  38 39 39 30 33 64 31 62');
    const values = valuesOf(run(`rados -p pool101 listomapvals rbd_header.${CLONE}`));
    expect(values.get('parent')).toContain('0c 00 00 00 61 39 35 33 32 61 65 38 39 34 34 61');
    expect(run('rbd children pool101/image1@snap1')).toBe('pool101/image1snap1clone1\n');
    const info = run('rbd info pool101/image1snap1clone1');
    expect(info).toContain('parent: pool101/image1@snap1');
    expect(info).toContain('overlap: 100 GiB');
  });

  test('CU1, CU2: a clone reads its parent, and has an object whole after the first write to it', () => {
    const snapshot = run('rbd export pool101/image1@snap1 - | head -c 4194304 | md5sum');
    expect(run('rbd export pool101/image1snap1clone1 - | head -c 4194304 | md5sum')).toBe(snapshot);
    const object = `rbd_data.${CLONE}.0000000000000000`;
    expect(objects(machine, 'pool101')).not.toContain(object);
    const device = run('rbd map pool101/image1snap1clone1').trim();
    run(`dd if=/dev/zero of=${device} bs=512 count=1`);
    expect(objects(machine, 'pool101')).toContain(object);
    expect(run(`rados -p pool101 stat ${object}`)).toContain('size 4194304');
    run(`rbd unmap ${device}`);
  });

  test('CU5: a flatten cuts the link, and then the snapshot may go', () => {
    expect(machine.run('rbd snap unprotect pool101/image1@snap1').code).toBe(16);
    expect(machine.run('rbd snap rm pool101/image1@snap1').code).toBe(16);
    const { code, out, err } = machine.run('rbd flatten pool101/image1snap1clone1');
    expect(code).toBe(0);
    expect(out + err).toContain('Image flatten: 100% complete...done.');
    expect(run('rbd info pool101/image1snap1clone1')).not.toContain('parent');
    expect(run('rbd children pool101/image1@snap1')).toBe('');
    run('rbd snap unprotect pool101/image1@snap1');
    const rolled = machine.run('rbd snap rollback pool101/image1@snap1');
    expect({ code: rolled.code, text: rolled.out + rolled.err }).toMatchObject({ code: 0 });
    run('rbd snap rm pool101/image1@snap1');
    run('rbd unmap /dev/rbd1');
    run('rbd rm pool101/image1');
    expect(objects(machine, 'pool101').filter((name) => name.includes(IMAGE_101))).toEqual([]);
  });
});

describe('the text on snapshots of a cloud host', () => {
  const machine = new TestMachine();
  const run = (line: string): string => machine.must(line);
  const BASE = 'images/1b364055-e323-4785-8e94-ebef1553a33b';
  const DISK = 'vms/fe4c108a-7ba0-4238-9953-15a7b389e43a_disk';

  beforeAll(() => {
    for (const pool of ['images', 'vms']) run(`ceph osd pool create ${pool} 32; rbd pool init ${pool}`);
    run('dd if=/dev/urandom of=base.img bs=1M count=10');
    run(`rbd import base.img ${BASE}`);
  });

  test("a host's disk is a clone of the image's protected snapshot, at once and without data", () => {
    run(`rbd snap create ${BASE}@snap`);
    run(`rbd snap protect ${BASE}@snap`);
    run(`rbd clone ${BASE}@snap ${DISK}`);
    expect(objects(machine, 'vms').filter((name) => name.startsWith('rbd_data'))).toEqual([]);
    expect(run(`rbd export ${DISK} - | md5sum`)).toBe(run('md5sum < base.img'));
  });

  test('a snapshot of the host is a snapshot, a clone of it, a flatten, and then no snapshot', () => {
    run(`rbd snap create ${DISK}@tmp`);
    run(`rbd snap protect ${DISK}@tmp`);
    run(`rbd clone ${DISK}@tmp images/host-snapshot`);
    run('rbd flatten images/host-snapshot');
    run(`rbd snap unprotect ${DISK}@tmp`);
    run(`rbd snap rm ${DISK}@tmp`);
    expect(run('rbd info images/host-snapshot')).not.toContain('parent');
    expect(run('rbd export images/host-snapshot - | md5sum')).toBe(run('md5sum < base.img'));
  });

  test('what has clones cannot go; flattened, or without them, it can', () => {
    expect(machine.run(`rbd snap unprotect ${BASE}@snap`).code).toBe(16);
    expect(machine.run(`rbd rm ${BASE}`).code).not.toBe(0);
    run(`rbd flatten ${DISK}`);
    run(`rbd snap unprotect ${BASE}@snap`);
    run(`rbd snap rm ${BASE}@snap`);
    run(`rbd rm ${BASE}`);
    run(`rbd rm ${DISK}`);
    expect(run('rbd ls images; rbd ls vms')).toBe('host-snapshot\n');
  });
});
