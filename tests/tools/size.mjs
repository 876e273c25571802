// Fails where the first load of the built page outgrows its limit.
import { fileURLToPath } from 'node:url';
import { firstLoadFiles, gzipBytes } from './first-load.mjs';

const LIMIT_KIB = 250;

const page = fileURLToPath(new URL('../../dist/page', import.meta.url));
const sizes = firstLoadFiles(page).map((file) => ({ file: file.slice(page.length + 1), kib: gzipBytes(file) / 1024 }));
for (const { file, kib } of sizes.sort((a, b) => b.kib - a.kib))
  console.log(`${kib.toFixed(1).padStart(7)} KiB  ${file}`);
const total = sizes.reduce((sum, { kib }) => sum + kib, 0);
console.log(`${total.toFixed(1).padStart(7)} KiB  first load, gzip (limit ${LIMIT_KIB} KiB)`);
process.exitCode = total <= LIMIT_KIB ? 0 : 1;
