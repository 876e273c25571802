import { describe } from 'vitest';
import { settled, testAnswers } from '../recorded-answers.ts';

describe('the OSD commands of a real cluster', () => {
  testAnswers(new URL('osd-answers.txt', import.meta.url), { after: settled });
});
