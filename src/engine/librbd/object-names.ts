/** Names of the objects that an image is made of (`include/rbd_types.h`). */
export const RBD_DIRECTORY = 'rbd_directory';
export const RBD_CHILDREN = 'rbd_children';
export const RBD_INFO = 'rbd_info';
export const RBD_TRASH = 'rbd_trash';
export const RBD_NAMESPACE = 'rbd_namespace';
export const RBD_MIRRORING = 'rbd_mirroring';
export const RBD_GROUP_DIRECTORY = 'rbd_group_directory';

/** Holds the id of the image of that name. */
export function idObjectName(imageName: string): string {
  return `rbd_id.${imageName}`;
}

export function headerName(imageId: string): string {
  return `rbd_header.${imageId}`;
}

export function groupHeaderName(groupId: string): string {
  return `rbd_group_header.${groupId}`;
}

/** Of the head, or of a snapshot. */
export function objectMapName(imageId: string, snapId?: number): string {
  return snapId === undefined ? `rbd_object_map.${imageId}` : `rbd_object_map.${imageId}.${hex16(snapId)}`;
}

/** The key among an image's metadata of what mirroring of that pool notes down. */
export function mirrorMetaKey(poolMirrorUuid: string): string {
  return `.rbd_mirror.${poolMirrorUuid}`;
}

/** Holds what the image was like at a mirror snapshot. */
export function mirrorStateName(imageId: string, snapId: number, index: number): string {
  return `rbd_mirror_snapshot.${imageId}.${snapId}.${index}`;
}

/** What data objects begin with; with the pool of the header in it where data has a pool of its own. */
export function dataPrefix(imageId: string, headerPoolId?: number): string {
  return headerPoolId === undefined ? `rbd_data.${imageId}` : `rbd_data.${headerPoolId}.${imageId}`;
}

/** A data object: its image's prefix and its number. */
export function dataObjectName(prefix: string, objectNo: number): string {
  return `${prefix}.${hex16(objectNo)}`;
}

const ZEROS = '0000000000000000';

/** A number as 16 hex digits, as Ceph writes object numbers and snapshot ids in names. */
export function hex16(value: number): string {
  const digits = value.toString(16);
  return ZEROS.slice(digits.length) + digits;
}
