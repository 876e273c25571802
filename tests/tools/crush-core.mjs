// Compiles the SIMD core of CRUSH, src/engine/crush/simd-core.as, to the bytes that the engine carries. Run as a
// program it writes them; a test compiles them again and compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const folder = fileURLToPath(new URL('../../src/engine/crush/', import.meta.url));
const OPTIONS = [
  '-O3',
  '--noAssert',
  '--enable',
  'simd',
  '--runtime',
  'stub',
  '--importMemory',
  '--initialMemory',
  '1',
];
/** Hexadecimal rather than base64: repetitions stay repetitions, and the page is sent packed. */
const LINE = 114;

/** The text of simd-core-bytes.ts as it must be. */
export async function compiledCore() {
  const source = readFileSync(`${folder}simd-core.as`, 'utf8');
  let bytes = new Uint8Array();
  const { error, stderr } = await asc.main(['core.ts', '--outFile', 'core.wasm', ...OPTIONS], {
    readFile: (name) => (name === 'core.ts' ? source : null),
    writeFile: (_name, contents) => {
      bytes = contents;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`simd-core.as: ${stderr.toString()}`);
  const lines =
    Buffer.from(bytes)
      .toString('hex')
      .match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return [
    '/** The module that simd-core.as is compiled to, in hexadecimal; `node tests/tools/crush-core.mjs` writes it. */',
    'export const SIMD_CORE =',
    `${lines.map((line) => `  '${line}'`).join(' +\n')};`,
    '',
  ].join('\n');
}

if (argv[1] === fileURLToPath(import.meta.url)) writeFileSync(`${folder}simd-core-bytes.ts`, await compiledCore());
