import type { PgInspection } from '../../../protocol/calls.ts';
import { useTroubleText } from '../../i18n/trouble-text.ts';
import { isOsd } from '../../scene/marks.ts';
import { Fact, OsdLinks } from './facts.tsx';
import './health.css';

/** What each word of a PG's state means. */
export function StateWords({ state }: { readonly state: string }) {
  const { words } = useTroubleText();
  return (
    <ul className="state-words">
      {state.split('+').map((word) => (
        <li key={word}>
          <code>{word}</code> <span className="quiet">{words[word] ?? ''}</span>
        </li>
      ))}
    </ul>
  );
}

/** Why a PG is not clean: who blocks it, how many serve, what is missing. */
export function PgTrouble({ pg }: { readonly pg: PgInspection }) {
  const words = useTroubleText().pg;
  const { degraded, misplaced, unfound, blockedBy } = pg;
  const copies = [
    degraded > 0 ? `${degraded} ${words.missing}` : '',
    misplaced > 0 ? `${misplaced} ${words.misplaced}` : '',
    unfound > 0 ? `${unfound} ${words.unfound}` : '',
  ].filter((part) => part !== '');
  return (
    <>
      {blockedBy.length > 0 && (
        <Fact name={words.blockedBy}>
          <OsdLinks osds={blockedBy} />
        </Fact>
      )}
      <Fact name={words.copies}>
        {words.minSize(pg.acting.filter(isOsd).length, pg.minSize, pg.size)}
        {copies.length > 0 && ` · ${copies.join(' · ')}`}
      </Fact>
    </>
  );
}

/** What each OSD has of a PG. */
export function PgPeers({ pg }: { readonly pg: PgInspection }) {
  const words = useTroubleText().pg;
  return (
    <>
      <h3>{words.peers}</h3>
      <table className="peers">
        <thead>
          <tr>
            {[words.osd, words.role, words.lastUpdate, words.has, words.lacks].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {pg.peers.map((peer) => (
            <tr key={`${peer.osd}/${peer.shard}`} className={peer.up ? '' : 'is-down'}>
              <td>
                <OsdLinks osds={[peer.osd]} primary={peer.role === 'primary' ? peer.osd : undefined} />
              </td>
              <td>
                {peer.up ? words.roles[peer.role] : words.down}
                {peer.shard !== null && `, ${words.shard(peer.shard)}`}
              </td>
              <td>
                <code>{peer.lastUpdate}</code>
              </td>
              <td>{peer.objects}</td>
              <td className={peer.missing > 0 ? 'lacks' : ''}>{peer.missing}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** How a PG came to be as it is: the intervals that peering still has to ask, and the end of its log. */
export function PgPast({ pg }: { readonly pg: PgInspection }) {
  const words = useTroubleText().pg;
  return (
    <>
      <h3>{words.past}</h3>
      {pg.pastIntervals.length === 0 && <p className="quiet">{words.noPast}</p>}
      <ul className="past-intervals">
        {pg.pastIntervals.map(({ first, last, acting, maybeWentRw }) => (
          <li key={first}>
            <code>{words.interval(first, last)}</code> <OsdLinks osds={acting.filter(isOsd)} />{' '}
            <span className="quiet">{maybeWentRw ? words.wrote : words.noWrites}</span>
          </li>
        ))}
      </ul>
      <h3>{words.log}</h3>
      {pg.log.length === 0 && <p className="quiet">{words.noLog}</p>}
      <ul className="pg-log">
        {pg.log.map(({ op, version, oid }) => (
          <li key={version}>
            <code>{version}</code> {op} <code>{oid}</code>
          </li>
        ))}
      </ul>
    </>
  );
}
