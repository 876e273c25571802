import { describe, expect, it } from 'vitest';
import { eraOf } from '../../../../../src/engine/base/era.ts';
import { CephError } from '../../../../../src/engine/base/errno.ts';
import { runToEnd, type Task } from '../../../../../src/engine/base/task.ts';
import type { OnProgress } from '../../../../../src/engine/librbd/progress.ts';
import { withProgress } from '../../../../../src/terminal/cli/rbd/progress.ts';
import type { Process } from '../../../../../src/terminal/process.ts';
import { CaptureOutput } from '../../../../../src/terminal/shell/io/streams.ts';

function lines(silent: boolean, operation: (onProgress: OnProgress) => Task<void>): string {
  const stderr = new CaptureOutput();
  // The progress line needs no more of a process than where it prints, and how its time did.
  const process = { stderr, cluster: { context: { era: eraOf() } } } as unknown as Process;
  try {
    runToEnd(withProgress(process, 'Image flatten', silent, operation));
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
  }
  return Buffer.from(stderr.bytes()).toString('utf8');
}

describe('the progress line', () => {
  it('tells each percentage once, and the end', () => {
    const text = lines(false, function* (onProgress) {
      for (const done of [0, 1, 1, 2, 3]) {
        onProgress(done, 3);
        yield 1;
      }
    });
    const percents = [33, 66, 100].map((percent) => `\rImage flatten: ${percent}% complete...`).join('');
    expect(text).toBe(`${percents}\rImage flatten: 100% complete...done.\n`);
  });

  it('tells where it was when something failed', () => {
    const text = lines(false, function* (onProgress) {
      onProgress(1, 4);
      yield 1;
      throw new CephError('EIO');
    });
    expect(text).toBe('\rImage flatten: 25% complete...\rImage flatten: 25% complete...failed.\n');
  });

  it('says nothing where it was asked to', () => {
    const text = lines(true, function* (onProgress) {
      onProgress(1, 1);
      yield 1;
    });
    expect(text).toBe('');
  });
});
