// Hostile maps in a process of its own, with a heap of 256 MiB: one line of JSON for each, the memory last.
import { spawnSync } from 'node:child_process';
import { bundle } from './bundle.mjs';

const HEAP_MIB = 256;
const entry = await bundle('tests/helpers/hostile-program.ts', 'hostile');
const { status } = spawnSync(process.execPath, [`--max-old-space-size=${HEAP_MIB}`, entry], { stdio: 'inherit' });
process.exitCode = status ?? 1;
