/**
 * Recorded placement, every case of it, by our tools on real files: `node tests/peer/placement.mjs DIR [--pgs]`, where DIR has a
 * folder for each case with a `case.json` that names its files. All that the tools printed is compared; with --pgs only the PGs.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The build to try; RADOSCOPE_PROGRAM names another. */
const BUILT = process.env.RADOSCOPE_PROGRAM ?? resolve(import.meta.dirname, '../../dist/headless/radoscope.js');
/** Outputs may be kept in part from so many characters on. */
const LONG = 60_000;
const MOST_OUTPUT_BYTES = 1024 * 1024 * 1024;

/** Recorded file, tool, and its options. */
const OUTPUTS = [
  ['pgs_all', 'osdmaptool', ['osdmap.bin', '--test-map-pgs-dump-all']],
  ['pgs', 'osdmaptool', ['osdmap.bin', '--test-map-pgs-dump']],
  ['print', 'osdmaptool', ['osdmap.bin', '--print']],
  ['tree', 'osdmaptool', ['osdmap.bin', '--tree']],
  ['dump', 'osdmaptool', ['osdmap.bin', '--dump', 'json']],
  ['crush_text', 'crushtool', ['-d', 'crushmap.bin']],
  ['crush_tree', 'crushtool', ['-i', 'crushmap.bin', '--tree']],
  ['crush_dump', 'crushtool', ['-i', 'crushmap.bin', '--dump']],
];

const scratch = mkdtempSync(join(tmpdir(), 'placement-'));
const onlyPgs = process.argv.includes('--pgs');
try {
  process.exitCode = main(process.argv[2]);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** @param {string | undefined} folder */
function main(folder) {
  if (folder === undefined || !existsSync(folder)) throw new Error('which folder holds the cases?');
  if (!existsSync(BUILT)) throw new Error('first: npm run build:headless');
  // A copy, so that a build in between does no harm.
  cpSync(dirname(BUILT), join(scratch, 'built'), { recursive: true });
  const counts = { cases: 0, pgs: 0, outputs: 0, different: 0 };
  for (const name of readdirSync(folder).sort()) {
    if (existsSync(join(folder, name, 'case.json'))) compareCase(join(folder, name), name, counts);
  }
  const { cases, pgs, outputs, different } = counts;
  console.log(`${cases} cases, ${pgs} PGs, ${outputs} outputs: ${different} different`);
  return different === 0 ? 0 : 1;
}

function compareCase(folder, name, counts) {
  const { files } = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8'));
  const unpacked = (file) => {
    const bytes = readFileSync(join(folder, file));
    return file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
  };
  for (const kind of ['osdmap', 'crushmap']) {
    if (files[kind] !== undefined) writeFileSync(join(scratch, `${kind}.bin`), unpacked(files[kind]));
  }
  const compare = (what, wanted, got) => {
    counts.outputs++;
    if (got.trimEnd() === wanted.trimEnd()) return;
    counts.different++;
    console.log(`DIFFERENT ${name} ${what}`);
  };
  for (const [file, tool, words] of OUTPUTS) {
    if (files[file] === undefined || (onlyPgs && file !== 'pgs_all')) continue;
    const wanted = unpacked(files[file])
      .toString()
      .replace(/^osdmaptool: osdmap file '.*'\n/, '');
    const got = run([tool, ...words]).stdout;
    if (file === 'pgs_all') counts.pgs += got.split('\n').filter((line) => line.includes(' raw ([')).length;
    compare(file, wanted, inPart(name, file, wanted, got));
  }
  counts.cases++;
  if (onlyPgs) return;
  if (files.objects !== undefined) compareObjects(unpacked(files.objects).toString(), compare);
  if (files.crush_tests !== undefined) compareTests(unpacked(files.crush_tests).toString(), compare);
}

/** Of the largest map, long outputs were kept in part: as much of ours, and a word about it. */
function inPart(name, file, wanted, got) {
  if (wanted.length < LONG || wanted.length >= got.length || !got.startsWith(wanted)) return got;
  console.log(`${name} ${file}: ${wanted.length} of ${got.length} characters were kept, and are alike`);
  return wanted;
}

function compareObjects(text, compare) {
  for (const line of text.trimEnd().split('\n')) {
    const [pool, object, placed] = line.split('\t');
    if (object === undefined || object === '') continue;
    const { stdout } = run(['osdmaptool', 'osdmap.bin', '--test-map-object', object, '--pool', pool]);
    compare(`object ${object}`, placed.trim(), stdout.trim());
  }
}

/** Blocks of a command and what it printed. */
function compareTests(text, compare) {
  for (const block of text.split(/^\$ /m).slice(1)) {
    const end = block.indexOf('\n');
    const words = block.slice(0, end).split(' ');
    const { stdout, stderr } = run(words);
    compare(
      block.slice(0, end),
      block.slice(end + 1),
      block.includes('devices weights (hex)') ? stderr + stdout : stdout,
    );
  }
}

/** @param {string[]} words */
function run(words) {
  const { stdout, stderr } = spawnSync(process.execPath, [join(scratch, 'built/radoscope.js'), ...words], {
    cwd: scratch,
    maxBuffer: MOST_OUTPUT_BYTES,
  });
  return { stdout: stdout.toString(), stderr: stderr.toString() };
}
