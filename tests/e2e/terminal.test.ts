import type { BrowserContext } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freshProfile } from './browser.ts';
import { openHost } from './host.ts';
import { SandboxPage } from './sandbox-page.ts';

const host = openHost();
let context: BrowserContext;
let sandbox: SandboxPage;

beforeEach(async () => {
  context = await freshProfile(host.browser);
  sandbox = new SandboxPage(await context.newPage());
  await sandbox.open(host.url);
});

afterEach(async () => {
  expect(sandbox.complaints).toEqual([]);
  await context.close();
});

/** The line at the prompt. */
const prompt = () => sandbox.page.getByLabel('Command line (plain)').inputValue();

/** Clicks a piece of the terminal's screen that does something. */
async function clickOnScreen(text: string): Promise<void> {
  const { page } = sandbox;
  const box = await page.locator('.xterm-rows span', { hasText: text }).last().boundingBox();
  if (box === null) throw new Error(`${text} is not drawn`);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.waitForSelector('.xterm-cursor-pointer');
  await page.mouse.down();
  await page.mouse.up();
}

it('Tab completes from the cluster, twice lists; history and Ctrl-R find lines again', async () => {
  const { page } = sandbox;
  await sandbox.run('ceph osd pool create quartz 8');
  await page.keyboard.type('rados -p qua');
  await page.keyboard.press('Tab');
  await expect.poll(prompt).toBe('rados -p quartz ');
  await page.keyboard.press('Control+u');
  await page.keyboard.type('rbd sna');
  await page.keyboard.press('Tab');
  await expect.poll(prompt).toBe('rbd snap ');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect.poll(() => page.locator('.candidates').textContent()).toContain('protect');
  await expect.poll(() => sandbox.screen()).toContain('protect');
  await page.keyboard.press('Control+c');
  await sandbox.run('rados -p quartz ls');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => prompt()).toBe('ceph osd pool create quartz 8');
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Control+r');
  await page.keyboard.type('pool cr');
  await expect.poll(() => sandbox.screen()).toContain("(reverse-i-search)`pool cr': ceph osd pool create quartz 8");
});

it('"why?" under a command opens what it did, and a command shown is put into the prompt, not run', async () => {
  const { page } = sandbox;
  await sandbox.run('ceph osd pool create quartz 8');
  await clickOnScreen('why?');
  const dialog = page.locator('dialog[open]');
  await expect.poll(() => dialog.textContent()).toContain('New OSDMap epochs');
  await expect.poll(() => dialog.textContent()).toContain('pool quartz created');
  await dialog.getByRole('button', { name: 'ceph osd pool create quartz 8' }).click();
  await expect.poll(prompt).toBe('ceph osd pool create quartz 8');
  await expect.poll(() => sandbox.steps()).toBe(1);
  // Of a command from before the page was opened the counts are there, and it is said that the rest is not.
  await page.reload();
  await sandbox.ready();
  await clickOnScreen('why?');
  await expect.poll(() => dialog.textContent()).toContain('New OSDMap epochs');
  await expect.poll(() => dialog.textContent()).toContain('kept only for commands that ran since this page was opened');
});

it.each([
  ['rbd flaten quartz/a', 'rbd flatten quartz/a'],
  ['rbd snap creat', 'rbd snap create'],
  ['ceph osd pol ls', 'ceph osd pool ls'],
  ['rados lss', 'rados ls'],
])('%s: the command that was meant stands under the output, and a click takes it', async (typed, meant) => {
  const { page } = sandbox;
  await sandbox.run(typed);
  // Below all that the tool prints, right above the prompt; the tool's own output has nothing of it.
  const lineAbovePrompt = async () => (await sandbox.screen()).trimEnd().split('\n').at(-2);
  await expect.poll(lineAbovePrompt).toBe(`  did you mean: ${meant}`);
  expect(await sandbox.output()).not.toContain('did you mean');
  await clickOnScreen(meant);
  await expect.poll(prompt).toBe(meant);
  await expect.poll(() => sandbox.steps()).toBe(1);
  await page.reload();
  await sandbox.ready();
  await expect.poll(() => sandbox.screen()).toContain(`did you mean: ${meant}`);
});

