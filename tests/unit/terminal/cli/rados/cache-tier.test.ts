import { describe } from 'vitest';
import { settled, testAnswers } from '../recorded-answers.ts';

describe('objects through a cache, as a real cluster answers', () => {
  testAnswers(new URL('cache-tier-answers.txt', import.meta.url), {
    before: (bench) => {
      bench.run('tee h1', 'hello');
      bench.run('tee big', 'x'.repeat(5000));
    },
    after: settled,
  });
});
