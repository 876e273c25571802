import type { NamedBytes, ObjectInspection, SnapSetView } from '../../../protocol/calls.ts';
import { formatBytes } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { CommandChip } from '../page/command-chip.tsx';
import { BytesWithFields } from './bytes-with-fields.tsx';
import { Fact, Facts, OsdLinks, PgLink } from './facts.tsx';

/** An object of an OSD's store: where it is and why, its omap, xattrs, snapshots and data. */
export function ObjectView({ object }: { readonly object: ObjectInspection }) {
  const words = useText().inspector;
  return (
    <div className="inspected">
      {object.role !== null && <p className="role">{object.role}</p>}
      {!object.exists && <p className="quiet">{words.absent}</p>}
      <Place object={object} />
      {object.exists && (
        <>
          <Facts>
            <Fact name={words.size}>{formatBytes(object.size)}</Fact>
            <Fact name={words.version}>
              <code>{object.version}</code>
            </Fact>
            <Fact name={words.modified}>
              {new Date(object.modified_us / 1000).toISOString().replace('T', ' ').slice(0, 19)}
            </Fact>
            <Fact name={words.replicas}>
              <OsdLinks osds={object.replicas} primary={object.location.acting[0]} />
            </Fact>
          </Facts>
          <Named title={words.omap} items={object.omap} />
          {object.snapSet !== null && <SnapSet snapSet={object.snapSet} />}
          <Named title={words.xattrs} items={object.xattrs} />
          {object.size > 0 && (
            <section>
              <h3>
                {words.data} <TypeName type={object.data.type} />
              </h3>
              <BytesWithFields view={object.data} />
            </section>
          )}
        </>
      )}
    </div>
  );
}

/** Name to hash to PG to OSDs, each number shown. */
function Place({ object }: { readonly object: ObjectInspection }) {
  const words = useText().inspector;
  const { location } = object;
  return (
    <Facts>
      <Fact name={words.hash}>
        <code>{location.hash}</code>
      </Fact>
      <Fact name="PG">
        <PgLink pgid={location.pgid} /> <span className="quiet">stable_mod {location.pgNum}</span>
      </Fact>
      <Fact name={words.acting}>
        <OsdLinks osds={location.acting} primary={location.acting[0]} /> <span className="quiet">{location.rule}</span>
      </Fact>
      <Fact name={words.locate}>
        <CommandChip command={`ceph osd map ${location.pool} ${location.oid}`} />
      </Fact>
    </Facts>
  );
}

function Named({ title, items }: { readonly title: string; readonly items: readonly NamedBytes[] }) {
  if (items.length === 0) return null;
  return (
    <section>
      <h3>
        {title} <span className="count">{items.length}</span>
      </h3>
      {items.map((item) => (
        <NamedValue key={item.key} item={item} />
      ))}
    </section>
  );
}

function NamedValue({ item }: { readonly item: NamedBytes }) {
  const words = useText().inspector;
  const { value } = item;
  const [first] = value.fields;
  const brief = value.fields.length === 1 && first !== undefined ? first.value : '';
  return (
    <details className="named" open={value.fields.length > 1}>
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
  const words = useText().inspector;
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
