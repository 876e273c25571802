import { useText } from '../../i18n/text.ts';
import { useCluster } from '../../state/cluster-store.ts';
import { useTerminal } from '../../state/terminal-store.ts';
import { settled } from './paint.ts';

/** Characters of output that a screen reader is given at once; the terminal above has all of it. */
const SPOKEN = 4000;

/** The last command and what it printed, as text for screen readers: the terminal itself is a picture of cells. */
export function OutputLog() {
  const words = useText();
  const block = useTerminal((state) => state.blocks.at(-1));
  const running = useCluster((state) => state.status.kind !== 'idle');
  if (block === undefined) return null;
  const output = settled(block.output.map((chunk) => chunk.text).join(''));
  return (
    <div className="visually-hidden" role="log" aria-label={words.terminal.log} aria-busy={running || !block.ended}>
      <p>{block.line}</p>
      <pre>{output.slice(-SPOKEN)}</pre>
      {block.entry !== null && <p>{words.cost.parts(block.entry.cost).join(' · ')}</p>}
      {block.entry?.meant !== undefined && <p>{`${words.terminal.meant} ${block.entry.meant}`}</p>}
    </div>
  );
}
