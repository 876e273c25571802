import type { OptionRecord, PositionalRecord } from '../command.ts';

/** Options that many commands share, told once. */
export const POOL: OptionRecord = { long: 'pool', short: 'p', type: 'pool', summary: 'Pool of the image' };
export const NAMESPACE: OptionRecord = { long: 'namespace', type: 'namespace', summary: 'Namespace in that pool' };
export const IMAGE: OptionRecord = { long: 'image', type: 'image-spec', summary: 'Name of the image' };
export const IMAGE_ID: OptionRecord = {
  long: 'image-id',
  type: 'image-id',
  summary: 'Id of the image, instead of its name',
};
export const SNAP: OptionRecord = { long: 'snap', type: 'string', summary: 'Name of the snapshot' };
export const NO_PROGRESS_OPTION: OptionRecord = { long: 'no-progress', summary: 'Prints no progress line' };
export const FORMAT: OptionRecord = { long: 'format', type: 'enum:plain|json|xml', summary: 'Form of the output' };
export const PRETTY: OptionRecord = { long: 'pretty-format', summary: 'Indents JSON and XML' };

export const IN_POOL: readonly OptionRecord[] = [POOL, NAMESPACE];
export const FOR_IMAGE: readonly OptionRecord[] = [POOL, NAMESPACE, IMAGE];
export const FOR_SNAP: readonly OptionRecord[] = [POOL, NAMESPACE, IMAGE, SNAP];
export const FORMATS: readonly OptionRecord[] = [FORMAT, PRETTY];

export const DEST: readonly OptionRecord[] = [
  { long: 'dest-pool', type: 'pool', summary: 'Pool of the new image' },
  { long: 'dest-namespace', type: 'namespace', summary: 'Namespace of the new image' },
  { long: 'dest', type: 'image-spec', summary: 'Name of the new image' },
];

export const JOURNAL: readonly OptionRecord[] = [
  { long: 'journal-splay-width', type: 'int', summary: 'Objects that the journal goes over' },
  { long: 'journal-object-size', type: 'size', summary: 'Size of the journal objects' },
  { long: 'journal-pool', type: 'pool', summary: 'Pool of the journal objects' },
];

/** How the data of a new image is to lie. */
export const LAYOUT: readonly OptionRecord[] = [
  { long: 'order', type: 'int', summary: 'Object size as a power of two (deprecated)', hidden: true },
  { long: 'object-size', type: 'size', summary: 'Object size' },
  { long: 'image-feature', type: 'string', summary: 'Features, separated by commas', repeat: true },
  { long: 'image-shared', summary: 'For several clients at a time: no exclusive lock' },
  { long: 'stripe-unit', type: 'size', summary: 'Bytes that go to one object before the next one has its turn' },
  { long: 'stripe-count', type: 'int', summary: 'Objects that a stripe goes over' },
  { long: 'data-pool', type: 'pool', summary: 'Pool of the data objects' },
  { long: 'mirror-image-mode', type: 'enum:journal|snapshot', summary: 'Mirroring of the image' },
  ...JOURNAL,
];

/** How a new image is to be. */
export const CREATE: readonly OptionRecord[] = [
  { long: 'image-format', type: 'enum:1|2', summary: 'Format of the image (1 is deprecated)' },
  { long: 'new-format', summary: 'Format 2 (deprecated)', hidden: true },
  ...LAYOUT,
];

/** Of commands that reach the data of an encrypted image. */
export const ENCRYPTION: readonly OptionRecord[] = [
  { long: 'encryption-format', type: 'enum:luks|luks1|luks2', summary: 'Format of the encryption', repeat: true },
  { long: 'encryption-passphrase-file', type: 'file', summary: 'File with the passphrase', repeat: true },
];

export const IMAGE_SPEC: PositionalRecord = {
  name: 'image-spec',
  type: 'image-spec',
  summary: '[pool/[namespace/]]image',
  optional: true,
};
export const SNAP_SPEC: PositionalRecord = {
  name: 'snap-spec',
  type: 'snap-spec',
  summary: '[pool/[namespace/]]image@snap',
  optional: true,
};
export const IMAGE_OR_SNAP_SPEC: PositionalRecord = {
  name: 'image-or-snap-spec',
  type: 'image-or-snap-spec',
  summary: '[pool/[namespace/]]image[@snap]',
  optional: true,
};
export const POOL_SPEC: PositionalRecord = {
  name: 'pool-spec',
  type: 'pool',
  summary: 'pool[/namespace]',
  optional: true,
};

export const QUIESCE: readonly OptionRecord[] = [
  { long: 'skip-quiesce', summary: 'Does not ask clients to be quiet' },
  { long: 'ignore-quiesce-error', summary: 'Goes on where a client cannot be quiet' },
];

export const GROUP: OptionRecord = { long: 'group', type: 'string', summary: 'Name of the group' };
export const FOR_GROUP: readonly OptionRecord[] = [POOL, NAMESPACE, GROUP];
export const FOR_GROUP_SNAP: readonly OptionRecord[] = [...FOR_GROUP, SNAP];
export const GROUP_SPEC: PositionalRecord = {
  name: 'group-spec',
  type: 'string',
  summary: '[pool/[namespace/]]group',
  optional: true,
};
export const GROUP_SNAP_SPEC: PositionalRecord = {
  name: 'group-snap-spec',
  type: 'string',
  summary: '[pool/[namespace/]]group@snap',
  optional: true,
};
/** Of `group image add` and `remove`, which name a group and an image. */
export const GROUP_AND_IMAGE: readonly OptionRecord[] = [
  { long: 'group-pool', type: 'pool', summary: 'Pool of the group' },
  { long: 'group-namespace', type: 'namespace', summary: 'Namespace of the group' },
  GROUP,
  { long: 'image-pool', type: 'pool', summary: 'Pool of the image' },
  { long: 'image-namespace', type: 'namespace', summary: 'Namespace of the image: that of the group' },
  IMAGE,
];

export const FROM_IMAGE_OR_SNAP: PositionalRecord = { ...IMAGE_OR_SNAP_SPEC, name: 'source-image-or-snap-spec' };
export const TO_IMAGE: PositionalRecord = { ...IMAGE_SPEC, name: 'dest-image-spec' };
export const IMAGE_ID_SPEC: PositionalRecord = {
  name: 'image-id',
  type: 'image-id',
  summary: '[pool/[namespace/]]image-id',
  optional: true,
};
export const LOCK_ID: PositionalRecord = {
  name: 'lock-id',
  type: 'string',
  summary: 'Name of the lock',
  optional: true,
};
export const META_KEY: PositionalRecord = { name: 'key', type: 'string', summary: 'The key', optional: true };
export const PATH_NAME: PositionalRecord = {
  name: 'path-name',
  type: 'file',
  summary: 'A file, or - for the standard stream',
  optional: true,
};

export const PATH: OptionRecord = { long: 'path', type: 'file', summary: 'The file, or - for the standard stream' };
export const SPARSE_SIZE: OptionRecord = {
  long: 'sparse-size',
  type: 'size',
  summary: 'Zeros at least this long are left out (4K)',
};
export const EXPORT_FORMAT: OptionRecord = {
  long: 'export-format',
  type: 'enum:1|2',
  summary: '1: bytes of the image; 2: header, metadata and snapshots too',
};
