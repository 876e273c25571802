import { useInspectedText } from '../../i18n/inspected-text.ts';
import { useText } from '../../i18n/text.ts';
import type { Selection } from '../../scene/selection.ts';
import { ObjectView } from './object-view.tsx';
import { OsdView } from './osd-view.tsx';
import { PgView } from './pg-view.tsx';
import { useInspection } from './use-inspection.ts';

/** What is selected, as it is now. */
export function Inspected({ selection }: { readonly selection: Selection }) {
  const words = useInspectedText();
  const { loading } = useText().inspector;
  const state = useInspection(selection);
  if (state.kind === 'loading') return <p className="empty">{loading}</p>;
  if (state.kind === 'gone') return <p className="empty">{words.gone}</p>;
  const { inspection } = state;
  if (inspection.kind === 'object') return <ObjectView object={inspection} />;
  if (inspection.kind === 'pg') return <PgView pg={inspection} />;
  return <OsdView osd={inspection} />;
}
