import type { ProfileOptions } from './profile-reader.ts';

/**
 * The positions of the data chunks (`D`) and then those of all others; undefined where the profile has no mapping.
 *
 * @ceph src/erasure-code/ErasureCode.cc ErasureCode::to_mapping
 */
export function mappingOf(options: ProfileOptions): readonly number[] | undefined {
  const text = options.get('mapping');
  if (text === undefined) return undefined;
  const places = [...text].map((letter, place) => ({ letter, place }));
  return [...places.filter(({ letter }) => letter === 'D'), ...places.filter(({ letter }) => letter !== 'D')].map(
    ({ place }) => place,
  );
}
