// Measures what the product promises about speed, in one run, and writes docs/benchmarks.md. Figures are of this
// machine and this moment; compare them within one run only.
import { readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { apart } from './apart.mjs';
import { importBundled } from './bundle.mjs';
import { firstLoadFiles, gzipBytes } from './first-load.mjs';
import { benchFuzz } from './fuzz-bench.mjs';
import { benchLogAppend } from './log-append-bench.mjs';
import { benchMapOpen } from './map-open-bench.mjs';
import { nativeRate } from './native-crush.mjs';
import { benchOsds } from './osd-bench.mjs';
import { runInPage } from './page-bench.mjs';
import { benchRbd } from './rbd-bench.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const rows = [];

function row(what, figure, goal, met) {
  rows.push({ what, figure, goal, met });
  console.log(
    `${met === null ? '    ' : met ? 'ok  ' : 'MISS'} ${what}: ${figure}${goal === '' ? '' : ` (goal: ${goal})`}`,
  );
}

const crush = await importBundled('tests/bench/crush.ts', 'crush');
const { decode_ms, map_ms, oneOut_ms } = crush.largeMap();
row(
  'CRUSH: 10,000 OSDs and 65,536 PGs, read and mapped for the first time',
  `${Math.round(decode_ms + map_ms)} ms (${Math.round(decode_ms)} + ${Math.round(map_ms)})`,
  'under 700 ms',
  decode_ms + map_ms < 700,
);
row('CRUSH: one OSD of them out, table made anew', `${oneOut_ms.toFixed(1)} ms`, 'at most 5 ms', oneOut_ms <= 5);
for (const which of crush.MAPPING_CASES) {
  const { core, plain } = crush.mappingRate(which);
  const native = nativeRate(which);
  const goal = which.osds < 1000 ? 1.5 : 2.5;
  const ratio = native === undefined ? '' : `; native ${Math.round(native)}, ${(core / native).toFixed(2)} times that`;
  row(
    `CRUSH: ${which.name}, size 3`,
    `${Math.round(core)} k mappings/s (plain mapper ${Math.round(plain)}${ratio})`,
    `${goal} times native`,
    native === undefined ? null : core / native >= goal,
  );
}
const inPage = await runInPage('tests/bench/crush-page.ts', 'crush-page');
row('CRUSH: the same three in Chromium', `${inPage.map((rate) => Math.round(rate)).join(', ')} k mappings/s`, '', null);

const [, { objectsPerSecond }] = await apart('tests/bench/objects.ts', 'objects', [
  ['writeObjects', 5_000],
  ['writeObjects', 25_600],
]);
row('object writes of 4 MiB, three replicas', `${Math.round(objectsPerSecond / 1000)} k/s`, '', null);

for (const { what, figure, ratio } of await benchOsds())
  row(what, figure, '20 times real', ratio === undefined ? null : ratio >= 20);

for (const { what, figure, goal, met } of await benchRbd()) row(what, figure, goal, met);

const flatten = await importBundled('tests/bench/flatten.ts', 'flatten');
flatten.flattenFull(2_000);
const runs = [1, 2, 3].map(() => flatten.flattenFull(25_600)).sort((a, b) => a.flattenSeconds - b.flattenSeconds);
const { fillSeconds, flattenSeconds, heapMiB } = runs[1];
row('writing a 100 GiB image full (25,600 objects)', `${fillSeconds.toFixed(2)} s`, '', null);
row(
  'flatten of 25,600 full objects, engine time, median of 3',
  `${flattenSeconds.toFixed(2)} s`,
  'under 1 s',
  flattenSeconds < 1,
);
row(
  'memory with that image, its snapshot and its flattened clone',
  `${heapMiB} MiB`,
  'at most 400 MiB',
  heapMiB <= 400,
);

const append = await benchLogAppend();
row(
  `log append of that flatten in Chromium (${append.changes} changes, ${append.mebibytes} MiB)`,
  `${append.milliseconds} ms`,
  'under 300 ms',
  append.milliseconds < 300,
);

const opening = await benchMapOpen();
row(
  'opening a map of 10,000 OSDs and 65,536 PGs in the page, to the first drawing, median of 5',
  `${opening.firstDrawing} ms`,
  'at most 1 s',
  opening.firstDrawing <= 1000,
);

const fuzz = await benchFuzz();
for (const finding of fuzz.findings) console.log(finding);
row(
  `${fuzz.inputs} mutated maps and texts, each an error that says its kind or a map that can be used (${fuzz.seconds.toFixed(0)} s, heap of 256 MiB)`,
  `${fuzz.findings.length} findings`,
  'none',
  fuzz.findings.length === 0,
);

const page = `${root}dist/page`;
const kib = firstLoadFiles(page).reduce((sum, file) => sum + gzipBytes(file), 0) / 1024;
const all = readdirSync(page, { recursive: true, withFileTypes: true }).filter((entry) =>
  /\.(js|css|html)$/.test(entry.name),
);
const allKib = all.reduce((sum, entry) => sum + gzipBytes(`${entry.parentPath}/${entry.name}`), 0) / 1024;
row('page: first load, gzip', `${kib.toFixed(0)} KiB`, 'at most 250 KiB', kib <= 250);
row('page: everything, gzip', `${allKib.toFixed(0)} KiB`, '', null);

const text = [
  '# Benchmarks',
  '',
  `Written by \`npm run bench\`, on ${availableParallelism()} cores with Node ${process.versions.node}. Figures of one run on a shared machine: compare them with each other, not with another day's.`,
  '',
  '| what | figure | goal | met |',
  '|---|---|---|---|',
  ...rows.map(
    ({ what, figure, goal, met }) => `| ${what} | ${figure} | ${goal} | ${met === null ? '' : met ? 'yes' : 'no'} |`,
  ),
  '',
].join('\n');
writeFileSync(`${root}docs/benchmarks.md`, text);
process.exitCode = 0;
