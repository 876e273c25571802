import { must } from '../base/assert.ts';
import type { ClsHandler } from './cls-handler.ts';

/** Methods by `class.method`. */
export type ClassRegistry = ReadonlyMap<string, ClsHandler>;

let loaded: ClassRegistry | undefined;

/** Loads the object classes. As in Ceph they are no part of the OSD: a page that shows a cluster needs none of them. */
export function loadClasses(classes: ClassRegistry): void {
  loaded = classes;
}

/** A loaded method; undefined for one that no class has. */
export function findMethod(cls: string, name: string): ClsHandler | undefined {
  return must(loaded, 'object classes').get(`${cls}.${name}`);
}
