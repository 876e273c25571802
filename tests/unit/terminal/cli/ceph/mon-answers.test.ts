import { describe } from 'vitest';
import { settled, testAnswers } from '../recorded-answers.ts';

describe('words of earlier releases, modules that are off, one monitor and one manager, as a real cluster answers', () => {
  testAnswers(new URL('mon-answers.txt', import.meta.url), { after: settled });
});
