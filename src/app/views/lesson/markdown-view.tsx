import { useMemo } from 'react';
import { type BlockNode, parseMarkdown, type Span } from './markdown.ts';

/** A lesson's text. Elements are made by React from data, so nothing in a text can become markup or script. */
export function MarkdownView({ text }: { readonly text: string }) {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  return (
    <div className="prose">
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a text does not change its order
        <Block key={index} block={block} />
      ))}
    </div>
  );
}

function Block({ block }: { readonly block: BlockNode }) {
  if (block.kind === 'code') return <pre>{block.text}</pre>;
  if (block.kind === 'paragraph')
    return <p className={isLookAt(block.spans) ? 'look-at' : undefined}>{spansOf(block.spans)}</p>;
  return (
    <ul>
      {block.items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <li key={index}>{spansOf(item)}</li>
      ))}
    </ul>
  );
}

/** A paragraph that begins with strong words and a colon says where to look; it is set off. */
function isLookAt([first]: readonly Span[]): boolean {
  return first?.kind === 'strong' && /[:：]$/.test(first.text);
}

function spansOf(spans: readonly Span[]) {
  return spans.map((span, index) => {
    const key = `${index}`;
    if (span.kind === 'code') return <code key={key}>{span.text}</code>;
    if (span.kind === 'strong') return <strong key={key}>{span.text}</strong>;
    if (span.kind === 'emphasis') return <em key={key}>{span.text}</em>;
    return <span key={key}>{span.text}</span>;
  });
}
