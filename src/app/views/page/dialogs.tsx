import { lazy, Suspense } from 'react';
import { useUi } from '../../state/ui-store.ts';

/** None is open at the start: they come when the first one is asked for. */
const OpenDialog = lazy(() => import('./open-dialog.tsx').then((module) => ({ default: module.OpenDialog })));

/** The dialog that is open, if one is. */
export function Dialogs() {
  const dialog = useUi((state) => state.dialog);
  if (dialog === null) return null;
  return (
    <Suspense fallback={null}>
      <OpenDialog dialog={dialog} />
    </Suspense>
  );
}
