import fc from 'fast-check';

/** What a session has made so far, as far as its lines can tell: later lines speak of it more often than not. */
class Known {
  readonly images = new Map<string, Set<string>>();
  readonly clones: string[] = [];
  pools = ['p'];
  devices = 0;
  snapId = 0;

  image(n: number): string {
    return pick([...this.images.keys(), 'p/a'], n);
  }

  snap(n: number): string {
    const all = [...this.images].flatMap(([image, snaps]) => [...snaps].map((snap) => `${image}@${snap}`));
    return pick([...all, ...all, 'p/a@s0'], n);
  }

  newSnap(image: string): string {
    const snap = `s${this.snapId++}`;
    this.images.get(image)?.add(snap);
    return `${image}@${snap}`;
  }

  device(n: number): string {
    return `/dev/rbd${n % Math.max(1, this.devices)}`;
  }
}

type Maker = (known: Known, a: number, b: number, c: number) => string;

const SIZES = ['64K', '100K', '256K', '1M', '16384B'];
const LAYOUTS = [
  '--object-size 16K',
  '--object-size 4K',
  '--object-size 16K --image-feature layering',
  '--object-size 16K --image-feature layering,exclusive-lock',
  '--object-size 16K --stripe-unit 4K --stripe-count 3',
  '--object-size 64K --image-feature layering,exclusive-lock,object-map,fast-diff',
  '',
];
const OBJECTS = ['one', 'two', 'rbd_directory', 'ünï'];

/** Lines that make and change. */
const CHANGES: readonly Maker[] = [
  (known, a, b, c) => {
    const name = `${pick(known.pools, a)}/${pick(['a', 'b', 'c'], b)}`;
    if (!known.images.has(name)) known.images.set(name, new Set());
    return `rbd create ${name} --size ${pick(SIZES, c)} ${pick(LAYOUTS, a + c)}`;
  },
  (known, a) => {
    known.devices++;
    return `rbd map ${known.image(a)}`;
  },
  (known, a) => `rbd unmap ${known.device(a)}`,
  (known, a, b, c) => `dd if=/dev/urandom of=${known.device(a)} bs=4K seek=${b % 16} count=${(c % 5) + 1}`,
  (known, a, b, c) => `dd if=/dev/zero of=${known.device(a)} bs=1000 seek=${b % 30} count=${c % 20} conv=notrunc`,
  (known, a, b) => `rbd bench --io-type write ${known.image(a)} --io-size 4K --io-total ${pick(['16K', '64K'], b)}`,
  (known, a, b) =>
    `rbd bench --io-type write ${known.image(a)} --io-size 3000 --io-total 12000 --io-pattern ${pick(['rand', 'seq'], b)}`,
  ...twice((known: Known, a: number) => `rbd snap create ${known.newSnap(known.image(a))}`),
  ...twice((known: Known, a: number) => `rbd snap protect ${known.snap(a)}`),
  (known, a) => `rbd snap unprotect ${known.snap(a)}`,
  (known, a) => `rbd snap rollback ${known.snap(a)}`,
  (known, a) => {
    const snap = known.snap(a);
    const [image = '', name = ''] = snap.split('@');
    known.images.get(image)?.delete(name);
    return `rbd snap rm ${snap}`;
  },
  (known, a) => `rbd snap purge ${known.image(a)}`,
  ...twice((known: Known, a: number, b: number, c: number) => {
    const name = `${pick(known.pools, b)}/${pick(['d', 'e', 'f'], c)}`;
    const snap = known.newSnap(known.image(a));
    if (!known.images.has(name)) known.images.set(name, new Set());
    known.clones.push(name);
    const options = pick(['', '--rbd-default-clone-format 2', '--rbd-default-clone-format 1', '--object-size 8K'], b);
    const then = pick(
      ['', '', ` && rbd flatten ${name}`, ` && rbd bench --io-type write ${name} --io-size 4K --io-total 12K`],
      a,
    );
    return `rbd snap create ${snap} && rbd snap protect ${snap} && rbd clone ${snap} ${name} ${options}${then}`;
  }),
  (known, a) => `rbd clone ${known.snap(a)} p/g`,
  ...twice((known: Known, a: number) => `rbd flatten ${known.clones.at(-1 - (a % 2)) ?? known.image(a)}`),
  (known, a, b) => `rbd resize ${known.image(a)} --size ${pick(SIZES, b)} ${pick(['', '--allow-shrink'], a + b)}`,
  (known, a) => {
    const image = known.image(a);
    if (image !== 'p/a') known.images.delete(image);
    return pick([`rbd rm ${image}`, `rbd snap purge ${image}; rbd rm ${image}`], a);
  },
  (known, a, b) => `rbd mv ${known.image(a)} p/${pick(['a', 'b', 'g'], b)}; rbd mv p/g ${known.image(a)}`,
  (known, a) => `rbd trash mv ${known.image(a)}`,
  () => `for id in $(rbd trash ls p | cut -d' ' -f1); do rbd trash restore -p p $id || rbd trash rm p/$id; done`,
  (known, a, b) => `rbd ${pick(['cp', 'deep cp'], b)} ${known.image(a)} p/${pick(['h', 'b'], b)}`,
  (known, a) => `rbd export ${known.image(a)} - | md5sum`,
  (_known, a) => `dd if=/dev/urandom of=f bs=1K count=${a % 40} && rbd import f p/i --object-size 8K`,
  (known, a) => `rbd object-map check ${known.image(a)}`,
  (known, a) => `rbd object-map rebuild ${known.image(a)}`,
  (known, a, b) => `rbd feature ${pick(['disable', 'enable'], b)} ${known.image(a)} fast-diff`,
  (known, a, b) => `rbd lock ${pick(['ls', 'ls', 'add'], b)} ${known.image(a)} ${pick(['', '', 'mine'], b)}`,
  (known, a, b) => `rbd image-meta set ${known.image(a)} key v${b % 3}`,
  (_known, a, b) => `echo text${b} | rados -p p put ${pick(OBJECTS, a)} -`,
  (_known, a, b) => `rados -p p setomapval ${pick(OBJECTS, a)} k${b % 3} 'value "${b}"'`,
  (_known, a, b) => `rados -p p setxattr ${pick(OBJECTS, a)} x${b % 3} value`,
  (_known, a) => `rados -p p rm ${pick(OBJECTS, a)}`,
  (known, a, b) =>
    `ceph osd pool set ${pick(known.pools, a)} ${pick(['size 2', 'size 3', 'pg_num 16', 'pg_num 4'], b)}`,
  (_known, a, b) => `ceph osd ${pick(['out', 'in', 'out', 'in', 'down'], a)} ${b % 9}`,
  (known) => {
    if (!known.pools.includes('q')) known.pools.push('q');
    return 'ceph osd pool create q 4 && rbd pool init q';
  },
  () => 'ceph osd pool rm q q --yes-i-really-really-mean-it',
  () => 'ceph osd pool rename q q2 && ceph osd pool rename q2 q',
];

