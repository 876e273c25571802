import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { osdmaptool } from '../../src/terminal/cli/osdmaptool/osdmaptool.ts';
import { runTool, TestFiles } from '../helpers/tool-run.ts';

/** A recorded map, or what the real tool said of it. */
export function recorded(name: string, file: string): Buffer {
  return gunzipSync(readFileSync(new URL(`../conformance/placement/${name}/${file}.gz`, import.meta.url)));
}

/** The OSDs of each PG (`up`), as `osdmaptool` tells them of a map. */
export function upOf(map: Uint8Array): Map<string, string> {
  const files = new TestFiles();
  files.contents.set('map', map);
  const { out } = runTool(osdmaptool, ['osdmaptool', 'map', '--test-map-pgs-dump-all'], files);
  return upLines(out);
}

/** The same out of what the tool printed. */
export function upLines(text: string): Map<string, string> {
  const up = new Map<string, string>();
  for (const [, pgid = '', osds = ''] of text.matchAll(/^(\d+\.[0-9a-f]+) raw .* up \(\[([\d,]*)\]/gm))
    up.set(pgid, osds);
  return up;
}

/** PGs whose set of OSDs is not the same in both. */
export function changedPgs(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const set = (osds: string | undefined): string => [...(osds ?? '').split(',')].sort().join(',');
  return [...after.keys()].filter((pgid) => set(before.get(pgid)) !== set(after.get(pgid)));
}

/** The map room as a person uses it. */
export class MapsPage {
  readonly page: Page;
  readonly complaints: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
  }

  async open(url: string): Promise<void> {
    await this.page.goto(`${url}#map`);
    await this.page.waitForSelector('[data-maps="empty"]');
  }

  /** Chooses files as the file chooser gives them. */
  async choose(...files: { readonly name: string; readonly bytes: Uint8Array }[]): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.page.getByRole('button', { name: /Choose files|Open…/ }).click();
    await (await chooser).setFiles(
      files.map(({ name, bytes }) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })),
    );
  }

  /** Drops a file where the pointer would be, as a share of the page's width. */
  async drop(name: string, bytes: Uint8Array, at = 0.5): Promise<void> {
    await this.page.evaluate(
      ({ file, base64, share }) => {
        const data = new DataTransfer();
        data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], file));
        const clientX = innerWidth * share;
        const event = new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true, clientX });
        document.body.dispatchEvent(event);
      },
      { file: name, base64: Buffer.from(bytes).toString('base64'), share: at },
    );
  }

  /** A map is open, its picture is drawn, and nothing is being worked on. */
  async ready(): Promise<void> {
    await this.page.waitForSelector('[data-maps="open"]', { timeout: 60_000 });
    await this.page.waitForSelector('[data-map-panel="cluster"] canvas[data-drawn]', { state: 'attached' });
    await this.idle();
  }

  async idle(): Promise<void> {
    await this.page.waitForFunction(() => document.querySelector('.mr-busy')?.textContent === '', null, {
      timeout: 60_000,
    });
  }

  async run(line: string): Promise<void> {
    const edits = await this.page.locator('.mr-console').count();
    expect(edits).toBe(1);
    await this.page.getByLabel('$ Command').fill(line);
    await this.page.keyboard.press('Enter');
    await expect.poll(() => this.page.getByLabel('$ Command').inputValue()).toBe('');
    await this.idle();
  }

  tab(name: string): Promise<void> {
    return this.page.getByRole('tab', { name }).click();
  }

  /** What the acting set of the PG that is explained is, primary first. */
  async acting(): Promise<string> {
    const chips = await this.page.locator('.mr-why-head .mr-chip').allTextContents();
    return chips.map((chip) => /\d+/.exec(chip)?.[0] ?? '-').join(',');
  }

  async ask(what: string): Promise<void> {
    await this.tab('Why here');
    await this.page.getByLabel('PG id or object name').fill(what);
    await this.page.getByRole('button', { name: 'Ask', exact: true }).click();
  }

  /** The figure of a total: `PGs change`. */
  async total(name: string): Promise<string> {
    const row = this.page.locator('.mr-totals > div').filter({ hasText: name });
    return (await row.locator('dd').textContent()) ?? '';
  }

  async exported(button: string): Promise<Buffer> {
    await this.tab('File');
    const download = this.page.waitForEvent('download');
    await this.page.getByRole('tabpanel').getByRole('button', { name: button, exact: true }).click();
    return readFileSync(await (await download).path());
  }
}
