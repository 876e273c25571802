import type { ReactNode } from 'react';
import type { Location } from '../../../protocol/calls.ts';
import type { ClusterView, PgView } from '../../../protocol/view.ts';
import { useText } from '../../i18n/text.ts';
import { stableMod } from '../../scene/stable-mod.ts';
import { bytesText, fill } from '../../scene/units.ts';
import type { Lit } from '../stage/use-lit.ts';

interface ChainProps {
  readonly view: ClusterView;
  readonly lit: Lit;
}

/** In figures: how the name that is pointed at becomes a hash, a PG, a set of OSDs. Always as high, so that nothing jumps. */
export function Chain({ view, lit }: ChainProps) {
  const t = useText().stage.pgs;
  return (
    <div className="st-chain" data-testid="placement-chain">
      <ChainBody view={view} lit={lit} hint={t.chainHint} />
    </div>
  );
}

function ChainBody({ view, lit, hint }: ChainProps & { readonly hint: string }) {
  const { target, place } = lit;
  if (target === null) return <p className="st-chain-hint">{hint}</p>;
  if (target.kind === 'osd') return <OsdChain view={view} id={target.id} />;
  const pgid = target.kind === 'pg' ? target.pgid : (place?.pgid ?? null);
  const pg = pgid === null ? null : (view.pgs.find((it) => it.pgid === pgid) ?? null);
  return (
    <>
      {target.kind === 'object' && <NameSteps oid={target.oid} place={place} stored={lit.related.stored} />}
      {target.kind === 'pg' && pg !== null && <PgSteps pg={pg} />}
      {pg !== null && <CrushStep pg={pg} />}
    </>
  );
}

interface StepProps {
  readonly label: string;
  readonly children: ReactNode;
}

function Step({ label, children }: StepProps) {
  return (
    <div className="st-step">
      <span>{label}</span>
      <code>{children}</code>
    </div>
  );
}

function NameSteps({
  oid,
  place,
  stored,
}: {
  readonly oid: string;
  readonly place: Location | null;
  readonly stored: boolean;
}) {
  const t = useText().stage.pgs;
  const found = place === null ? null : stableMod(place.hash, place.pgNum);
  return (
    <>
      <p className={stored ? 'st-oid' : 'st-oid st-oid-absent'} title={stored ? oid : `${oid}: ${t.notStored}`}>
        {oid}
      </p>
      <Step label={t.hash}>{place === null ? t.finding : <b>{place.hash}</b>}</Step>
      {place !== null && found !== null && (
        <Step label={`${t.stableMod} ${place.pgNum}`}>
          {place.hash} &amp; {found.mask} = {found.seed} → <b>{place.pgid}</b>
        </Step>
      )}
    </>
  );
}

function PgSteps({ pg }: { readonly pg: PgView }) {
  const t = useText().stage.pgs;
  return (
    <>
      <p className="st-oid">PG {pg.pgid}</p>
      <Step label={t.state}>{pg.state}</Step>
      <Step label={t.holds}>{t.objects(pg.objects, bytesText(pg.bytes))}</Step>
    </>
  );
}

/** The OSDs that CRUSH gives, the primary ringed; below them those that act, where they are others. */
function CrushStep({ pg }: { readonly pg: PgView }) {
  const t = useText().stage.pgs;
  const same = pg.up.length === pg.acting.length && pg.up.every((id, index) => id === pg.acting[index]);
  return (
    <div className="st-step st-step-last">
      <span>
        {t.crush}({pg.pgid})
      </span>
      <code>
        <OsdChips ids={pg.up} primary={pg.upPrimary} />
        {!same && (
          <>
            <em>{t.acting}</em>
            <OsdChips ids={pg.acting} primary={pg.actingPrimary} />
          </>
        )}
      </code>
    </div>
  );
}

const NO_OSD = 0x7fffffff;

function OsdChips({ ids, primary }: { readonly ids: readonly number[]; readonly primary: number }) {
  const t = useText().stage.pgs;
  const names = ids.map((id) => (id < 0 || id === NO_OSD ? '–' : String(id)));
  return names.map((name, index) => (
    <span
      // biome-ignore lint/suspicious/noArrayIndexKey: the place in the set is what tells two absent OSDs apart
      key={index}
      className={name === String(primary) ? 'st-chip st-chip-primary' : 'st-chip'}
      title={name === String(primary) ? `osd.${name}, ${t.primary}` : `osd.${name}`}
    >
      {name}
    </span>
  ));
}

function OsdChain({ view, id }: { readonly view: ClusterView; readonly id: number }) {
  const t = useText().stage.pgs;
  const osd = view.osds.find((it) => it.id === id);
  if (osd === undefined) return null;
  return <p className="st-chain-hint">{fill(t.holdsPgs(id, osd.pgs, osd.primaryPgs), {})}</p>;
}
