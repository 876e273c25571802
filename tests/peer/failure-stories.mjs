/**
 * Failures on a real cluster and on ours, by the same lines: `node tests/peer/failure-stories.mjs [--only NAME,…]
 * [--recorded FOLDER]`. Wherever a story compares, the states, sets and counts of all PGs, the health checks and the data
 * block of the status must agree.
 *
 * How a real cluster is reached: `failure-stories/real.mjs`. What it says is kept in FOLDER, and taken from there
 * where it is known.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runnerImport } from 'vite';
import { difference, linesOf } from './failure-stories/compare.mjs';
import { RealCluster } from './failure-stories/real.mjs';
import { STORIES } from './failure-stories/stories.mjs';

/** @typedef {import('./failure-stories/stories.mjs').Story} Story */
/** Ours has the same members. @typedef {RealCluster} Either */
/** What was told at each point of a story, by its name. @typedef {Record<string, readonly string[]>} Told */

process.exitCode = await main(process.argv.slice(2));

/** @param {string[]} words */
async function main(words) {
  const only = optionOf(words, '--only')?.split(',');
  const folder = optionOf(words, '--recorded');
  const stories = STORIES.filter(({ name }) => only === undefined || only.includes(name));
  /** @type {Map<Story, Told>} */
  const real = new Map();
  for (const story of stories) {
    const told = await realOf(story, folder);
    if (told === null) console.log(`????  ${story.name}: nothing of a real cluster to compare with`);
    else real.set(story, told);
  }
  const { OurCluster } = (await runnerImport(resolve(import.meta.dirname, 'failure-stories/ours.ts'))).module;
  let [agreed, points, agreedPoints] = [0, 0, 0];
  for (const [story, told] of real) {
    const wrong = differences(told, await tell(story, new OurCluster(story.layout)));
    console.log(`${wrong.length === 0 ? 'ok  ' : 'DIFF'}  ${story.name}: ${story.title}`);
    for (const [point, lines] of wrong) console.log(`  ${point}\n${lines.join('\n')}`);
    points += Object.keys(told).length;
    agreedPoints += Object.keys(told).length - wrong.length;
    if (wrong.length === 0) agreed++;
  }
  console.log(`${agreed} of ${real.size} stories agree, ${agreedPoints} of ${points} points`);
  return agreed === stories.length ? 0 : 1;
}

/** @param {string[]} words @param {string} name */
function optionOf(words, name) {
  const at = words.indexOf(name);
  return at < 0 ? undefined : words[at + 1];
}

/**
 * What a real cluster tells, or told when the story was the same; null where there is none.
 *
 * @param {Story} story @param {string | undefined} folder @returns {Promise<Told | null>}
 */
async function realOf(story, folder) {
  const file = folder === undefined ? undefined : join(folder, `${story.name}.json`);
  const kept = file !== undefined && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
  if (kept?.story === JSON.stringify(story)) return kept.told;
  if (!RealCluster.isThere()) return null;
  const told = await tell(story, new RealCluster(story.layout)).catch(complain);
  if (told === null) return null;
  if (file !== undefined) writeFileSync(file, JSON.stringify({ story: JSON.stringify(story), told }, null, 1));
  return told;
}

/** @param {unknown} error */
function complain(error) {
  console.log(`  ${error instanceof Error ? error.message : error}`);
  return null;
}

/** @param {Story} story @param {Either} cluster @returns {Promise<Told>} */
async function tell({ lines }, cluster) {
  /** @type {Told} */
  const told = {};
  try {
    for (const [at, line] of lines.entries()) {
      const [what, ...rest] = line.split(' ');
      if (what === '!')
        await happen(cluster, rest, (answer) => Object.assign(told, { [`${at} ${rest.join(' ')}`]: answer }));
      else command(cluster, line);
    }
  } finally {
    cluster.remove();
  }
  return told;
}

/** @param {Either} cluster @param {string} line */
function command(cluster, line) {
  const { exit, stderr } = cluster.run(line.split(' '));
  if (exit !== 0) throw new Error(`${line}: ${stderr}`);
}

/** @param {Either} cluster @param {readonly string[]} words @param {(answer: readonly string[]) => void} note */
async function happen(cluster, [verb = '', ...words], note) {
  const [pool = '', first = '', second = '', third = ''] = words;
  if (verb === 'write') {
    const count = Number(second) - Number(first) + 1;
    const names = Array.from({ length: count }, (_, at) => `o${Number(first) + at}`);
    await cluster.write(pool, names, Number(third));
  } else if (verb === 'begin') await cluster.begin(pool, first, Number(second));
  else if (verb === 'ended') note([await cluster.ended(Number(pool))]);
  else if (verb === 'stop' || verb === 'kill' || verb === 'start') await cluster.change(verb, words.map(Number));
  else if (verb === 'settle') await cluster.settle(words);
  else if (verb === 'compare') note(linesOf(await cluster.tell()));
  else throw new Error(`what is ${verb}?`);
}

/** @param {Told} real @param {Told} ours @returns {[point: string, lines: readonly string[]][]} */
function differences(real, ours) {
  const rows = Object.entries(real).map(
    ([point, lines]) => /** @type {const} */ ([point, difference(lines, ours[point] ?? [])]),
  );
  return rows.filter(([, lines]) => lines.length > 0).map(([point, lines]) => [point, lines]);
}
