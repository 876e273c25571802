import { memo } from 'react';
import type { OsdView } from '../../../protocol/view.ts';
import { useText } from '../../i18n/text.ts';
import { useSettled } from '../stage/use-settled.ts';
import { osdWords } from './words.ts';

const MOST = 256;

/** The same as the boxes, as a list. */
export function OsdsTwin({ osds }: { readonly osds: readonly OsdView[] }) {
  return <Settled osds={useSettled(osds)} />;
}

const Settled = memo(function Settled({ osds }: { readonly osds: readonly OsdView[] }) {
  const t = useText().stage.osds;
  return (
    <ul className="st-hidden">
      {osds.slice(0, MOST).map((osd) => (
        <li key={osd.id}>{osdWords(osd, t)}</li>
      ))}
    </ul>
  );
});
