/**
 * Ceph's own tests of crushtool and osdmaptool, as they are, with our tools: `node tests/peer/tool-tests.mjs`.
 * They are taken from the source of the release, which Debian has: `--source DIR` names a tree of it that is there;
 * without it apt gets it from the Debian mirror that it is set up
 * with (`--mirror URL` names another one), into a folder that is removed again. `--only NAME.t` runs one file and prints all of it.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runFile } from './cram.mjs';

/** The build to try; RADOSCOPE_PROGRAM names another. */
const RADOSCOPE = process.env.RADOSCOPE_PROGRAM ?? resolve(import.meta.dirname, '../../dist/headless/radoscope.js');
const TOOLS = ['crushtool', 'osdmaptool'];
/** Help texts are ours. */
const LEFT_OUT = ['help.t'];
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

const scratch = mkdtempSync(join(tmpdir(), 'tool-tests-'));
try {
  process.exitCode = main(process.argv.slice(2));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** @param {string[]} words */
function main(words) {
  if (!existsSync(RADOSCOPE)) throw new Error('first: npm run build:headless');
  const source = optionOf(words, '--source') ?? fetchSource();
  const only = optionOf(words, '--only');
  const tools = makeTools();
  const failed = [];
  let count = 0;
  for (const tool of TOOLS) {
    const folder = join(source, 'src/test/cli', tool);
    for (const file of readdirSync(folder)
      .filter((name) => name.endsWith('.t'))
      .sort()) {
      if (LEFT_OUT.includes(file) || (only !== undefined && only !== file)) continue;
      count++;
      const reason = reasonOf(runFile(join(folder, file), [tools]), only !== undefined);
      console.log(`${reason === '' ? 'passed' : 'FAILED'} ${tool}/${file}${reason}`);
      if (reason !== '') failed.push(`${tool}/${file}`);
    }
  }
  console.log(`${count - failed.length} / ${count} files passed`);
  return failed.length === 0 ? 0 : 1;
}

/** @param {string[]} words @param {string} name */
function optionOf(words, name) {
  const at = words.indexOf(name);
  return at < 0 ? undefined : words[at + 1];
}

/** @param {import('./cram.mjs').Difference[] | null} differences @param {boolean} all */
function reasonOf(differences, all) {
  if (differences === null) return ': took too long';
  return differences
    .slice(0, all ? differences.length : 1)
    .map(({ line, command, missing, got }) => {
      const at = missing.findIndex((text, index) => text !== got[index]);
      const from = all ? 0 : Math.max(0, at);
      const show = (lines) =>
        lines.slice(from, all ? undefined : from + 3).map((text) => `    ${text.slice(0, 160)}\n`);
      return `\n  line ${line}: ${command.trim()}\n  wanted\n${show(missing).join('')}  got\n${show(got).join('')}`;
    })
    .join('');
}

/** A folder with our tools under their names. */
function makeTools() {
  const folder = join(scratch, 'bin');
  mkdirSync(folder);
  for (const tool of TOOLS) {
    const path = join(folder, tool);
    writeFileSync(path, `#!/bin/sh\nexec '${process.execPath}' '${RADOSCOPE}' ${tool} "$@"\n`);
    chmodSync(path, 0o755);
  }
  return folder;
}

/** Gets the source package, and of it the tests of the two tools. */
function fetchSource() {
  for (const folder of ['lists/partial', 'cache/archives/partial', 'tree']) {
    mkdirSync(join(scratch, folder), { recursive: true });
  }
  const archive = mirrors()
    .map(sourceFrom)
    .find((path) => path !== undefined);
  if (archive === undefined) throw new Error('no Debian mirror that apt knows gave the source of ceph; see --source');
  const wanted = TOOLS.map((tool) => `*/src/test/cli/${tool}/*`);
  run('tar', ['-xf', archive, '-C', join(scratch, 'tree'), '--strip-components=1', '--wildcards', ...wanted]);
  return join(scratch, 'tree');
}

/** Where this machine's apt gets Debian from; the first argument of `--mirror` before all. */
function mirrors() {
  const given = optionOf(process.argv, '--mirror');
  if (given !== undefined) return [given];
  const format = '$(ORIGIN) $(REPO_URI)';
  const lines = new Set(textOf('apt-get', ['indextargets', '--format', format, 'Created-By: Packages']).split('\n'));
  const found = [...lines].flatMap((line) => /^Debian (\S+)$/.exec(line)?.[1] ?? []);
  if (found.length === 0)
    throw new Error('apt knows no Debian mirror: name one with --mirror URL, or a tree with --source');
  return found;
}

/** The archive of the source of sid; undefined where this mirror has none. @param {string} mirror */
function sourceFrom(mirror) {
  writeFileSync(join(scratch, 'sources'), `deb-src [signed-by=${KEYRING}] ${mirror} sid main\n`);
  const settings = {
    'Dir::Etc::sourcelist': join(scratch, 'sources'),
    'Dir::Etc::sourceparts': '-',
    'Dir::State::lists': join(scratch, 'lists'),
    'Dir::Cache': join(scratch, 'cache'),
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  if (!works('apt-get', [...options, 'update'])) return undefined;
  if (!works('apt-get', [...options, '--download-only', '--tar-only', 'source', 'ceph'])) return undefined;
  const name = readdirSync(scratch).find((each) => /^ceph_.*\.orig\.tar\./.test(each));
  if (name !== undefined) console.log(`tests of ${name}`);
  return name === undefined ? undefined : join(scratch, name);
}

/** What a command prints. @param {string} command @param {string[]} words */
function textOf(command, words) {
  return String(spawnSync(command, words, { stdio: ['ignore', 'pipe', 'ignore'] }).stdout);
}

/** @param {string} command @param {string[]} words */
function works(command, words) {
  return spawnSync(command, words, { cwd: scratch, stdio: 'ignore' }).status === 0;
}

/** @param {string} command @param {string[]} words */
function run(command, words) {
  const { status } = spawnSync(command, words, { cwd: scratch, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ${words.join(' ')} ended with ${status}`);
}
