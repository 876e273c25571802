import { useDialogText } from '../../i18n/dialogs-text.ts';
import { useUi } from '../../state/ui-store.ts';
import { CommandChip } from '../page/command-chip.tsx';
import { Dialog } from '../page/dialog.tsx';

/** The keys of the page and of the terminal. */
export function HelpDialog() {
  const words = useDialogText().help;
  const { keys } = words;
  return (
    <Dialog title={words.title} onClose={() => useUi.getState().set({ dialog: null })} wide>
      <p>{words.about}</p>
      <div className="key-columns">
        <KeyList
          title={words.page}
          rows={[
            ['Space', keys.pause],
            ['.', keys.step],
            [',', keys.back],
            ['+ −', keys.speed],
            ['?', keys.help],
            ['Ctrl K · ⌘ K', keys.palette],
            ['Esc', keys.escape],
          ]}
        />
        <KeyList
          title={words.terminal}
          rows={[
            ['↑ ↓', keys.history],
            ['Ctrl R', keys.search],
            ['Ctrl A · E', keys.ends],
            ['Ctrl U · K · W', keys.kill],
            ['Ctrl L', keys.screen],
            ['Ctrl C', keys.interrupt],
            ['Tab', keys.tab],
            ['Esc', keys.escape],
          ]}
        />
      </div>
      <p className="chips">
        <CommandChip command="help" />
        <CommandChip command="rbd help" />
        <CommandChip command="man rbd" />
      </p>
    </Dialog>
  );
}

interface KeyListProps {
  readonly title: string;
  readonly rows: readonly (readonly [string, string])[];
}

function KeyList({ title, rows }: KeyListProps) {
  return (
    <section>
      <h3>{title}</h3>
      <dl className="keys">
        {rows.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
