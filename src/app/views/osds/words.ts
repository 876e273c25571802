import type { OsdView } from '../../../protocol/view.ts';
import type { StageMessages } from '../../i18n/stage.en.ts';
import { osdWord } from '../../scene/marks.ts';

/** An OSD in one sentence. */
export function osdWords(osd: OsdView, t: StageMessages['stage']['osds']): string {
  return t.osd(osd.id, osd.host, t.marks[osdWord(osd)], osd.pgs, osd.primaryPgs, osd.objects);
}
