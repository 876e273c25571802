import type { ObjectContext } from './object-context.ts';

/** A random UUID (version 4) in its usual form. */
export function randomUuid(object: Pick<ObjectContext, 'random_u32'>): string {
  const hex = [0, 1, 2, 3].map(() => object.random_u32().toString(16).padStart(8, '0')).join('');
  const variant = (8 + (Number.parseInt(hex.charAt(16), 16) & 3)).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
