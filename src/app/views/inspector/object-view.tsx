import type { NamedBytes, ObjectInspection, SnapSetView } from '../../../protocol/calls.ts';
import { formatBytes } from '../../i18n/format.ts';
import { useInspectedText } from '../../i18n/inspected-text.ts';
import { CommandChip } from '../page/command-chip.tsx';
import { BytesWithFields } from './bytes-with-fields.tsx';
import { Fact, Facts, OsdLinks, PgLink } from './facts.tsx';

/** An object of an OSD's store: where it is and why, its omap, xattrs, snapshots and data. */
export function ObjectView({ object }: { readonly object: ObjectInspection }) {
  const words = useInspectedText();
  return (
    <div className="inspected">
      {object.role !== null && <p className="role">{object.role}</p>}
      {!object.exists && <p className="quiet">{words.absent}</p>}
      <Place object={object} />
      {object.exists && (
        <>
          <Versions object={object} />
          <Named title={words.omap} items={object.omap} />
          {object.snapSet !== null && <SnapSet snapSet={object.snapSet} />}
          {object.size > 0 && (
            <section>
              <h3>
                {words.data} <TypeName type={object.data.type} />
              </h3>
              <BytesWithFields view={object.data} />
            </section>
          )}
          <Named title={words.xattrs} items={object.xattrs} closed />
        </>
      )}
    </div>
  );
}

/** Name to hash to PG to OSDs, each number shown. */
function Place({ object }: { readonly object: ObjectInspection }) {
  const words = useInspectedText();
  const { location } = object;
  return (
    <>
      <p className="chain">
        <span className="quiet">{words.hash}</span> <code>{location.hash}</code>
        <Arrow />
        PG <PgLink pgid={location.pgid} />
        <Arrow />
        <OsdLinks osds={location.acting} primary={location.acting[0]} />
        <span className="quiet">{location.rule}</span>
      </p>
      <p className="chain">
        <span className="quiet">{words.locate}</span>{' '}
        <CommandChip command={`ceph osd map ${location.pool} ${location.oid}`} />
      </p>
    </>
  );
}

function Arrow() {
  return (
    <span className="quiet" aria-hidden="true">
      →
    </span>
  );
}

function Versions({ object }: { readonly object: ObjectInspection }) {
  const words = useInspectedText();
  const modified = new Date(object.modified_us / 1000).toISOString().replace('T', ' ').slice(0, 19);
  const elsewhere = object.replicas.some((id) => !object.location.acting.includes(id));
  return (
    <Facts>
      <Fact name={words.size}>{formatBytes(object.size)}</Fact>
      <Fact name={words.version}>
        <code>{object.version}</code>
      </Fact>
      <Fact name={words.modified}>{modified}</Fact>
      {(elsewhere || object.replicas.length < object.location.acting.length) && (
        <Fact name={words.replicas}>
          <OsdLinks osds={object.replicas} primary={object.location.acting[0]} />
        </Fact>
      )}
    </Facts>
  );
}

interface NamedProps {
  readonly title: string;
  readonly items: readonly NamedBytes[];
  /** Opened by a click only. */
  readonly closed?: boolean;
}

function Named({ title, items, closed = false }: NamedProps) {
  if (items.length === 0) return null;
  return (
    <section>
      <h3>
        {title} <span className="count">{items.length}</span>
      </h3>
      {items.map((item) => (
        <NamedValue key={item.key} item={item} open={!closed && item.value.fields.length > 1} />
      ))}
    </section>
  );
}

function NamedValue({ item, open }: { readonly item: NamedBytes; readonly open: boolean }) {
  const words = useInspectedText();
  const { value } = item;
  const [first] = value.fields;
  const brief = value.fields.length === 1 && first !== undefined ? first.value : '';
  return (
    <details className="named" open={open}>
      <summary>
        <code title={item.binaryKey ? words.binaryKey : undefined}>{item.key}</code>
        <span className="brief">{brief}</span>
        <TypeName type={value.type} />
        <span className="quiet">{formatBytes(value.length)}</span>
      </summary>
      <BytesWithFields view={value} />
    </details>
  );
}

function TypeName({ type }: { readonly type: string | null }) {
  return type === null ? null : <span className="type-name">{type}</span>;
}

/** The object's snapshots in the OSD: each clone with the snapshots that it serves. */
function SnapSet({ snapSet }: { readonly snapSet: SnapSetView }) {
  const words = useInspectedText();
  if (snapSet.clones.length === 0) return null;
  return (
    <section>
      <h3>{words.snapSet}</h3>
      <table className="snapset">
        <thead>
          <tr>
            <th>{words.clone}</th>
            <th>{words.snaps}</th>
            <th>{words.size}</th>
            <th>{words.overlap}</th>
          </tr>
        </thead>
        <tbody>
          {snapSet.clones.map((clone) => (
            <tr key={clone.id}>
              <td>{clone.id}</td>
              <td>{clone.snaps.join(', ')}</td>
              <td>{formatBytes(clone.size)}</td>
              <td>{formatBytes(clone.overlap.reduce((sum, range) => sum + range.len, 0))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet">
        {words.seq}: {snapSet.seq}
      </p>
    </section>
  );
}
