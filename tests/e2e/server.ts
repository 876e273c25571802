import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type PreviewServer, preview } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface PageServer {
  /** Address of the built page, ending with a slash. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves the built page on a free port of the loopback device; builds it first where that has not been done. */
export async function startServer(): Promise<PageServer> {
  if (process.env.E2E_REUSE_BUILD !== '1' || !existsSync(`${root}/dist/page/index.html`))
    await build({ root, logLevel: 'warn' });
  const server: PreviewServer = await preview({
    root,
    logLevel: 'warn',
    preview: { host: '127.0.0.1', port: 0, strictPort: false },
  });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('the preview server has no port');
  return { url: `http://127.0.0.1:${address.port}/`, stop: () => server.close() };
}
