import type { ObjectInfo, Onode } from '../../os/onode.ts';

/**
 * True where the base pool lacks what the object is now. Kept as the version that the base has, so that no write need think
 * of it: each gives the object a newer one, and a clone keeps that of the head that it was.
 * @ceph src/osd/osd_types.h object_info_t::is_dirty — exact
 */
export function isDirty({ info }: Onode): boolean {
  return info.cleanAt !== info.userVersion;
}

/** As it is once the base has it. */
export function cleaned(info: ObjectInfo): ObjectInfo {
  return info.cleanAt === info.userVersion ? info : { ...info, cleanAt: info.userVersion };
}
