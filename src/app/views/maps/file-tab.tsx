import type { MapExport, MapReport, MapRoomView } from '../../../protocol/maps.ts';
import { useMapsText } from '../../i18n/maps-text.ts';
import { bytesText } from '../../scene/units.ts';
import { choosePool } from '../../state/maps-client.ts';
import { exportMap } from '../../state/maps-export.ts';

interface FileTabProps {
  readonly report: MapReport;
  readonly room: MapRoomView;
}

/** What was read, what was left out or assumed; the pools and rules of the map; and the way to take it along. */
export function FileTab({ report, room }: FileTabProps) {
  const t = useMapsText().file;
  return (
    <div className="mr-tab mr-file">
      <section aria-label={t.title}>
        <h4>{t.title}</h4>
        <p>{t.kinds[report.kind]}</p>
        <ul className="mr-files">
          {report.files.map((file) => (
            <li key={file.name}>
              <code>{file.name}</code> <span className="mr-quiet">{bytesText(file.bytes)}</span>{' '}
              <span className="mr-quiet">{file.readAs}</span>
            </li>
          ))}
        </ul>
        {report.kind !== 'crushmap' && (
          <dl className="mr-chain">
            <dt>{t.fsid}</dt>
            <dd>
              <code>{room.fsid}</code>
            </dd>
            <dt>{t.epoch}</dt>
            <dd>{room.epoch}</dd>
          </dl>
        )}
        <Notes title={t.leftOut} notes={report.leftOut} other={t.fieldLeftOut} />
        <Notes title={t.assumed} notes={report.assumed} other={t.fieldAssumed} />
      </section>
      <Pools room={room} />
      <Rules room={room} />
      <Exports />
    </div>
  );
}

interface NotesProps {
  readonly title: string;
  readonly notes: MapReport['leftOut'];
  /** What is said of a word that is the name of a field. */
  readonly other: (field: string, count: number) => string;
}

function Notes({ title, notes, other }: NotesProps) {
  const t = useMapsText().file;
  return (
    <div className="mr-notes">
      <h5>{title}</h5>
      {notes.length === 0 ? (
        <p className="mr-quiet">{t.nothing}</p>
      ) : (
        <ul>
          {notes.map(({ code, count }) => (
            <li key={code}>{t.codes[code]?.(count) ?? other(code, count)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Pools({ room }: { readonly room: MapRoomView }) {
  const t = useMapsText().file;
  return (
    <section aria-label={t.pools}>
      <h4>{t.pools}</h4>
      <div className="mr-scroll-x">
        <table className="mr-table">
          <thead>
            <tr>
              <th scope="col">{t.pool}</th>
              <th scope="col">{t.pgs}</th>
              <th scope="col">{t.size}</th>
              <th scope="col">{t.rule}</th>
              <th scope="col">{t.stored}</th>
              <th scope="col">{t.undersized}</th>
            </tr>
          </thead>
          <tbody>
            {room.pools.map((pool) => (
              <tr key={pool.id}>
                <th scope="row">
                  <button type="button" className="link" onClick={() => void choosePool(pool.id)}>
                    {pool.id} {pool.name}
                  </button>
                </th>
                <td>{pool.pgNum.toLocaleString('en')}</td>
                <td>
                  {pool.size} / {pool.minSize}
                </td>
                <td className="mr-words">{room.rules.find(({ id }) => id === pool.rule)?.name ?? pool.rule}</td>
                <td>{pool.stored_bytes === null ? '?' : bytesText(pool.stored_bytes)}</td>
                <td className={pool.undersized > 0 ? 'mr-warn' : ''}>{pool.undersized.toLocaleString('en')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Rules({ room }: { readonly room: MapRoomView }) {
  const t = useMapsText().file;
  return (
    <section aria-label={t.rules}>
      <h4>{t.rules}</h4>
      {room.rules.map((rule) => (
        <details key={rule.id} className="mr-rule">
          <summary>
            <code>{rule.name}</code> <span className="mr-quiet">{rule.id}</span>
          </summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must be able to scroll it */}
          <pre tabIndex={0}>{rule.text}</pre>
        </details>
      ))}
    </section>
  );
}

const EXPORTS: readonly MapExport[] = ['osdmap', 'crushmap', 'crushmap-text', 'commands'];

function Exports() {
  const t = useMapsText().file;
  return (
    <section aria-label={t.exportTitle}>
      <h4>{t.exportTitle}</h4>
      <p className="mr-quiet">{t.exportNote}</p>
      <div className="mr-buttons">
        <ExportButtons />
      </div>
    </section>
  );
}

/** The four things that can be taken along; `onDone` closes the menu that they stand in. */
export function ExportButtons({ onDone }: { readonly onDone?: (button: Element) => void }) {
  const t = useMapsText().file;
  return EXPORTS.map((what) => (
    <button
      key={what}
      type="button"
      className="button"
      onClick={(event) => {
        onDone?.(event.currentTarget);
        void exportMap(what);
      }}
    >
      {t.exports[what]}
    </button>
  ));
}
