import type { WhyDraw, WhyTry } from '../../../protocol/maps.ts';
import { useMapsText } from '../../i18n/maps-text.ts';
import { strawBars } from '../../scene/maps/straws.ts';
import { type TreeIndex, typeOf } from '../../scene/maps/tree-index.ts';
import { useMaps } from '../../state/maps-store.ts';
import { itemName } from './why-steps.tsx';

interface WhyTryRowProps {
  readonly step: WhyTry;
  readonly index: TreeIndex;
  readonly open: boolean;
}

/** One descent: its way in a line, taken or struck through with the reason; opened, the straws of each draw. */
export function WhyTryRow({ step, index, open }: WhyTryRowProps) {
  const t = useMapsText().why;
  const taken = step.verdict === 'chosen';
  return (
    <li className={taken ? 'mr-try' : 'mr-try mr-try-rejected'} data-verdict={step.verdict}>
      <details open={open}>
        <summary>
          <span className="mr-try-place">
            {t.place(step.place)}
            {step.attempt > 0 && <small>{t.attempt(step.attempt)}</small>}
          </span>
          <span className="mr-path">
            {step.descent.map((draw, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a way may pass a bucket only once, but draws have no id
              <span key={at}>{itemName(index, draw.chosen)}</span>
            ))}
          </span>
          <span className="mr-verdict">{taken ? t.verdicts.chosen : <Reason step={step} index={index} />}</span>
        </summary>
        {step.descent.map((draw, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <Draw key={at} draw={draw} index={index} lost={!taken && at === step.descent.length - 1} />
        ))}
      </details>
    </li>
  );
}

function Reason({ step, index }: { readonly step: WhyTry; readonly index: TreeIndex }) {
  const t = useMapsText().why;
  const reweight = useReweight(step.item);
  if (step.verdict === 'chosen') return null;
  if (step.verdict === 'out' && reweight !== null)
    return reweight === 0 ? t.isOut : t.reweightSaysNo(reweight.toFixed(2));
  if (step.verdict !== 'collision' || step.item === null) return t.verdicts[step.verdict];
  const row = index.rowOf.get(step.item);
  return t.collisionBucket(row === undefined ? 'item' : typeOf(index, row));
}

/** The reweight of an OSD on the side that is looked at; null for what is no OSD. */
function useReweight(item: number | null): number | null {
  const side = useMaps((state) => (state.side === 'before' ? state.brought : state.room));
  if (item === null || item < 0 || side === null) return null;
  return side.osds.reweights[item] ?? null;
}

interface DrawProps {
  readonly draw: WhyDraw;
  readonly index: TreeIndex;
  readonly lost: boolean;
}

/** The straws of one bucket as bars; the longest wins. */
function Draw({ draw, index, lost }: DrawProps) {
  const t = useMapsText().why;
  const bars = strawBars(draw);
  const chosen = itemName(index, draw.chosen);
  const withStraws = bars.some((bar) => bar !== null);
  return (
    <div className="mr-draw">
      <p className="mr-draw-head">
        {withStraws ? t.inBucket(draw.bucketName, chosen) : t.inBucketPlain(draw.bucketName, chosen, draw.alg)}
        {draw.items > draw.straws.length && <small>{t.shown(draw.straws.length, draw.items)}</small>}
        {withStraws && <small className="mr-draw-columns">{t.columns}</small>}
      </p>
      {withStraws && (
        <table className={lost ? 'mr-straws mr-straws-lost' : 'mr-straws'}>
          <thead className="visually-hidden">
            <tr>
              <th>{t.draws}</th>
              <th>{t.straw}</th>
              <th>{t.weight}</th>
              <th>{t.hash}</th>
            </tr>
          </thead>
          <tbody>
            {draw.straws.map((straw, rank) => (
              <tr key={straw.item} data-won={straw.item === draw.chosen}>
                <th scope="row">{itemName(index, straw.item)}</th>
                <td>
                  <i style={{ inlineSize: `${Math.max(0.8, 100 * (bars[rank] ?? 0))}%` }} />
                </td>
                <td title={t.weight}>{straw.weight.toFixed(2)}</td>
                <td title={t.hash}>{straw.hash.toString(16).padStart(4, '0')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
