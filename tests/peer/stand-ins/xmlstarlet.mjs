/**
 * Of xmlstarlet what the scripts ask it for: the texts of the elements on a path, of which a step may say what a child
 * of its element holds (`//pools/pool[pool_name='rbd']/pool_id`).
 */
import { readFileSync } from 'node:fs';

/** @typedef {{ name: string, children: Element[], text: string }} Element its text is that of all in it */

const path = (process.argv.at(-1) ?? '').split('/').filter((step) => step !== '');
const found = below(read(readFileSync(0, 'utf8'))).flatMap((element) => match(element, path));
if (found.length === 0) process.exitCode = 1;
else process.stdout.write(`${found.map(({ text }) => text).join('\n')}\n`);

/** @param {string} xml @returns {Element} what holds the outermost */
function read(xml) {
  const open = [{ name: '', children: [], text: '' }];
  for (const [tag, end, name, text] of xml.matchAll(/<(\/?)([^\s/>]*)[^>]*>|([^<]+)/g)) {
    const top = open.at(-1) ?? open[0];
    if (text !== undefined) for (const each of open) each.text += text;
    else if (end === '/') open.pop();
    else if (!name.startsWith('?')) {
      const element = { name, children: [], text: '' };
      top.children.push(element);
      if (!tag.endsWith('/>')) open.push(element);
    }
  }
  return open[0];
}

/** @param {Element} element @returns {Element[]} all in it */
function below({ children }) {
  return children.flatMap((child) => [child, ...below(child)]);
}

/** @param {Element} element @param {string[]} steps @returns {Element[]} */
function match(element, [first = '', ...rest]) {
  const [, name, child, text] = /^(\w+)(?:\[(\w+)='([^']*)'\])?$/.exec(first) ?? [];
  if (element.name !== name) return [];
  if (child !== undefined && !element.children.some((each) => each.name === child && each.text === text)) return [];
  return rest.length === 0 ? [element] : element.children.flatMap((each) => match(each, rest));
}