it('commands are explained in the language of the page; what they print is as ever', async () => {
  const { page } = sandbox;
  await sandbox.run('rbd help snap create');
  expect(await sandbox.output()).toContain('Make a snapshot of an image.');
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByRole('button', { name: 'English' }).waitFor();
  await sandbox.run('rbd help snap create');
  expect(await sandbox.output()).toMatch(/^usage: rbd snap create .*给镜像做快照。.* {2}--snap arg {13}快照的名字/s);
  await sandbox.run('rbd help snap create | grep -c 快照');
  expect(Number(await sandbox.output())).toBeGreaterThan(1);
  await page.locator('.xterm-helper-textarea').focus();
  await page.keyboard.type('rbd snap ');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.locator('.candidates button[title="给镜像做快照。"]').waitFor();
  await page.keyboard.press('Control+c');
  await sandbox.run('rbd ls nowhere');
  expect(await sandbox.output()).toContain("rbd: error opening pool 'nowhere': (2) No such file or directory");
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: '中文' }).waitFor();
  await sandbox.run('man ceph osd out');
  expect(await sandbox.output()).toContain('take OSDs out, so that their placement groups move elsewhere');
});

it('several pasted lines run one after another', async () => {
  const { page } = sandbox;
  await page.locator('.xterm-host').click();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', 'ceph osd pool create quartz 8\nrbd pool init quartz\nrbd create quartz/a --size 8M\n');
    const paste = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
    document.querySelector('.xterm-helper-textarea')?.dispatchEvent(paste);
  });
  await sandbox.ended(3);
  await sandbox.expectCells('quartz/a', { hole: 2 });
});

it('the timeline goes back, says what typing there means, and forks', async () => {
  const { page } = sandbox;
  await sandbox.run('ceph osd pool create quartz 8');
  await sandbox.run('rbd create quartz/a --size 8M');
  await sandbox.run('rbd create quartz/b --size 8M');
  const slider = page.getByRole('slider');
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => slider.getAttribute('aria-valuenow')).toBe('2');
  await expect.poll(async () => Object.keys(await sandbox.lanes())).toHaveLength(1);
  await expect.poll(() => page.locator('.past-notice').textContent()).toContain('drops the 1 later step');
  await page.getByRole('button', { name: 'One command forward' }).click();
  await expect.poll(async () => Object.keys(await sandbox.lanes())).toHaveLength(2);
  await page.getByRole('button', { name: 'One command back' }).click();
  await page.locator('.past-notice').waitFor();
  await sandbox.begin('rbd create quartz/c --size 16M');
  await sandbox.ended(3);
  await expect.poll(() => sandbox.steps()).toBe(3);
  await sandbox.expectCells('quartz/c', { hole: 4 });
  expect(await sandbox.screen()).not.toContain('quartz/b');
});

it('a dropped file is a file of the simulated machine', async () => {
  const { page } = sandbox;
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['hello from outside\n'], 'greeting.txt'));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await expect.poll(() => page.locator('.banner').textContent()).toContain('greeting.txt is now a file');
  const before = await sandbox.steps();
  await sandbox.begin('cat greeting.txt');
  await sandbox.ended(before + 1);
  await expect.poll(() => sandbox.output()).toContain('hello from outside');
});

it('a second tab looks on, and can take over', async () => {
  await sandbox.run('ceph osd pool create quartz 8');
  const second = new SandboxPage(await context.newPage());
  await second.open(host.url);
  await expect.poll(() => second.page.locator('.banner').textContent()).toContain('Another tab');
  await second.page.getByRole('button', { name: 'Work here instead' }).click();
  await second.page.locator('.banner').waitFor({ state: 'detached' });
  await second.run('rbd create quartz/a --size 8M');
  // The tab that lost it has said so, and changes nothing.
  await expect.poll(() => sandbox.page.locator('.banner').textContent()).toContain('Another tab');
  await sandbox.begin('rbd create quartz/b --size 8M');
  await expect.poll(() => sandbox.screen()).toContain('read-only: another tab has this sandbox open');
  await expect.poll(() => second.steps()).toBe(2);
  expect(second.complaints).toEqual([]);
});

it('keys of the page work outside the terminal, and any panel can have the whole page', async () => {
  const { page } = sandbox;
  await page.locator('.xterm-host').click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Play' }).waitFor();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys and help' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').waitFor();
  await page.keyboard.type('whole osds');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-panel="images"]', { state: 'detached' });
  await page.getByRole('button', { name: 'Show all panels' }).click();
  await page.waitForSelector('[data-panel="images"]');
});

it('Ctrl-C stops what runs, Ctrl-L leaves one prompt, and a reload brings all back', async () => {
  const { page } = sandbox;
  await sandbox.begin('sleep 1000');
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  await page.keyboard.press('Control+c');
  await sandbox.ended(1);
  await expect.poll(() => sandbox.screen()).toContain('exit code 130');
  await page.keyboard.press('Control+l');
  await expect.poll(async () => (await sandbox.screen()).trim()).toBe('ceph1 $');
  await page.reload();
  await sandbox.ready();
  await expect.poll(() => sandbox.screen()).toContain('ceph1 $ sleep 1000');
  await expect.poll(() => sandbox.steps()).toBe(1);
});
