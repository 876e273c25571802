import { useHealthText } from '../../i18n/health-text.ts';
import { useCluster } from '../../state/cluster-store.ts';
import { useUi } from '../../state/ui-store.ts';
import { CommandChip } from '../page/command-chip.tsx';
import { Dialog } from '../page/dialog.tsx';
import './health-dialog.css';

/** What each health check means, and the commands that look closer or silence it. */
export function HealthDialog() {
  const words = useHealthText();
  const health = useCluster((state) => state.view?.health);
  const close = () => useUi.getState().set({ dialog: null });
  const { status = 'HEALTH_OK', checks = [], muted = [] } = health ?? {};
  return (
    <Dialog title={words.title} onClose={close}>
      <p>
        <b className={`health ${status}`}>{status}</b> {words.status[status]}
      </p>
      {checks.length > 0 && (
        <ul className="health-checks">
          {checks.map((check) => (
            <Check key={check.code} {...check} />
          ))}
        </ul>
      )}
      {muted.length > 0 && (
        <p className="chips">
          <span className="quiet">{words.muted}</span>
          {muted.map((code) => (
            <CommandChip key={code} command={`ceph health unmute ${code}`} />
          ))}
        </p>
      )}
      <p className="chips">
        <span className="quiet">{words.closer}</span>
        {['ceph health detail', 'ceph -s'].map((command) => (
          <CommandChip key={command} command={command} />
        ))}
      </p>
    </Dialog>
  );
}

function Check({ code, summary }: { readonly code: string; readonly summary: string }) {
  const words = useHealthText();
  return (
    <li>
      <p>
        <code>{code}</code> {summary}
      </p>
      {words.checks[code] !== undefined && <p className="quiet">{words.checks[code]}</p>}
      <CommandChip command={`ceph health mute ${code}`} />
    </li>
  );
}
