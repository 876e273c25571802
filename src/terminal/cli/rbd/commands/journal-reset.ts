import { CephError, cppStrerror } from '../../../../engine/base/errno.ts';
import { FEATURE } from '../../../../engine/codec/rbd-types.ts';
import { nameInDirectory } from '../../../../engine/librbd/image-names.ts';
import { addFeatures, dropFeatures } from '../../../../engine/librbd/mirror/journal-feature.ts';
import { closingImage, openImage } from '../../../../engine/librbd/open.ts';
import { rbdCommand } from '../command.ts';
import { FOR_JOURNAL, JOURNAL_SPEC, openedJournal, orFailIn } from '../journal-image.ts';

export const journalReset = rbdCommand(
  {
    words: ['journal', 'reset'],
    summary: 'Begin a journal anew.',
    description: 'What it has is played back, then the feature is switched off and on again.',
    positionals: [JOURNAL_SPEC],
    options: [...FOR_JOURNAL],
  },
  function* (run) {
    const { io, id } = yield* openedJournal(run);
    const saying = (words: string) => (error: CephError) => `${words}: ${cppStrerror(error.errno)}`;
    yield* orFailIn(
      'reset',
      saying("failed to locate journal's image"),
      (function* () {
        if ((yield* nameInDirectory(io, id)) === undefined) throw new CephError('ENOENT', id);
      })(),
    );
    const image = yield* orFailIn('reset', saying('failed to open image'), openImage(io, { id }));
    yield* closingImage(image, function* () {
      const disable = dropFeatures(image, FEATURE.JOURNALING);
      yield* orFailIn('reset', saying('failed to disable image journaling'), disable);
      const enable = addFeatures(image, FEATURE.JOURNALING);
      yield* orFailIn('reset', saying('failed to re-enable image journaling'), enable);
    });
  },
);
