import { useCallback, useEffect, useState } from 'react';
import { type MachineFile, MOST_SAVED_BYTES } from '../../../protocol/calls.ts';
import { useFilesText } from '../../i18n/files-text.ts';
import { formatBytes } from '../../i18n/format.ts';
import { addFile, sandbox } from '../../state/client.ts';
import { useCluster } from '../../state/cluster-store.ts';
import { saveBytes } from '../../state/save-file.ts';
import { useSession } from '../../state/session-store.ts';
import { useUi } from '../../state/ui-store.ts';
import { FileChooser } from '../maps/file-chooser.tsx';
import { CommandChip } from '../page/command-chip.tsx';
import { Dialog } from '../page/dialog.tsx';
import { exportCommand, importCommand } from './file-commands.ts';
import './files.css';

/** Files of the simulated machine: to take in, to make images of, and to save. */
export function FilesDialog() {
  const words = useFilesText();
  const [files, setFiles] = useState<readonly MachineFile[] | null>(null);
  const refresh = useCallback(() => void told(sandbox().files().then(setFiles)), []);
  useEffect(refresh, [refresh]);
  const add = async (chosen: readonly File[]): Promise<void> => {
    for (const file of chosen) await addFile(file);
    refresh();
  };
  return (
    <Dialog title={words.title} wide onClose={() => useUi.getState().set({ dialog: null })}>
      <p>{words.intro}</p>
      {files?.length === 0 && <p className="quiet">{words.none}</p>}
      <ul className="files">
        {files?.map((file) => (
          <FileRow key={file.path} file={file} />
        ))}
      </ul>
      <p className="dialog-actions">
        <FileChooser label={words.choose} primary onFiles={(chosen) => void told(add(chosen))} />
        <ExportHint />
      </p>
    </Dialog>
  );
}

function FileRow({ file: { path, bytes } }: { readonly file: MachineFile }) {
  const words = useFilesText();
  const view = useCluster((state) => state.view);
  const command = view === null ? null : importCommand(path, view);
  const tooLarge = bytes > MOST_SAVED_BYTES;
  return (
    <li>
      <code className="file-path">{path}</code>
      <span className="quiet">{formatBytes(bytes)}</span>
      <span className="chips">
        {command !== null && (
          <>
            <span className="quiet">{words.asImage}</span> <CommandChip command={command} />
          </>
        )}
      </span>
      <button
        type="button"
        className="button"
        disabled={tooLarge}
        title={tooLarge ? words.tooLarge(MOST_SAVED_BYTES) : words.save(path)}
        aria-label={words.save(path)}
        onClick={() => void told(save(path))}
      >
        {words.saveShort}
      </button>
    </li>
  );
}

/** How the first image of the cluster becomes a file. */
function ExportHint() {
  const words = useFilesText();
  const view = useCluster((state) => state.view);
  const command = view === null ? null : exportCommand(view);
  if (command === null) return null;
  return (
    <span className="chips">
      <span className="quiet">{words.export}</span> <CommandChip command={command} />
    </span>
  );
}

async function save(path: string): Promise<void> {
  const bytes = await sandbox().readFile(path);
  if (bytes !== null) saveBytes(path.split('/').at(-1) ?? 'file', bytes);
}

async function told(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    useSession.getState().notify({ kind: 'failed', detail: String(error) });
  }
}
