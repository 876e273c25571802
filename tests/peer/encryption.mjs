/**
 * Encrypted images beside a real cluster, both ways: `node tests/peer/encryption.mjs [--seed N] [--keep]`. Those made here
 * (LUKS1 and LUKS2, clones with headers of their own) must open there with their passphrases, also with cryptsetup, and hold the
 * same; there they are written to, and must hold that when they are back here. Headers that the real one made must open here, at
 * the cost that it chose: that takes a minute. Where QEMU is there, too: qcow files with snapshots, by chance, are read here as it
 * reads them.
 *
 * How the real tools are reached: the words of RADOSCOPE_PEER before them (`rbd-round-trips/side.mjs`), which must set CEPH_CONF;
 * python3 must have `rados` and `rbd`.
 */
import { copyFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runnerImport } from 'vite';
import { dropPools, Folder, hasReal, runLines } from './rbd-round-trips/side.mjs';

const words = process.argv.slice(2);
process.exitCode = hasReal() ? await main() : tellNone();

function tellNone() {
  console.log('no real cluster is here: nothing compared');
  return 0;
}

async function main() {
  const at = words.indexOf('--seed');
  const seed = at < 0 ? 1 : Number(words[at + 1]);
  const folder = new Folder();
  const pool = `encryption-${process.pid}`;
  try {
    return await compare(folder.path, pool, seed);
  } finally {
    dropPools([pool]);
    if (words.includes('--keep')) console.log(`kept: ${folder.path}`);
    else folder.remove();
  }
}

/** @param {string} path @param {string} pool @param {number} seed */
async function compare(path, pool, seed) {
  const { makeHere, checkHere, checkQcow } = await ours();
  makeHere(path, seed);
  copyFileSync(join(import.meta.dirname, 'encryption/there.py'), join(path, 'there.py'));
  const said = await runLines('there', path, '.', pool, [
    `python3 there.py "$PWD" ${pool} ${seed} && ! grep DIFFERENT out`,
  ]);
  const back = checkHere(path);
  const qcow = checkQcow(path);
  if (said !== '') console.log(said);
  for (const name of [...back.wrong, ...qcow.wrong]) console.log(`DIFFERENT here: ${name}`);
  console.log(
    `seed ${seed}: ${said === '' ? 'all open and hold the same there' : 'some differ there'}; ` +
      `${back.count - back.wrong.length} of ${back.count} that came back hold the same here; ` +
      `${qcow.count - qcow.wrong.length} of ${qcow.count} states of qcow files`,
  );
  return said === '' && back.wrong.length + qcow.wrong.length === 0 ? 0 : 1;
}

/**
 * @returns {Promise<{ makeHere: typeof import('./encryption/here.ts').makeHere, checkHere: typeof import('./encryption/here.ts').checkHere,
 *   checkQcow: typeof import('./encryption/here.ts').checkQcow }>}
 */
async function ours() {
  return (await runnerImport(resolve(import.meta.dirname, 'encryption/here.ts'))).module;
}
