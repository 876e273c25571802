import { isErrno } from '../base/errno.ts';
import type { Task } from '../base/task.ts';
import { utf8Decode, utf8Encode } from '../base/utf8.ts';
import { clsRbdMetadata } from '../codec/cls-rbd-methods.ts';
import { parseConfig } from '../librados/config-parser.ts';
import { logging } from '../librados/error-log.ts';
import type { IoCtx } from '../librados/io-ctx.ts';
import { RBD_CONFIG_OPTIONS } from './config-options.ts';
import { checkOverride, overriddenOption } from './config-override.ts';
import { RBD_INFO } from './object-names.ts';
import { listMetadataOf } from './operation/metadata.ts';

/** Where a value comes from: the cluster's configuration or the client's, the pool, or the image. */
export type ConfigSource = 'config' | 'pool' | 'image';

export interface ConfigEntry {
  readonly name: string;
  readonly value: string;
  readonly source: ConfigSource;
}

/**
 * All options of a pool. @ceph src/librbd/api/Config.cc list — exact
 */
export function* listPoolConfig(io: IoCtx): Task<ConfigEntry[]> {
  const overrides = yield* poolOverrides(io);
  return RBD_CONFIG_OPTIONS.pool.map((name) => entryOf(io, name, overrides));
}

/** All options of an image: what the image has goes before what its pool has. */
export function* listImageConfig(io: IoCtx, header: string): Task<ConfigEntry[]> {
  const pool = yield* poolOverrides(io);
  const image = overridesIn(yield* listMetadataOf(io, header));
  return RBD_CONFIG_OPTIONS.image.map((name) => {
    const value = image.get(name);
    return value === undefined ? entryOf(io, name, pool) : { name, value, source: 'image' };
  });
}

function entryOf(io: IoCtx, name: string, overrides: ReadonlyMap<string, string>): ConfigEntry {
  const value = overrides.get(name);
  return value === undefined
    ? { name, value: io.rados.config(name), source: 'config' }
    : { name, value, source: 'pool' };
}

export type ConfigLookup = (name: string) => string;

/** The configuration with a pool's overrides. @ceph src/librbd/api/Config.cc apply_pool_overrides — exact */
export function* poolConfig(io: IoCtx): Task<ConfigLookup> {
  return lookupIn(io, yield* poolOverrides(io));
}

/** The configuration with the overrides of an image's pool, and its own. */
export function* imageConfig(io: IoCtx, header: string): Task<ConfigLookup> {
  const pool = yield* poolOverrides(io);
  return lookupIn(io, new Map([...pool, ...overridesIn(yield* listMetadataOf(io, header))]));
}

function lookupIn(io: IoCtx, overrides: ReadonlyMap<string, string>): ConfigLookup {
  return (name) => {
    const value = overrides.get(name);
    return (value === undefined ? null : parseConfig(name, value)) ?? io.rados.config(name);
  };
}

/** ENOENT where it is not set. */
export function* getPoolMetadata(io: IoCtx, key: string): Task<string> {
  return utf8Decode(yield* io.inNamespace('').exec(RBD_INFO, clsRbdMetadata.get, { key }));
}

/** @ceph src/librbd/api/PoolMetadata.cc set — exact, but that who calls tells the clients */
export function* setPoolMetadata(io: IoCtx, key: string, value: string): Task<void> {
  yield* logging(io.rados, 'librbd::PoolMetadata', `set: validation for ${key} failed`, checked(key, value));
  yield* io.inNamespace('').exec(RBD_INFO, clsRbdMetadata.set, { entries: new Map([[key, utf8Encode(value)]]) });
}

function* checked(key: string, value: string): Task<void> {
  checkOverride('pool', key, value);
}

/** ENOENT where it is not set. */
export function* removePoolMetadata(io: IoCtx, key: string): Task<void> {
  yield* getPoolMetadata(io, key);
  yield* io.inNamespace('').exec(RBD_INFO, clsRbdMetadata.remove, { key });
}

function* poolOverrides(io: IoCtx): Task<ReadonlyMap<string, string>> {
  try {
    return overridesIn(yield* listMetadataOf(io.inNamespace(''), RBD_INFO));
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return new Map();
    throw error;
  }
}

function overridesIn(pairs: readonly (readonly [key: string, value: Uint8Array])[]): ReadonlyMap<string, string> {
  const out = new Map<string, string>();
  for (const [key, value] of pairs) {
    const name = overriddenOption(key);
    if (name !== undefined) out.set(name, utf8Decode(value));
  }
  return out;
}
