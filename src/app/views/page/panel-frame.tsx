import type { ReactNode } from 'react';
import { useText } from '../../i18n/text.ts';
import { type PanelId, useUi } from '../../state/ui-store.ts';
import { Icon } from './icon.tsx';

interface PanelFrameProps {
  readonly id: PanelId;
  readonly title: string;
  readonly subtitle?: ReactNode;
  /** What the picture leaves out, in a sentence or two. */
  readonly simplified?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A panel: title in plain words, what is simplified, and the way to give it the whole page. */
export function PanelFrame({ id, title, subtitle, simplified, actions, children }: PanelFrameProps) {
  return (
    <section className="panel-frame" aria-labelledby={`panel-${id}`} data-panel={id}>
      <header className="panel-head">
        <h2 id={`panel-${id}`}>{title}</h2>
        <p className="panel-subtitle">{subtitle}</p>
        {actions}
        {simplified !== undefined && <Simplified text={simplified} />}
        <PresentButton id={id} title={title} />
      </header>
      <div className="panel-body">{children}</div>
    </section>
  );
}

function Simplified({ text }: { readonly text: string }) {
  const words = useText().page;
  return (
    <details className="simplified">
      <summary aria-label={words.simplified} title={words.simplified}>
        ?
      </summary>
      <p>
        <b>{words.simplified}.</b> {text}
      </p>
    </details>
  );
}

/** Gives a panel the whole page, and takes it back. */
export function PresentButton({ id, title }: { readonly id: PanelId; readonly title: string }) {
  const words = useText().page;
  const presenter = useUi((state) => state.presenter);
  const presented = presenter === id;
  const label = presented ? words.back : words.wholePage(title);
  return (
    <button
      type="button"
      className="icon-button present"
      aria-label={label}
      title={label}
      onClick={() => useUi.getState().set({ presenter: presented ? null : id })}
    >
      <Icon name={presented ? 'shrink' : 'grow'} />
    </button>
  );
}
