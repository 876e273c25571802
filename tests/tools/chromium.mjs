import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';

const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

const APT = '/usr/bin/apt-get';

/**
 * Path of a Chromium for the browser tests: the one that CHROMIUM names, or one of the system's. Where there is
 * none, root on Debian gets the package; anyone else is told what to run.
 */
export function findChromium() {
  const named = process.env.CHROMIUM;
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM names ${named}, and there is no such file`);
  }
  return USUAL.find((path) => existsSync(path)) ?? install();
}

function install() {
  const isRoot = process.getuid?.() === 0;
  if (isRoot && existsSync(APT)) {
    const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    spawnSync(APT, ['update'], options);
    spawnSync(APT, ['install', '-y', '--no-install-recommends', 'chromium'], options);
    const found = USUAL.find((path) => existsSync(path));
    if (found !== undefined) return found;
  }
  throw new Error(
    'No Chromium for the browser tests. Run "sudo apt-get install chromium", or set CHROMIUM to the path of one.',
  );
}