/** Lines that look. */
const LOOKS: readonly Maker[] = [
  (known, a) => `rbd info ${known.image(a)}`,
  (known, a) => `rbd du ${known.image(a)}; rbd diff ${known.image(a)}`,
  (known, a) => `rbd snap ls ${known.image(a)}; rbd children ${known.image(a)} | sort -r`,
  (known, a) => `rbd status ${known.image(a)} --format json; rbd lock ls ${known.image(a)}`,
  (known, a) => `dd if=${known.device(a)} bs=4K count=3 2>/dev/null | hexdump -C | head -n 5`,
  (known, a) => `N=$(rbd ls ${pick(known.pools, a)} | wc -l); echo "images: $N" >> log; tail -n 1 log`,
  () => 'rbd showmapped; rbd ls -l p; rbd trash ls p',
  () => 'rados -p p ls | sort > objects; wc -l < objects; grep -c header objects || echo none',
  (_known, a) => `rados -p p listomapvals ${pick(OBJECTS, a)}; rados -p p stat ${pick(OBJECTS, a)}`,
  (_known, a) =>
    `ceph ${pick(['-s', 'df', 'osd df', 'osd tree', 'health detail', 'pg dump pgs_brief', 'osd dump'], a)}`,
  (_known, a) => `ceph osd map p ${pick(OBJECTS, a)} -f json`,
];

/** Lines that are wrong, each in its way. */
const WRONGS: readonly Maker[] = [
  () => 'rbd create',
  () => 'rbd create p/a --size -1',
  () => 'rbd snap create p/a',
  (known, a) => `rbd snap rm ${known.image(a)}@none`,
  () => 'rbd frobnicate',
  () => 'rbd info nowhere/image --format yaml',
  () => 'rbd resize p/a --size 18446744073709551616',
  () => 'rados -p none ls',
  () => 'rados put',
  () => 'ceph osd pool set p size many',
  () => 'ceph osd out 99 x',
  () => 'cat missing | wc; echo $?',
  () => 'echo "open',
  () => 'dd if=/dev/zero of=/dev/rbd7 count=1',
  () => 'false && echo no || echo yes; (exit 3); echo $?',
];

function pick<T>(from: readonly T[], n: number): T {
  const value = from[n % from.length];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}

function twice<T>(maker: T): T[] {
  return [maker, maker];
}

const number = fc.nat(10_000);
const step = fc.tuple(fc.nat(99), number, number, number, number);

/** Every session begins so: a pool, an image, a device. */
export const PRELUDE = [
  'ceph osd pool create p 8',
  'rbd pool init p',
  'rbd create p/a --size 256K --object-size 16K',
  'rbd map p/a',
];

function lineOf(known: Known, [kind, which, a, b, c]: readonly [number, number, number, number, number]): string {
  const makers = kind < 80 ? CHANGES : kind < 93 ? LOOKS : WRONGS;
  return pick(makers, which)(known, a, b, c).trim();
}

/** Command lines of a session that does something: each speaks of what those before it have made. */
export function sessionLines(most: number): fc.Arbitrary<string[]> {
  return fc.array(step, { minLength: 1, maxLength: most, size: 'max' }).map((steps) => {
    const known = new Known();
    known.images.set('p/a', new Set());
    known.devices = 1;
    return [...PRELUDE, ...steps.map((each) => lineOf(known, each))];
  });
}
