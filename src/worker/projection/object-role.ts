import type { ImageView } from '../../protocol/view.ts';

const FIXED: ReadonlyMap<string, string> = new Map([
  ['rbd_directory', 'names and ids of the images'],
  ['rbd_info', 'pool check of rbd'],
  ['rbd_children', 'clones of protected snapshots (clone format 1)'],
  ['rbd_trash', 'images in the trash'],
  ['rbd_namespace', 'namespaces of the pool'],
]);

/** What an object is for, told from its name and the images that there are; null where that says nothing. */
export function roleOf(images: readonly ImageView[], pool: number, nspace: string, oid: string): string | null {
  const fixed = FIXED.get(oid);
  if (fixed !== undefined) return fixed;
  const image = images.find((each) => each.nspace === nspace && belongs(each, pool, oid));
  if (image === undefined) return null;
  if (oid.startsWith('rbd_id.')) return `rbd id of ${image.spec}`;
  if (oid.startsWith('rbd_header.') || oid === `${image.name}.rbd`) return `rbd header of ${image.spec}`;
  if (oid.startsWith('rbd_object_map.')) return `object map of ${image.spec}${snapOfMap(image, oid)}`;
  return `object ${Number.parseInt(oid.slice(image.prefix.length + 1), 16)} of ${image.spec}`;
}

function belongs(image: ImageView, pool: number, oid: string): boolean {
  if (image.dataPool === pool && oid.startsWith(`${image.prefix}.`)) return true;
  if (image.pool !== pool) return false;
  const map = `rbd_object_map.${image.id}`;
  if (oid === `rbd_header.${image.id}` || oid === map || oid.startsWith(`${map}.`)) return true;
  return (oid === `rbd_id.${image.name}` || oid === `${image.name}.rbd`) && !image.inTrash;
}

function snapOfMap(image: ImageView, oid: string): string {
  const id = oid.split('.')[2];
  if (id === undefined) return '';
  const snapId = Number.parseInt(id, 16);
  return `@${image.lanes.find((lane) => lane.snapId === snapId)?.name ?? snapId}`;
}
