import type { PgInspection } from '../../../protocol/calls.ts';
import { formatBytes } from '../../i18n/format.ts';
import { useInspectedText } from '../../i18n/inspected-text.ts';
import { useUi } from '../../state/ui-store.ts';
import { CommandChip } from '../page/command-chip.tsx';
import { Fact, Facts, OsdLinks } from './facts.tsx';
import { PgFound } from './pg-found.tsx';
import { PgPast, PgPeers, PgTrouble, StateWords } from './pg-health.tsx';

/** A placement group: its state, its OSDs, the objects in it. */
export function PgView({ pg }: { readonly pg: PgInspection }) {
  const words = useInspectedText();
  return (
    <div className="inspected">
      <Facts>
        <Fact name={words.state}>
          <StateWords state={pg.state} />
        </Fact>
        <PgTrouble pg={pg} />
        <Fact name={words.up}>
          <OsdLinks osds={pg.up} primary={pg.up[0]} />
        </Fact>
        <Fact name={words.acting}>
          <OsdLinks osds={pg.acting} primary={pg.acting[0]} />
        </Fact>
        <Fact name={words.version}>
          <code>{pg.version}</code>
        </Fact>
        <Fact name={words.locate}>
          <CommandChip command={`ceph pg map ${pg.pgid}`} /> <CommandChip command={`ceph pg ${pg.pgid} query`} />
        </Fact>
      </Facts>
      <PgFound pg={pg} />
      <PgPeers pg={pg} />
      <h3>
        {words.objects} <span className="count">{words.objectsOf(pg.objects.length, pg.objectCount)}</span>
      </h3>
      <ul className="objects">
        {pg.objects.map((object) => (
          <ObjectLink key={`${object.nspace}/${object.oid}@${object.snap ?? ''}`} pgid={pg.pgid} object={object} />
        ))}
      </ul>
      <PgPast pg={pg} />
    </div>
  );
}

interface ObjectLinkProps {
  readonly pgid: string;
  readonly object: PgInspection['objects'][number];
}

function ObjectLink({ pgid, object }: ObjectLinkProps) {
  const { hoverOn, select } = useUi.getState();
  const { nspace, oid, snap, size } = object;
  const target = { kind: 'object', pool: Number(pgid.split('.')[0]), nspace, oid, snap } as const;
  return (
    <li>
      <button
        type="button"
        className="link"
        onMouseEnter={() => hoverOn(target)}
        onMouseLeave={() => hoverOn(null)}
        onClick={() => select(target)}
      >
        <code>
          {nspace === '' ? '' : `${nspace}/`}
          {oid}
          {snap === null ? '' : ` (${snap})`}
        </code>
      </button>{' '}
      <span className="quiet">{formatBytes(size)}</span>
    </li>
  );
}
