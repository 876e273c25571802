import { describe } from 'vitest';
import { settled, testAnswers } from '../recorded-answers.ts';

describe('pools before pools, as a real cluster answers', () => {
  testAnswers(new URL('tier-answers.txt', import.meta.url), {
    before: (bench, line) => {
      if (line.startsWith('rados')) bench.run('tee h1', 'hello');
    },
    after: settled,
  });
});
