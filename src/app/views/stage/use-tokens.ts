import { useEffect, useState } from 'react';

/** The theme's colours, for what is drawn on a canvas. */
export interface Tokens {
  readonly ground: string;
  readonly panel: string;
  readonly line: string;
  readonly ink: string;
  readonly quiet: string;
  readonly own: string;
  readonly parent: string;
  readonly parentGround: string;
  readonly parentEdge: string;
  readonly copiedUp: string;
  readonly kept: string;
  readonly hole: string;
  readonly ring: string;
  readonly select: string;
  readonly pgClean: string;
  readonly pgDegraded: string;
  readonly pgDown: string;
  readonly pgMoving: string;
  readonly fontSans: string;
  readonly fontMono: string;
  readonly onOwn: string;
  readonly onParent: string;
  readonly onCopiedUp: string;
  readonly onKept: string;
}

function readTokens(): Tokens {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    ground: read('--ground'),
    panel: read('--panel'),
    line: read('--line'),
    ink: read('--ink'),
    quiet: read('--quiet'),
    own: read('--own'),
    parent: read('--parent'),
    parentGround: read('--parent-ground'),
    parentEdge: read('--parent-edge'),
    copiedUp: read('--copied-up'),
    kept: read('--kept'),
    hole: read('--hole'),
    ring: read('--ring'),
    select: read('--select'),
    pgClean: read('--pg-clean'),
    pgDegraded: read('--pg-degraded'),
    pgDown: read('--pg-down'),
    pgMoving: read('--pg-moving'),
    fontSans: read('--font-sans'),
    fontMono: read('--font-mono'),
    onOwn: read('--on-own'),
    onParent: read('--on-parent'),
    onCopiedUp: read('--on-copied-up'),
    onKept: read('--on-kept'),
  };
}

/** Read once a change of theme; null until the page is there. */
export function useTokens(): Tokens | null {
  const [tokens, setTokens] = useState<Tokens | null>(null);
  useEffect(() => {
    const read = () => setTokens(readTokens());
    read();
    const observer = new MutationObserver(read);
    observer.observe(document.documentElement, { attributes: true });
    const scheme = window.matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', read);
    return () => {
      observer.disconnect();
      scheme.removeEventListener('change', read);
    };
  }, []);
  return tokens;
}
