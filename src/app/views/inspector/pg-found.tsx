import type { PgInspection } from '../../../protocol/calls.ts';
import { useTroubleText } from '../../i18n/trouble-text.ts';
import { CommandChip } from '../page/command-chip.tsx';
import { OsdLinks } from './facts.tsx';

/** Objects of a PG whose copies differ, and which OSD has the wrong one. */
export function PgFound({ pg }: { readonly pg: PgInspection }) {
  const words = useTroubleText().pg;
  if (pg.found.length === 0) return null;
  return (
    <>
      <h3>{words.found}</h3>
      <ul className="pg-found">
        {pg.found.map(({ nspace, oid, snap, errors, copies }) => (
          <li key={`${nspace}/${oid}@${snap ?? ''}`}>
            <code>
              {nspace === '' ? '' : `${nspace}/`}
              {oid}
              {snap === null ? '' : ` (${snap})`}
            </code>
            {copies.map((copy) => (
              <span key={copy.osd} className="lacks">
                {' '}
                <OsdLinks osds={[copy.osd]} /> {copy.errors.join(', ')}
              </span>
            ))}
            {copies.length === 0 && (
              <span className="quiet">
                {' '}
                {errors.join(', ')}: {words.copiesDiffer}
              </span>
            )}
          </li>
        ))}
      </ul>
      <p>
        <CommandChip command={`rados list-inconsistent-obj ${pg.pgid} --format=json-pretty`} />{' '}
        <CommandChip command={`ceph pg repair ${pg.pgid}`} />
      </p>
    </>
  );
}
