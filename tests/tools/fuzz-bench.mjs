// Mutated real maps, in as many processes as there are cores, each with a heap of 256 MiB: decoders and compiler must
// give an error or a map, whatever they read.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';

const conformance = fileURLToPath(new URL('../conformance', import.meta.url));
const HEAP_MIB = 256;

/** Runs `inputs` inputs of `seed`; gives what all processes found. */
export async function benchFuzz(inputs = 200_000, seed = 20261122) {
  const entry = await bundle('tests/bench/fuzz.ts', 'fuzz');
  const workers = Math.min(4, availableParallelism());
  const share = Math.ceil(inputs / workers);
  const started = performance.now();
  const results = await Promise.all(
    Array.from({ length: workers }, (_, at) => runShare(entry, [conformance, share, seed, at * share])),
  );
  return {
    inputs: share * workers,
    seconds: (performance.now() - started) / 1000,
    findings: results.flatMap((each) => each.findings),
    slowestRead_ms: Math.max(...results.map((each) => each.slowestRead_ms)),
    mostMemory_mib: Math.round(Math.max(...results.map((each) => each.mostMemory_kib)) / 1024),
  };
}

function runShare(entry, words) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [`--max-old-space-size=${HEAP_MIB}`, entry, ...words.map(String)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (part) => (text += part));
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(text));
      else resolve({ findings: [`a process ended with ${code}`], slowestRead_ms: 0, mostMemory_kib: 0 });
    });
  });
}
