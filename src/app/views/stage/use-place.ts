import { useEffect, useState } from 'react';
import type { Location } from '../../../protocol/calls.ts';
import type { ObjectSelection, PlaceOf, Selection } from '../../scene/selection.ts';
import type { Locate } from './props.ts';

interface Found {
  readonly key: string;
  readonly place: Location | null;
}

function keyOf(target: ObjectSelection): string {
  return `${target.pool}/${target.nspace}/${target.oid}`;
}

/**
 * Where the object that is pointed at goes: null as long as it is not known, and for things that are no object.
 * Asked again as the map's epoch changes, showing the last answer meanwhile.
 */
export function usePlace(target: Selection | null, epoch: number, locate: Locate): Location | null {
  const [found, setFound] = useState<Found | null>(null);
  const object = target?.kind === 'object' ? target : null;
  const key = object === null ? null : keyOf(object);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key tells one object from another; its record may be new each time
  useEffect(() => {
    if (object === null || key === null) return;
    let current = true;
    locate(object.pool, object.nspace, object.oid).then(
      (place) => current && setFound({ key, place }),
      // The worker is gone: the page says so elsewhere, and here nothing is known.
      () => current && setFound({ key, place: null }),
    );
    return () => {
      current = false;
    };
  }, [key, epoch, locate]);
  return found !== null && found.key === key ? found.place : null;
}

/** A {@link PlaceOf} that knows one place. */
export function placeOfOne(target: Selection | null, place: Location | null): PlaceOf {
  return (pool, nspace, oid) =>
    target?.kind === 'object' && target.pool === pool && target.nspace === nspace && target.oid === oid
      ? (place?.pgid ?? null)
      : null;
}
