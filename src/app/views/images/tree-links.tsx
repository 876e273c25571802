import { memo } from 'react';
import type { TreeLink } from '../../scene/layout/images.ts';

/** Lines of the tree: solid from an image to its snapshots, in the parent's colour from a snapshot to its clones. */
export const TreeLinks = memo(function TreeLinks({ links }: { readonly links: readonly TreeLink[] }) {
  return links.map(({ key, x, fromY, toY, toX, clone }) => (
    <path
      key={key}
      className={clone ? 'st-link st-link-clone' : 'st-link'}
      d={`M${x} ${fromY}V${toY - 4}Q${x} ${toY} ${x + 4} ${toY}H${toX}`}
    />
  ));
});
