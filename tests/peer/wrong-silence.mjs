/**
 * Damaged maps and texts, read by ours and by the real tools: what the real one refuses with an error and ours accepts
 * is wrong silence, and is printed. `node tests/peer/wrong-silence.mjs [--seed N] [--share F] [--all] [--keep FOLDER]`:
 * F is the share of the 3,500 inputs, `--all` tells of what only ours refuses too, and FOLDER gets what is told of.
 * How the real ones are found: `sides/tools.mjs`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importBundled } from '../tools/bundle.mjs';
import { Side } from './sides/tools.mjs';

const RECORDED = fileURLToPath(new URL('../conformance', import.meta.url));
/** What the real tool does with the file `$f`, and of how many files it is asked. */
const KINDS = [
  { kind: 'crushmap', inputs: 2000, command: 'crushtool -d "$f" -o out' },
  { kind: 'text', inputs: 1000, command: 'crushtool -c "$f" -o out' },
  { kind: 'osdmap', inputs: 500, command: 'osdmaptool --print "$f"' },
];
/** Files of one process, so that a folder stays small and no run is endless. */
const BATCH = 50;
const HUNG = 124;
/** Codes of a process that a signal ended; the tools end with 255 where they refuse. */
const SIGNALLED = { from: 129, to: 159 };

const words = process.argv.slice(2);
process.exitCode = await main();

async function main() {
  const real = new Side('real');
  try {
    if (!real.works()) {
      console.log('the real tools are not here: nothing compared');
      return 0;
    }
    const { judged } = await importBundled('tests/helpers/wrong-silence.ts', 'wrong-silence');
    let silent = 0;
    for (const each of KINDS) silent += compareKind(real, judged, each);
    return silent === 0 ? 0 : 1;
  } finally {
    real.remove();
  }
}

/** @param {string} name */
function optionOf(name) {
  const at = words.indexOf(name);
  return at < 0 ? undefined : words[at + 1];
}

/** How many inputs of one kind only the real one refuses. */
function compareKind(real, judged, { kind, inputs, command }) {
  const [seed, count] = [Number(optionOf('--seed') ?? 1), Math.ceil(inputs * Number(optionOf('--share') ?? 1))];
  const counts = {};
  for (let from = 0; from < count; from += BATCH) {
    const batch = judged(RECORDED, kind, seed, from, Math.min(count, from + BATCH));
    const answers = realAnswers(real, batch, command);
    for (const [at, { bytes, refusal }] of batch.entries()) {
      const { word, said } = answers[at];
      const pair = `real ${word}, ours ${refusal === '' ? 'accepted' : 'refused'}`;
      counts[pair] = (counts[pair] ?? 0) + 1;
      if (isToTell(word, refusal)) tell(`${kind}-${from + at}`, bytes, `${pair}: ${said} ${refusal.trim()}`);
    }
  }
  console.log(`${kind}: ${JSON.stringify(counts)}`);
  return counts['real refused, ours accepted'] ?? 0;
}

/** Wrong silence always; with --all what only ours refuses, too. */
function isToTell(word, refusal) {
  if (word === 'refused') return refusal === '';
  return word === 'accepted' && refusal !== '' && words.includes('--all');
}

function tell(name, bytes, what) {
  console.log(`${name}: ${what.slice(0, 400)}`);
  const folder = optionOf('--keep');
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), bytes);
}

/** Runs the real tool on each file of a batch, all from one shell. */
function realAnswers(real, batch, command) {
  real.clear();
  for (const [at, { bytes }] of batch.entries()) real.put(String(at), bytes);
  const loop = `f=0; while [ $f -lt ${batch.length} ]; do timeout 60 ${command} > said 2> err; code=$?
    # The real one says that it cannot read a map, and then breaks down on its way out.
    if grep -q -e 'unable to decode' -e 'error decoding' err; then code=1; fi
    printf '%s %s\\n' $code "$(head -n 1 err | head -c 200 | tr -d '\\0')"; f=$((f + 1)); done`;
  const { stdout, stderr } = real.run(['/bin/sh', '-c', loop]);
  const lines = stdout.split('\n').slice(0, -1);
  if (lines.length !== batch.length) throw new Error(`${lines.length} of ${batch.length} answers: ${stderr}`);
  return lines.map((line) => {
    const [code] = line.split(' ', 1);
    return { word: wordOf(Number(code)), said: line.slice(code.length + 1) };
  });
}

function wordOf(code) {
  if (code === 0) return 'accepted';
  if (code === HUNG) return 'hung';
  return code >= SIGNALLED.from && code <= SIGNALLED.to ? 'crashed' : 'refused';
}
