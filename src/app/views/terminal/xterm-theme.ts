import type { ITerminalOptions } from '@xterm/xterm';

/** The terminal's options that come from the page's theme. */
export function terminalTheme(): ITerminalOptions {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const scale = Number(token('scale')) || 1;
  return {
    fontFamily: token('font-mono'),
    fontSize: Math.round(13 * scale),
    lineHeight: 1.25,
    overviewRuler: { width: 10 },
    theme: {
      background: token('ground'),
      foreground: token('ink'),
      cursor: token('ink'),
      cursorAccent: token('ground'),
      selectionBackground: token('line'),
      scrollbarSliderBackground: token('line'),
      scrollbarSliderHoverBackground: token('quiet'),
      scrollbarSliderActiveBackground: token('quiet'),
      overviewRulerBorder: token('ground'),
      red: token('pg-down'),
      brightRed: token('pg-down'),
      green: token('pg-clean'),
      brightGreen: token('pg-clean'),
      yellow: token('pg-degraded'),
      blue: token('own'),
      magenta: token('copied-up'),
      cyan: token('field-6'),
      brightBlack: token('quiet'),
      white: token('ink'),
      brightWhite: token('ink'),
    },
  };
}
