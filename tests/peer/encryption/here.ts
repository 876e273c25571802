import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesData, bytesOfData } from '../../../src/engine/base/data.ts';
import { CephError } from '../../../src/engine/base/errno.ts';
import type { Task } from '../../../src/engine/base/task.ts';
import { utf8Encode } from '../../../src/engine/base/utf8.ts';
import { type CipherAlg, type FormatName, formatImage } from '../../../src/engine/librbd/crypto/format-image.ts';
import { type EncryptionSpec, loadEncryption } from '../../../src/engine/librbd/crypto/load-crypto.ts';
import type { ImageCtx } from '../../../src/engine/librbd/image-ctx.ts';
import { discardImage, readImage, writeImage } from '../../../src/engine/librbd/io/image-io.ts';
import { importMigration } from '../../../src/engine/librbd/migration/prepare-import.ts';
import { provideFiles } from '../../../src/engine/librbd/migration/sources/file-stream.ts';
import { flattenImage } from '../../../src/engine/librbd/operation/flatten.ts';
import '../../helpers/load-plugins.ts';
import { Bench, KIB, MIB } from '../../unit/engine/librbd/set-up.ts';

interface Case {
  readonly name: string;
  readonly order: number;
  readonly format: FormatName;
  readonly cipher: CipherAlg;
}

const CASES: readonly Case[] = [
  { name: 'luks1-128', order: 22, format: 'luks1', cipher: 'aes-128' },
  { name: 'luks1-256', order: 16, format: 'luks1', cipher: 'aes-256' },
  { name: 'luks2-128', order: 22, format: 'luks2', cipher: 'aes-128' },
  { name: 'luks2-256', order: 20, format: 'luks2', cipher: 'aes-256' },
];

const SIZE = 24 * MIB;
const luks = (text: string): EncryptionSpec => ({ format: 'luks', passphrase: utf8Encode(text) });

/** Numbers by chance from a seed. */
class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  below(most: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * most);
  }

  bytes(length: number): Uint8Array {
    return new Uint8Array(length).map(() => this.below(256));
  }
}

function* unlocked<T>(image: ImageCtx, specs: readonly EncryptionSpec[], body: () => Task<T>): Task<T> {
  yield* loadEncryption(image, specs);
  return yield* body();
}

/** Writes and discards by chance; what the image holds after it. All of it is written once: stores differ in holes. */
function exercise(bench: Bench, name: string, specs: readonly EncryptionSpec[], chance: Chance): Uint8Array {
  return bench.with(name, (image) =>
    unlocked(image, specs, function* () {
      const model = bytesOfData(yield* readImage(image, 0, image.dataSize));
      yield* writeImage(image, 0, bytesData(model.slice()));
      for (let i = 0; i < 12; i++) {
        const bytes = chance.bytes(1 + chance.below([2, 100, 5000, 100_000][chance.below(4)] ?? 1));
        const off = chance.below(model.length - bytes.length);
        yield* writeImage(image, off, bytesData(bytes));
        model.set(bytes, off);
      }
      const from = 64 * KIB * (1 + chance.below(8));
      yield* discardImage(image, from, 128 * KIB);
      return model.fill(0, from, from + 128 * KIB);
    }),
  );
}

/**
 * Makes encrypted images, and flattened clones of them with headers of their own: `NAME.raw` as it is stored, `NAME.model`
 * what it holds, `NAME.order`.
 */
export function makeHere(folder: string, seed: number): void {
  const bench = new Bench();
  const chance = new Chance(seed);
  const keep = ({ name, order }: Case, suffix: string, model: Uint8Array): void => {
    writeFileSync(join(folder, `${name}${suffix}.raw`), bench.read(`${name}${suffix}`));
    writeFileSync(join(folder, `${name}${suffix}.model`), model);
    writeFileSync(join(folder, `${name}${suffix}.order`), String(order));
  };
  for (const each of CASES) {
    const { name, order, format, cipher } = each;
    bench.create(name, SIZE, { order });
    bench.with(name, (image) => formatImage(image, format, utf8Encode('secret'), cipher));
    keep(each, '', exercise(bench, name, [luks('secret')], chance));
    bench.snap(name, 's', true);
    const clone = `${name}-clone`;
    bench.clone(name, 's', clone);
    bench.with(clone, (image) => formatImage(image, format === 'luks1' ? 'luks2' : 'luks1', utf8Encode('other')));
    const both = [luks('other'), luks('secret')];
    const model = exercise(bench, clone, both, chance);
    bench.with(clone, (image) => unlocked(image, both, () => flattenImage(image)));
    keep(each, '-clone', model);
  }
}

/** Opens what came back (`NAME.back`), and tells which hold something else than `NAME.held` says. */
export function checkHere(folder: string): { readonly count: number; readonly wrong: string[] } {
  const names = namesOf(folder, '.back');
  const wrong = names.filter((name) => {
    const bench = new Bench();
    const raw = new Uint8Array(readFileSync(join(folder, `${name}.back`)));
    bench.create('a', raw.length, { order: Number(readFileSync(join(folder, `${name}.order`), 'utf8')) });
    bench.write('a', 0, bytesData(raw));
    const specs = [luks(name.endsWith('-clone') ? 'other' : 'secret')];
    const held = bench.with('a', (image) => unlocked(image, specs, () => readImage(image, 0, image.dataSize)));
    return Buffer.compare(bytesOfData(held), readFileSync(join(folder, `${name}.held`))) !== 0;
  });
  return { count: names.length, wrong };
}

/** Imports each `NAME.qcow2`, and tells which read other than `NAME.STATE.img` (STATE: a snapshot's name, or `head`). */
export function checkQcow(folder: string): { readonly count: number; readonly wrong: string[] } {
  const wrong: string[] = [];
  let count = 0;
  for (const name of namesOf(folder, '.qcow2')) {
    const bench = new Bench();
    provideFiles(bench.cluster.cost, () => fileIn(join(folder, `${name}.qcow2`)));
    const spec = { type: 'qcow', stream: { type: 'file', file_path: name } };
    bench.run(importMigration(JSON.stringify(spec), bench.io(), 'i'));
    for (const state of namesOf(folder, '.img').filter((other) => other.startsWith(`${name}.`))) {
      const snap = state.slice(name.length + 1);
      const bytes = bench.read('i', snap === 'head' ? undefined : snap);
      count++;
      if (Buffer.compare(bytes, readFileSync(join(folder, `${state}.img`))) !== 0) wrong.push(state);
    }
  }
  return { count, wrong };
}

function fileIn(path: string) {
  const bytes = new Uint8Array(readFileSync(path));
  return {
    size: () => bytes.length,
    *readAt(off: number, length: number) {
      if (off > bytes.length) throw new CephError('EINVAL', path);
      return bytesData(bytes.slice(off, off + length));
    },
  };
}

function namesOf(folder: string, suffix: string): string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(suffix));
  return files.map((file) => file.slice(0, -suffix.length)).sort();
}
