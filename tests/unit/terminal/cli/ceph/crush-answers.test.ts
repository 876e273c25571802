import { describe } from 'vitest';
import { testAnswers } from '../recorded-answers.ts';

// No time passes between them, so that the one PG stays where it is told to be: the recorded one's data lay on other OSDs.
describe('the CRUSH commands of a real cluster', () => {
  testAnswers(new URL('crush-answers.txt', import.meta.url), {
    before: (bench, line) => {
      if (line === 'ceph osd pg-upmap-primary 1.0 1') bench.must('ceph osd pg-temp 1.0 2 3 0');
    },
  });
});
