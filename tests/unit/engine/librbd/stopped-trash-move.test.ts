import { expect, test } from 'vitest';
import { TestMachine } from '../../../helpers/machine.ts';

test('ST4: a move to the trash that was stopped at any step is ended by the next', () => {
  const LINE = 'rbd trash mv p/a';
  for (let steps = 0; ; steps++) {
    const machine = new TestMachine();
    machine.must('ceph osd pool create p 8; rbd pool init p; rbd create p/a --size 1M');
    const { code } = machine.runSteps(LINE, steps);
    if (code === 0) break;
    const again = machine.run(LINE);
    const listed = machine.must('rbd trash ls p');
    expect({ steps, listed, text: again.code === 0 ? '' : again.err }).toMatchObject({
      listed: expect.stringMatching(/^\w+ a\n$/),
      // Where only its last answer was missing, there is nothing left to move.
      text: expect.stringMatching(/^$|No such file/),
    });
    machine.must(`rbd trash restore p/${listed.split(' ')[0]}; rbd info p/a`);
  }
});
