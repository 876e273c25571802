import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const FILE = resolve(import.meta.dirname, '../conformance/workunits.json');

/**
 * What came of a script of Ceph's own tests, or of a function of one: where it did not pass, the command that stopped it
 * and what was said last.
 *
 * @typedef {object} WorkunitRecord
 * @property {string} name
 * @property {boolean} passed
 * @property {number} commands
 * @property {string} [at]
 * @property {string} [said]
 */

/**
 * Keeps records by the tool that they try, in place of older ones of the same names, or of the whole scripts.
 *
 * @param {string} tool @param {readonly WorkunitRecord[]} records
 */
export function recordWorkunits(tool, records) {
  const all = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {};
  const isNew = (name) => records.some((record) => record.name === name || record.name.startsWith(`${name} `));
  const kept = (all[tool] ?? []).filter(({ name }) => !isNew(name));
  all[tool] = [...kept, ...records].sort((a, b) => (a.name < b.name ? -1 : 1));
  writeFileSync(FILE, `${JSON.stringify(all, null, 1)}\n`);
}
