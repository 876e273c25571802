import type { Dialog } from '../../state/ui-store.ts';
import { FilesDialog } from '../files/files-dialog.tsx';
import { HelpDialog } from '../help/help-dialog.tsx';
import { Palette } from '../help/palette.tsx';
import { LessonsDialog } from '../lesson/lessons-dialog.tsx';
import { LinkDialog } from '../share/link-dialog.tsx';
import { NewClusterDialog } from '../share/new-cluster-dialog.tsx';
import { ShareDialog } from '../share/share-dialog.tsx';
import { WhyDialog } from '../terminal/why-dialog.tsx';
import { HealthDialog } from '../trouble/health-dialog.tsx';

const DIALOGS: Readonly<Record<Dialog, () => React.JSX.Element>> = {
  share: ShareDialog,
  help: HelpDialog,
  palette: Palette,
  lessons: LessonsDialog,
  why: WhyDialog,
  'new-cluster': NewClusterDialog,
  link: LinkDialog,
  health: HealthDialog,
  files: FilesDialog,
};

/** One of the page's dialogs, by its name. */
export function OpenDialog({ dialog }: { readonly dialog: Dialog }) {
  const Open = DIALOGS[dialog];
  return <Open />;
}
