import type { OpTrace, TraceKind } from '../../../engine/base/op-trace.ts';
import { useTraceText } from '../../i18n/trace-text.ts';
import { roadOf } from '../../scene/trace/road.ts';
import { stepsOf } from '../../scene/trace/steps.ts';
import { useUi } from '../../state/ui-store.ts';
import { useSize } from '../stage/use-size.ts';
import { RoadPicture } from './road-picture.tsx';

interface RoadCardProps {
  readonly trace: OpTrace;
  readonly kind: TraceKind;
}

/** One operation: what it was, its road as a picture, and the same in words. */
export function RoadCard({ trace, kind }: RoadCardProps) {
  const words = useTraceText();
  const { ref, size, scale } = useSize();
  const name = trace.ops.map((op) => op.name).join(' + ');
  const road = roadOf(trace, Math.max(280, size.width / scale));
  return (
    <article className={`tr-card tr-hue-${kind}`}>
      <header className="tr-card-head">
        <h3>{name}</h3>
        {trace.hash !== null && <ObjectLink trace={trace} />}
      </header>
      <div ref={ref} className="tr-picture">
        <RoadPicture trace={trace} road={road} scale={scale} label={words.picture(name, trace.pgid)} />
      </div>
      <h4>{words.inWords}</h4>
      <ol className="tr-steps">
        {stepsOf(trace).map((step) => (
          <li key={step.step + ('to' in step ? step.to : '')}>{words.step(step)}</li>
        ))}
      </ol>
    </article>
  );
}

function ObjectLink({ trace: { pool, nspace, oid, snap } }: { readonly trace: OpTrace }) {
  const words = useTraceText();
  const show = (): void => {
    const { set, select } = useUi.getState();
    set({ dialog: null });
    select({ kind: 'object', pool, nspace, oid, snap });
  };
  return (
    <button type="button" className="link tr-object" title={words.onStage(oid)} onClick={show}>
      {oid}
    </button>
  );
}
