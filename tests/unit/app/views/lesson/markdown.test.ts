import { expect, it } from 'vitest';
import { parseMarkdown, parseSpans } from '../../../../../src/app/views/lesson/markdown.ts';

it('reads paragraphs, lists, code and emphasis', () => {
  expect(parseMarkdown('One *two*\nthree.\n\n- `a`\n- **b**\n\n```\nx  y\n```')).toEqual([
    {
      kind: 'paragraph',
      spans: [
        { kind: 'text', text: 'One ' },
        { kind: 'emphasis', text: 'two' },
        { kind: 'text', text: ' three.' },
      ],
    },
    { kind: 'list', items: [[{ kind: 'code', text: 'a' }], [{ kind: 'strong', text: 'b' }]] },
    { kind: 'code', text: 'x  y' },
  ]);
});

it('markup in a text stays text', () => {
  expect(parseSpans('<img src=x onerror=alert(1)>')).toEqual([{ kind: 'text', text: '<img src=x onerror=alert(1)>' }]);
  expect(parseSpans('`<b>`')).toEqual([{ kind: 'code', text: '<b>' }]);
});
