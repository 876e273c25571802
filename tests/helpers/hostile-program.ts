import { createInterface } from 'node:readline';
import { HOSTILE, readHostile, writeHostile } from './hostile-maps.ts';

// `write FILE` or `read FILE`: for each line of a number, that input; for `count`, how many there are.
const [, , task, file = ''] = process.argv;
const work = task === 'write' ? writeHostile : readHostile;

for await (const line of createInterface({ input: process.stdin })) {
  const input = HOSTILE[Number(line)];
  console.log(input === undefined ? HOSTILE.length : work(input, file));
}
