import { useState } from 'react';
import type { Profile } from '../../../engine/base/era.ts';
import { useDialogText } from '../../i18n/dialogs-text.ts';
import { useProfileText } from '../../i18n/profile-text.ts';
import { loadScenario } from '../../state/client.ts';
import { useUi } from '../../state/ui-store.ts';
import { Dialog } from '../page/dialog.tsx';

const CHOICES: readonly Profile[] = ['tentacle', 'pacific', 'classic'];

/** Asks before the session is dropped for a fresh cluster, and whose ways that is to have. */
export function NewClusterDialog() {
  const words = useDialogText().share;
  const profiles = useProfileText();
  const [profile, setProfile] = useState<Profile>('tentacle');
  const close = (): void => useUi.getState().set({ dialog: null });
  const renew = (): void => {
    useUi.getState().set({ dialog: null, selection: null });
    void (profile === 'tentacle' ? loadScenario(null) : loadScenario(null, profile));
  };
  return (
    <Dialog title={words.newTitle} onClose={close}>
      <p>{words.newIntro}</p>
      <fieldset className="new-profiles">
        <legend>{profiles.legend}</legend>
        {CHOICES.map((choice) => (
          <label key={choice}>
            <input type="radio" name="profile" checked={profile === choice} onChange={() => setProfile(choice)} />
            <span>
              <strong>{profiles.names[choice]}</strong>
              <small>{profiles.notes[choice]}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <p className="dialog-actions">
        <button type="button" className="button primary" onClick={renew}>
          {words.newAction}
        </button>
        <button type="button" className="button" onClick={close}>
          {words.keep}
        </button>
      </p>
    </Dialog>
  );
}
