import type { ReactNode } from 'react';
import type { StorageStatus } from '../../../protocol/view.ts';
import type { DialogMessages } from '../../i18n/dialogs.en.ts';
import { useDialogText } from '../../i18n/dialogs-text.ts';
import { useText } from '../../i18n/text.ts';
import { takeOver } from '../../state/client.ts';
import { type Notice, useSession } from '../../state/session-store.ts';
import { Icon } from './icon.tsx';

/** What the user must know: storage, other tabs, links and files. */
export function Banners() {
  const notices = useSession((state) => state.notices);
  const words = useDialogText();
  return (
    <div className="banners">
      <StorageBanner />
      {notices.map((notice, index) => (
        <Banner
          // biome-ignore lint/suspicious/noArrayIndexKey: the same notice may come twice
          key={index}
          kind={notice.kind === 'file-added' ? 'info' : 'error'}
          onClose={() => useSession.getState().dismiss(notice)}
        >
          {noticeText(words, notice)}
        </Banner>
      ))}
    </div>
  );
}

function StorageBanner() {
  const words = useDialogText().banner;
  const storage = useSession((state) => state.storage);
  const seen = useSession((state) => state.storageSeen);
  if (storage.kind === 'stored' || seen) return null;
  return (
    <Banner kind="warning" onClose={() => useSession.getState().set({ storageSeen: true })}>
      {storageText(words, storage)}{' '}
      {storage.kind === 'read-only' && (
        <button type="button" className="button" onClick={() => void takeOver()}>
          {words.takeOver}
        </button>
      )}
    </Banner>
  );
}

function storageText(words: DialogMessages['banner'], storage: StorageStatus): string {
  if (storage.kind === 'read-only') return words.readOnly;
  if (storage.kind === 'stored') return '';
  return { denied: words.denied, full: words.full, failed: words.failedStorage }[storage.why];
}

function noticeText(words: DialogMessages, notice: Notice): string {
  switch (notice.kind) {
    case 'link':
      return words.share.errors[notice.error];
    case 'lost':
      return words.banner.lost(notice.commands);
    case 'file-added':
      return words.banner.fileAdded(notice.name);
    case 'file-refused':
      return words.banner.fileRefused(notice.name, notice.reason);
    case 'failed':
      return words.banner.failed(notice.detail);
  }
}

interface BannerProps {
  readonly kind: 'info' | 'warning' | 'error';
  readonly onClose: () => void;
  readonly children: ReactNode;
}

function Banner({ kind, onClose, children }: BannerProps) {
  const close = useText().page.close;
  return (
    <div className={`banner ${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      <p>{children}</p>
      <button type="button" className="icon-button" aria-label={close} title={close} onClick={onClose}>
        <Icon name="close" />
      </button>
    </div>
  );
}
