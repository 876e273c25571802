import type { MapRoomView, WhyHere } from '../../../protocol/maps.ts';
import { useMapsText } from '../../i18n/maps-text.ts';
import { pgidOf } from '../../scene/maps/pg-grid.ts';
import { askWhy, showSide } from '../../state/maps-client.ts';
import { useMaps } from '../../state/maps-store.ts';
import { AskForm } from './ask-form.tsx';
import { Choice } from './map-panel.tsx';
import { OsdChips, WhyLayers } from './why-layers.tsx';
import { WhySteps } from './why-steps.tsx';

/** Why a PG is where it is: name, PG, CRUSH's walk, and what later layers make of it. */
export function WhyTab({ room }: { readonly room: MapRoomView }) {
  const t = useMapsText().why;
  const pgid = useMaps((state) => state.pgid);
  const why = useMaps((state) => state.why);
  const missing = useMaps((state) => state.whyMissing);
  const side = useMaps((state) => state.side);
  return (
    <div className="mr-tab mr-why">
      <AskForm room={room} />
      {pgid === null && <Intro room={room} />}
      {pgid !== null && (
        <header className="mr-why-head">
          <h3>PG {pgid}</h3>
          {why !== null && !missing && <OsdChips osds={why.acting} primary={why.actingPrimary} room={room} />}
          {room.edits.length > 0 && (
            <Choice
              label={t.side}
              value={side}
              choices={[
                ['before', t.before],
                ['after', t.after],
              ]}
              onChoose={(chosen) => void showSide(chosen)}
            />
          )}
        </header>
      )}
      {pgid !== null && missing && <p className="mr-quiet">{t.missing(pgid)}</p>}
      {why !== null && !missing && <Walk why={why} room={room} />}
    </div>
  );
}

function Intro({ room }: { readonly room: MapRoomView }) {
  const t = useMapsText().why;
  const pool = room.pools[0];
  return (
    <>
      <p className="mr-quiet">{t.intro}</p>
      {pool !== undefined && (
        <p className="mr-quiet">
          {t.example}{' '}
          <button type="button" className="link" onClick={() => void askWhy(pgidOf(pool.id, 0))}>
            {pgidOf(pool.id, 0)}
          </button>
        </p>
      )}
    </>
  );
}

function Walk({ why, room }: { readonly why: WhyHere; readonly room: MapRoomView }) {
  const t = useMapsText().why;
  const oid = useMaps((state) => state.oid);
  return (
    <>
      <dl className="mr-chain">
        {oid !== null && (
          <>
            <dt>{t.object}</dt>
            <dd>
              <code>{oid}</code>
            </dd>
          </>
        )}
        <dt>{t.pg}</dt>
        <dd>
          <code>{why.pgid}</code> <span className="mr-quiet">{why.pool}</span>
        </dd>
        <dt>{t.input}</dt>
        <dd>{why.hashpspool ? t.hashed(why.pgpSeed, why.x >>> 0) : t.added(why.pgpSeed, why.x >>> 0)}</dd>
      </dl>
      <WhySteps why={why} room={room} />
      <WhyLayers why={why} room={room} />
    </>
  );
}
