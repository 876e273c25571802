import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** The page as a person uses it: types in the terminal, looks at the stage. */
export class SandboxPage {
  readonly page: Page;
  /** What the browser complained about: errors of scripts, and what the page's policy refused. */
  readonly complaints: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.ready();
  }

  /** The cluster is open and the prompt is there. */
  async ready(): Promise<void> {
    await this.page.waitForSelector('.page[data-phase="open"]');
    await this.page.waitForFunction(() => /ceph1 \$/.test(document.querySelector('.xterm-rows')?.textContent ?? ''));
  }

  /** Types a line into the terminal, and waits until it has run. */
  async run(line: string): Promise<void> {
    const before = await this.steps();
    await this.begin(line);
    await this.ended(before + 1);
  }

  /** Types a line into the terminal and goes on. */
  async begin(line: string): Promise<void> {
    await this.page.locator('.xterm-host').click();
    await this.page.keyboard.type(line);
    await this.page.keyboard.press('Enter');
  }

  async ended(steps: number): Promise<void> {
    await this.page.waitForFunction(
      (wanted) => {
        const slider = document.querySelector('[role="slider"]');
        const log = document.querySelector('[role="log"]');
        return Number(slider?.getAttribute('aria-valuenow')) === wanted && log?.getAttribute('aria-busy') === 'false';
      },
      steps,
      { timeout: 60_000 },
    );
  }

  /** How many commands the timeline has. */
  async steps(): Promise<number> {
    const slider = this.page.locator('[role="slider"]');
    return (await slider.count()) === 0 ? 0 : Number(await slider.getAttribute('aria-valuemax'));
  }

  /** What the last command printed, as screen readers get it. */
  async output(): Promise<string> {
    return (await this.page.locator('[role="log"] pre').textContent()) ?? '';
  }

  /** The rows that the terminal shows, without the cursor's blanks. */
  async screen(): Promise<string> {
    const rows = await this.page.locator('.xterm-rows > div').allTextContents();
    // Underlined blanks are drawn as ones that do not break.
    return rows.map((row) => row.replaceAll('\u00a0', ' ').trimEnd()).join('\n');
  }

  /** Clicks the cell of an object in the first lane of the stage that shows it: where it is drawn, as a person would. */
  async clickCell(objectNo: number, lane = 0): Promise<void> {
    const cell = this.page.locator('[data-lane]').nth(lane).locator(`[data-no="${objectNo}"]`);
    const box = await cell.boundingBox();
    if (box === null) throw new Error(`object ${objectNo} is not drawn`);
    await this.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  }

  /** Cells of each kind, by lane. */
  lanes(): Promise<Record<string, string>> {
    return this.page.evaluate(() => {
      const lanes: Record<string, string> = {};
      for (const lane of document.querySelectorAll('[data-lane]'))
        lanes[lane.getAttribute('data-lane') ?? ''] = lane.getAttribute('data-counts') ?? '';
      return lanes;
    });
  }

  /** Cells of one kind that are drawn in the lane whose name (as the table for screen readers has it) is `lane`. */
  async cells(lane: string): Promise<Record<string, number>> {
    return this.page.evaluate((name) => {
      const table = document.querySelector('.st-images table');
      const rows = [...(table?.querySelectorAll('tbody tr') ?? [])];
      const row = rows.find((each) => each.querySelector('th')?.textContent === name);
      const kinds = ['hole', 'own', 'parent', 'copiedUp', 'kept', 'zero', 'shared'];
      const counts = [...(row?.querySelectorAll('td') ?? [])].map((cell) => Number(cell.textContent));
      return Object.fromEntries(kinds.map((kind, index) => [kind, counts[index] ?? -1]));
    }, lane);
  }

  /** Waits until the stage shows so many cells of these kinds in a lane. */
  async expectCells(lane: string, wanted: Record<string, number>): Promise<void> {
    await expect.poll(() => this.cells(lane), { timeout: 10_000 }).toMatchObject(wanted);
  }
}
