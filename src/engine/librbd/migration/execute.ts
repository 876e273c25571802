import type { Task } from '../../base/task.ts';
import { clsRbdMigration } from '../../codec/rbd-migration-methods.ts';
import { logged } from '../../librados/error-log.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { acquireLock } from '../exclusive-lock.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { emptyWrite } from '../io/object-change.ts';
import { objectCount } from '../io/striper.ts';
import { withImage } from '../open.ts';
import { tellProgress } from '../operation/tell-progress.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';
import { changeMigrated } from './object-change.ts';
import { findMigration, headerOf, type MigrationEnd } from './open-images.ts';
import { setMigrationState } from './set-state.ts';

/**
 * `rbd migration execute`: copies all that the destination still reads from its source. Stopped in between, it goes on
 * from there when it is run again. ENOENT; EINVAL for an image that is in no migration, or has been copied already.
 *
 * @ceph src/librbd/api/Migration.cc execute, src/librbd/operation/MigrateRequest.cc — exact; one that was stopped can
 * be run again, one object follows the other
 */
export function* executeMigration(io: IoCtx, name: string, onProgress: OnProgress = NO_PROGRESS): Task<void> {
  const { source, dest, spec } = yield* findMigration(io, name);
  if (dest === null || (spec?.state !== 'prepared' && spec?.state !== 'executing')) {
    const text = `execute: current migration state is '${spec?.state}' (should be 'prepared')`;
    throw logged(io.rados, 'EINVAL', 'librbd::Migration', text);
  }
  yield* setMigrationState(source, dest, 'executing');
  yield* withImage(dest.io, { id: dest.id }, {}, function* (image) {
    yield* acquireLock(image);
    yield* migrate(image, source ?? dest, tellProgress(image, 'migrate', onProgress));
  });
  yield* setMigrationState(source, dest, 'executed');
}

/** The header says how much is done, too. */
function* migrate(image: ImageCtx, told: MigrationEnd, tell: OnProgress): Task<void> {
  const { migration } = image.header;
  if (migration == null) return;
  const end = objectCount(image.layout, migration.overlap);
  let percent = -1;
  for (let no = 0; no < end; no++) {
    tell(no, end);
    const now = Math.floor((no * 100) / end);
    if (now > percent) {
      percent = now;
      const description = `${percent}% complete`;
      yield* told.io.exec(headerOf(told), clsRbdMigration.setState, { state: 'executing', description });
    }
    yield* changeMigrated(image, migration, emptyWrite(no));
  }
}
