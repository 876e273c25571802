import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launch } from './browser.ts';
import { type PageServer, startServer } from './server.ts';

/** The served page and a browser, there for all tests of a file and gone after them. */
export interface Host {
  readonly url: string;
  readonly browser: Browser;
}

export function openHost(): Host {
  let opened: { readonly server: PageServer; readonly browser: Browser } | undefined;
  const there = () => {
    if (opened === undefined) throw new Error('the page is served while tests run');
    return opened;
  };
  beforeAll(async () => {
    opened = { server: await startServer(), browser: await launch() };
  });
  afterAll(async () => {
    await opened?.browser.close();
    await opened?.server.stop();
  });
  return {
    get url() {
      return there().server.url;
    },
    get browser() {
      return there().browser;
    },
  };
}
