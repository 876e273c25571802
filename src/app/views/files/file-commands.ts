import type { ClusterView } from '../../../protocol/view.ts';

const HOME = '/root/';

/** The command that makes an image of a file; null where no pool holds images. */
export function importCommand(path: string, view: ClusterView): string | null {
  const pool = imagePool(view);
  if (pool === null) return null;
  const name = (path.split('/').at(-1) ?? '').replaceAll(/[^\w.+-]/g, '-');
  return `rbd import ${quoted(path.startsWith(HOME) ? path.slice(HOME.length) : path)} ${pool}/${name}`;
}

/** The command that makes a file of the cluster's first image; null where there is none. */
export function exportCommand(view: ClusterView): string | null {
  const [image] = view.images;
  return image === undefined ? null : `rbd export ${image.spec} ${image.name}.raw`;
}

function imagePool({ pools }: ClusterView): string | null {
  return (
    (pools.find(({ applications }) => applications.includes('rbd')) ?? pools.find(({ name }) => name === 'rbd'))
      ?.name ?? null
  );
}

function quoted(path: string): string {
  return /^[\w./+-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
