import { useEffect, useRef } from 'react';
import { useLanguage } from '../../i18n/language-store.ts';
import { text, useText } from '../../i18n/text.ts';
import { useCluster } from '../../state/cluster-store.ts';
import { useSession } from '../../state/session-store.ts';
import { useTerminal } from '../../state/terminal-store.ts';
import { useTimeline } from '../../state/timeline-store.ts';
import { useUi } from '../../state/ui-store.ts';
import { geometry } from '../page/motion.ts';
import { parseKeys } from './keys.ts';
import { insertCommand, pressKeys, usePrompt } from './prompt-store.ts';
import { Screen } from './screen.ts';

/** The terminal widget. Loaded on its own, for its weight; the stores hold all that it shows. */
export function XtermView() {
  const host = useRef<HTMLDivElement>(null);
  const words = useText();
  const label = words.terminal.label;
  useEffect(() => {
    if (host.current === null) return;
    const screen = new Screen(host.current, label, (data) => pressKeys(parseKeys(data)), {
      why: openWhy,
      insert: insertCommand,
    });
    const stop = connect(screen);
    if (!matchMedia('(pointer: coarse)').matches) screen.terminal.focus();
    return () => {
      stop();
      screen.dispose();
    };
  }, [label]);
  return <div className="xterm-host" ref={host} />;
}

function openWhy(seq: number): void {
  useUi.getState().set({ dialog: 'why', whySeq: seq });
}

/** Keeps the screen in step with the stores; gives the function that ends it. */
function connect(screen: Screen): () => void {
  const show = (): void => {
    if (useSession.getState().phase !== 'open') return;
    const { blocks, generation } = useTerminal.getState();
    const { at } = useTimeline.getState();
    const visible = blocks.filter((block) => block.entry === null || block.entry.seq <= at);
    const hidden = blocks.length - visible.length;
    const { language } = useLanguage.getState();
    screen.show({
      blocks: visible,
      generation: `${generation}/${language}/${hidden}`,
      editor: usePrompt.getState().editor,
      blocked: useCluster.getState().status.kind === 'blocked',
      text: text(),
    });
  };
  show();
  const stops = [
    useTerminal.subscribe(show),
    useTimeline.subscribe(show),
    useSession.subscribe(show),
    useCluster.subscribe((state, before) => {
      if (state.status !== before.status) show();
    }),
    useLanguage.subscribe(show),
    geometry.register(['prompt'], () => screen.promptBox()),
    usePrompt.subscribe((state, before) => {
      if (state.listing !== null && state.listing.id !== before.listing?.id)
        screen.list(
          state.listing.candidates.map((candidate) => candidate.text),
          state.editor,
        );
      show();
      if (state.focus !== before.focus) screen.terminal.focus();
    }),
    useUi.subscribe((state, before) => {
      if (
        state.theme !== before.theme ||
        state.highContrast !== before.highContrast ||
        state.projector !== before.projector
      )
        requestAnimationFrame(() => screen.retheme());
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
