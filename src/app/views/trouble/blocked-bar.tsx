import type { ClusterView, PgView } from '../../../protocol/view.ts';
import type { TroubleMessages } from '../../i18n/trouble.en.ts';
import { useTroubleText } from '../../i18n/trouble-text.ts';
import { blockedPg, osdsToStart, serving, whyBlocked } from '../../scene/trouble.ts';
import { waitReason } from '../../scene/wait-reasons.ts';
import { interrupt } from '../../state/client.ts';
import { useCluster } from '../../state/cluster-store.ts';
import { useUi } from '../../state/ui-store.ts';
import { CommandChip } from '../page/command-chip.tsx';
import './trouble.css';

/** Which command waits, why, and what can be done: each as a command for the prompt, which runs beside the one that waits. */
export function BlockedBar() {
  const words = useTroubleText();
  const status = useCluster((state) => state.status);
  const view = useCluster((state) => state.view);
  if (status.kind !== 'blocked' || view === null) return null;
  const pg = blockedPg(status.reason, view);
  return (
    <section className="blocked-bar" aria-label={words.label} data-blocked>
      <p role="status">
        <code>{status.line}</code> <b>{words.waits}</b>{' '}
        {reasonText(words, pg, view) ?? otherReason(words, status.reason)} {pg !== null && <PgButton pgid={pg.pgid} />}
      </p>
      <p className="chips">
        <span className="quiet">{words.help}</span>
        {chipsOf(view, pg, status.reason).map((command) => (
          <CommandChip key={command} command={command} />
        ))}
        <CommandChip command="sleep 10m" />
        <button type="button" className="button" onClick={() => void interrupt()}>
          {words.stop}
        </button>
      </p>
    </section>
  );
}

function PgButton({ pgid }: { readonly pgid: string }) {
  return (
    <button type="button" className="tag" onClick={() => useUi.getState().select({ kind: 'pg', pgid })}>
      {pgid}
    </button>
  );
}

function chipsOf(view: ClusterView, pg: PgView | null, reason: string): readonly string[] {
  const osds = osdsToStart(view.osds, pg?.blockedBy ?? []);
  const start = osds.length === 0 ? [] : [`systemctl start ${osds.map((id) => `ceph-osd@${id}`).join(' ')}`];
  const help =
    waitReason(reason, view.images[0]?.spec)?.help ?? (pg === null ? 'ceph health detail' : `ceph pg ${pg.pgid} query`);
  return [...start, help];
}

function otherReason({ why }: TroubleMessages, reason: string): string {
  const known = waitReason(reason);
  if (known === null) return reason;
  if (known.kind === 'poolFull') return why.poolFull(known.pool);
  return known.kind === 'silentOsd' ? why.silentOsd(known.osd) : why[known.kind];
}

function reasonText({ why }: TroubleMessages, pg: PgView | null, view: ClusterView): string | null {
  const kind = pg === null ? null : whyBlocked(pg);
  if (pg === null || kind === null) return null;
  if (kind === 'down') return why.down(pg.pgid, (pg.blockedBy ?? []).map((id) => `osd.${id}`).join(', '));
  if (kind !== 'peered') return why[kind](pg.pgid);
  return why.peered(pg.pgid, serving(pg), view.pools.find(({ id }) => id === pg.pool)?.minSize ?? 0);
}
