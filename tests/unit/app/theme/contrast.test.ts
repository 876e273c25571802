import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../../../src/app/theme/tokens.css', import.meta.url), 'utf8');

/** The hex colours that a theme ends up with, later rules over earlier ones, as the cascade does. */
function tokens(selectors: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const rule of css.matchAll(/([^{}]+)\{([^}]*)\}/g)) {
    const heads = (rule[1] ?? '').replace(/\/\*.*?\*\//gs, '').split(',');
    if (!heads.some((head) => selectors.includes(head.trim()))) continue;
    for (const line of (rule[2] ?? '').matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g))
      found.set(line[1] ?? '', line[2] ?? '');
  }
  return found;
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const v = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const DARK = [':root', ':root[data-theme="dark"]'];
const LIGHT = [':root[data-theme="light"]'];
const themes = {
  dark: DARK,
  light: LIGHT,
  'dark, high contrast': [...DARK, ':root[data-theme="dark"][data-contrast="high"]'],
  'light, high contrast': [...LIGHT, ':root[data-theme="light"][data-contrast="high"]'],
};
const GROUNDS = ['ground', 'panel'];
const FIELDS = ['field-1', 'field-2', 'field-3', 'field-4', 'field-5', 'field-6'];
const STATES = ['pg-clean', 'pg-degraded', 'pg-down', 'pg-moving'];
const TEXTS = ['ink', 'quiet', 'accent', 'select', ...FIELDS, ...STATES];
const MARKS = ['own', 'hole', 'parent-edge', 'copied-up', 'kept', 'ring', 'select', 'focus', ...STATES];
const TEXT_ON_MARK = [
  ['on-own', 'own'],
  ['on-parent', 'parent'],
  ['on-parent', 'parent-ground'],
  ['on-copied-up', 'copied-up'],
  ['on-kept', 'kept'],
  ['on-accent', 'accent'],
  ['ink', 'raised'],
  ['quiet', 'raised'],
  ...STATES.map((state) => ['on-pg', state]),
];

describe.each(Object.entries(themes))('theme %s', (name, selectors) => {
  const all = tokens(selectors);
  const colour = (token: string): string => {
    const hex = all.get(token);
    if (hex === undefined) throw new Error(`no token --${token} in ${name}`);
    return hex;
  };
  it.each(TEXTS)('--%s is readable as text on every ground', (token) => {
    for (const ground of GROUNDS) expect(contrast(colour(token), colour(ground))).toBeGreaterThanOrEqual(4.5);
  });
  it.each(MARKS)('--%s stands out as a mark on every ground', (token) => {
    for (const ground of GROUNDS) expect(contrast(colour(token), colour(ground))).toBeGreaterThanOrEqual(3);
  });
  it.each(TEXT_ON_MARK)('--%s is readable on --%s', (text = '', mark = '') => {
    expect(contrast(colour(text), colour(mark))).toBeGreaterThanOrEqual(4.5);
  });
});
