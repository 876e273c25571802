// What a browser loads before anything is asked for: the page, its scripts and styles with all that they import at
// once, and the worker. What is imported on demand does not count.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Files of the first load of a built page, from its index.html on. */
export function firstLoadFiles(page) {
  const html = readFileSync(join(page, 'index.html'), 'utf8');
  const linked = [...html.matchAll(/(?:src|href)="\.?\/?([^"]+\.(?:js|css))"/g)].map(([, path]) => join(page, path));
  const found = new Set([join(page, 'index.html')]);
  const visit = (file) => {
    if (found.has(file) || !existsSync(file)) return;
    found.add(file);
    if (!file.endsWith('.js')) return;
    const code = readFileSync(file, 'utf8');
    for (const [, path] of code.matchAll(/(?:^|[;}\s])(?:import|export)[^'"`;()]*?["'](\.[^"']+\.js)["']/g))
      visit(join(dirname(file), path));
    for (const [, path] of code.matchAll(/new URL\(\s*["'`]([^"'`]+\.js)["'`]/g)) visit(join(dirname(file), path));
  };
  for (const file of linked) visit(file);
  return [...found];
}

export function gzipBytes(file) {
  return gzipSync(readFileSync(file)).length;
}
