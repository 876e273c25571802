import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from '../tools/chromium.mjs';

/** Root has no user namespaces in containers; the pages opened are our own. */
const ARGS = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: ARGS });
}

/** A new profile that nothing was stored in yet. */
export function freshProfile(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    reducedMotion: 'reduce',
    ...options,
  });
}

/** Chromium's setting for sites that may store nothing: no cookies, no IndexedDB, no local storage, no locks. */
const BLOCK_SITE_DATA = { profile: { default_content_setting_values: { cookies: 2 } } };

/** A browser whose settings let no site store anything. */
export function launchDenied(profile: string, locale: string): Promise<BrowserContext> {
  mkdirSync(join(profile, 'Default'), { recursive: true });
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(BLOCK_SITE_DATA));
  const options = { viewport: { width: 1440, height: 900 }, locale, reducedMotion: 'reduce' as const };
  return chromium.launchPersistentContext(profile, { executablePath: findChromium(), args: ARGS, ...options });
}

/** A browser of its own process, so that it can be killed, with a profile on disk that outlives it. */
export interface KillableBrowser {
  readonly page: Page;
  /** SIGKILL to the browser and all its helpers: nothing is told to finish. */
  kill(): Promise<void>;
}

export function profileFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'radoscope-profile-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 10 }) };
}

export async function launchKillable(profile: string): Promise<KillableBrowser> {
  const child = spawn(
    findChromium(),
    [
      ...ARGS,
      '--headless=new',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      '--no-first-run',
      '--lang=en-US',
      '--window-size=1440,900',
      'about:blank',
    ],
    { detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const browser = await chromium.connectOverCDP(await debugAddress(child));
  const page = browser.contexts()[0]?.pages()[0];
  if (page === undefined) throw new Error('the browser opened no page');
  await page.setViewportSize({ width: 1440, height: 900 });
  return { page, kill: () => killGroup(child) };
}

function debugAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (data: Buffer) => {
      said += data.toString();
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error(`the browser ended: ${said}`)));
  });
}

function killGroup(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  });
}
