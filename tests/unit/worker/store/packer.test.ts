import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Packer } from '../../../../src/worker/store/packer.ts';
import { UnpackError, Unpacker } from '../../../../src/worker/store/unpacker.ts';

const noBlobs = () => {
  throw new Error('no blobs here');
};

function roundTrip<T>(value: T): T {
  const packer = new Packer(noBlobs);
  packer.value(value);
  const unpacker = new Unpacker(() => undefined);
  unpacker.feed(packer.take());
  const out = unpacker.value() as T;
  expect(unpacker.done).toBe(true);
  return out;
}

const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, undefined, true, false, 0, -0, 127, 128, -1, Number.MAX_SAFE_INTEGER, Infinity, NaN),
    fc.integer(),
    fc.maxSafeInteger(),
    fc.double(),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie('value'), { maxLength: 6 }),
    fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 6, noNullPrototype: true },
    ),
    fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 5 }).map((entries) => new Map(entries)),
  ),
}));

describe('packing', () => {
  test('every plain value comes back the same', () => {
    fc.assert(
      fc.property(plain.value, (value) => {
        expect(roundTrip(value)).toStrictEqual(value);
      }),
    );
  });

  test('what was shared is shared again, over several packs too', () => {
    const onode = { data: { length: 4096, extents: [{ off: 0, len: 4096, at: 0 }] }, name: 'rbd_data.1' };
    const packer = new Packer(noBlobs);
    packer.value([onode, onode]);
    const first = packer.take();
    packer.value({ later: onode, part: onode.data });
    const second = packer.take();
    expect(second.length).toBeLessThan(24);
    const unpacker = new Unpacker(() => undefined);
    unpacker.feed(first);
    const [a, b] = unpacker.value() as (typeof onode)[];
    unpacker.feed(second);
    const { later, part } = unpacker.value() as { later: typeof onode; part: (typeof onode)['data'] };
    expect(a).toEqual(onode);
    expect(b).toBe(a);
    expect(later).toBe(a);
    expect(part).toBe(a?.data);
  });

  test('entries come back with their keys, whatever is shared between them', () => {
    const key = fc.constantFrom('a', 'b', 'a key of more than thirty-two characters, as objects have');
    const pool = [
      { x: 1 },
      {},
      [],
      new Map(),
      new Uint8Array(0),
      { long: 'a text that is long enough to be one' },
      'a',
      7,
      undefined,
    ];
    const entries = fc.array(fc.tuple(key, fc.nat(pool.length - 1)), { maxLength: 40 });
    fc.assert(
      fc.property(entries, fc.array(plain.value, { maxLength: 3 }), (picked, more) => {
        const packer = new Packer(noBlobs);
        const all: [string, unknown][] = picked.map(([text, at]) => [text, pool[at]]);
        all.push(...more.map((value): [string, unknown] => ['more', value]));
        for (const [text, value] of all) packer.entry(text, value);
        const unpacker = new Unpacker(() => undefined);
        unpacker.feed(packer.take());
        const read = all.map(() => unpacker.entry());
        expect(unpacker.done).toBe(true);
        expect(read.map((entry) => [entry.key, entry.value])).toStrictEqual(all);
      }),
    );
  });

  test('bytes of 4 KiB and more go apart, once, by identity', () => {
    const big = new Uint8Array(4096).fill(7);
    const asked: Uint8Array[] = [];
    const packer = new Packer((bytes) => {
      asked.push(bytes);
      return 42;
    });
    packer.value([{ bytes: big }, { bytes: big.slice(0, 4095) }]);
    const packed = packer.take();
    expect(asked).toEqual([big]);
    const unpacker = new Unpacker((id) => (id === 42 ? big : undefined));
    unpacker.feed(packed);
    const [first] = unpacker.value() as { bytes: Uint8Array }[];
    expect(first?.bytes).toBe(big);
  });

  test('what is not plain is refused when it is packed', () => {
    const packer = new Packer(noBlobs);
    expect(() => packer.value({ at: new Date(0) })).toThrow('not plain');
    expect(() => packer.value(() => 1)).toThrow();
    expect(() => packer.value(Symbol('s'))).toThrow();
  });

  test('damaged bytes give values or an UnpackError, never anything else', () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 200 }), plain.value.chain(damagedPackOf));
    fc.assert(
      fc.property(bytes, (packed) => {
        const unpacker = new Unpacker(() => undefined);
        unpacker.feed(packed);
        try {
          while (!unpacker.done) unpacker.value();
        } catch (error) {
          expect(error).toBeInstanceOf(UnpackError);
        }
      }),
      { numRuns: 3000 },
    );
  });
});

function damagedPackOf(value: unknown): fc.Arbitrary<Uint8Array> {
  const packer = new Packer(noBlobs);
  packer.value([value, value]);
  const packed = packer.take();
  return fc.tuple(fc.nat(packed.length - 1), fc.nat(255), fc.nat(packed.length)).map(([at, byte, length]) => {
    const damaged = packed.slice(0, length);
    if (at < damaged.length) damaged[at] = byte;
    return damaged;
  });
}
