import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * Gets Ceph's source as Debian has it, by apt, and unpacks a part of it. Gives the folder of its tree.
 * @param {string[]} wanted what to unpack, as patterns below the tree: `qa/workunits/rados/*`
 * @param {string} folder where all of it goes; the caller removes it
 */
export function cephSource(wanted, folder) {
  for (const name of ['lists/partial', 'cache/archives/partial', 'tree']) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  const sources = join(folder, 'sources');
  const line = `deb-src [signed-by=${KEYRING}] http://deb.debian.org/debian sid main`;
  writeFileSync(sources, `${line}\n`);
  const settings = {
    'Dir::Etc::sourcelist': sources,
    'Dir::Etc::sourceparts': '-',
    'Dir::State::lists': join(folder, 'lists'),
    'Dir::Cache': join(folder, 'cache'),
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  run(folder, 'apt-get', [...options, 'update']);
  run(folder, 'apt-get', [...options, '--download-only', '--tar-only', 'source', 'ceph']);
  const archive = readdirSync(folder).find((name) => /^ceph_.*\.orig\.tar\./.test(name));
  if (archive === undefined) throw new Error('apt got no source of ceph');
  const tree = join(folder, 'tree');
  const patterns = wanted.map((pattern) => `*/${pattern}`);
  run(folder, 'tar', ['-xf', archive, '-C', tree, '--strip-components=1', '--wildcards', ...patterns]);
  return tree;
}

/** @param {string} cwd @param {string} command @param {string[]} words */
function run(cwd, command, words) {
  const { status } = spawnSync(command, words, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ${words.join(' ')} ended with ${status}`);
}
