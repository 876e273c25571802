import type { Task } from '../../base/task.ts';
import { Decoder } from '../../codec/denc.ts';
import { decodeTagData, encodeTagData, type TagData } from '../../codec/journal-codec.ts';
import { clsJournal } from '../../codec/journal-methods.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { IMAGE_CLIENT, journalHeaderName, LOCAL, ORPHAN } from './journal-names.ts';

type Predecessor = TagData['predecessor'];

/** Whose the image is by its journal's last tag: `''` for its own. */
export function* journalOwner(image: ImageCtx): Task<string> {
  const last = (yield* image.io.exec(journalHeaderName(image.id), clsJournal.tags, undefined)).at(-1);
  return last === undefined ? LOCAL : decodeTagData(new Decoder(last.data)).mirrorUuid;
}

/** A new time of the image itself begins, or, with `owner`, of nobody. @ceph src/librbd/Journal.cc allocate_local_tag — exact */
export function* allocateTag(image: ImageCtx, owner = LOCAL): Task<number> {
  const { commitPosition } = yield* image.io.exec(journalHeaderName(image.id), clsJournal.getClient, {
    id: IMAGE_CLIENT,
  });
  const last = commitPosition[0];
  return yield* createTag(image, owner, {
    mirrorUuid: LOCAL,
    commitValid: last !== undefined,
    tagTid: last?.tagTid ?? 0,
    entryTid: last?.entryTid ?? 0,
  });
}

/**
 * The time of an image that is promoted: after the one in which it was nobody's; by force, after none that others know.
 *
 * @ceph src/librbd/journal/PromoteRequest.cc allocate_tag — exact
 */
export function* allocatePromotionTag(image: ImageCtx, force: boolean): Task<number> {
  const last = (yield* image.io.exec(journalHeaderName(image.id), clsJournal.tags, undefined)).at(-1);
  const tagTid = last?.tid ?? 0;
  const orderly = !force && (yield* journalOwner(image)) === ORPHAN;
  const mirrorUuid = orderly ? ORPHAN : LOCAL;
  return yield* createTag(image, LOCAL, { mirrorUuid, commitValid: true, tagTid, entryTid: orderly ? 1 : 0 });
}

function* createTag(image: ImageCtx, mirrorUuid: string, predecessor: Predecessor): Task<number> {
  const header = journalHeaderName(image.id);
  const tid = yield* image.io.exec(header, clsJournal.getNextTagTid, undefined);
  const data = encodeTagData({ mirrorUuid, predecessor });
  yield* image.io.exec(header, clsJournal.createTag, { tid, tagClass: 0, data });
  return tid;
}
