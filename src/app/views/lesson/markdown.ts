/** A piece of a line. */
export type Span =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'emphasis'; readonly text: string };

export type BlockNode =
  | { readonly kind: 'paragraph'; readonly spans: readonly Span[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Span[])[] }
  | { readonly kind: 'code'; readonly text: string };

/**
 * The little of Markdown that lessons use: paragraphs, lists with "- ", fenced code, `code`, **strong**, *emphasis*.
 * It gives data, never HTML; whatever else stands in the text is shown as it is.
 */
export function parseMarkdown(markdown: string): BlockNode[] {
  const parts = markdown.split(/^(```[^\n]*\n[\s\S]*?^```)$/m);
  return parts.flatMap((part) => {
    if (part.startsWith('```')) return [{ kind: 'code', text: part.replace(/^```[^\n]*\n|\n?```$/g, '') } as const];
    return part.split(/\n\s*\n/).flatMap((text) => (text.trim() === '' ? [] : [textBlock(text.trim())]));
  });
}

function textBlock(text: string): BlockNode {
  const lines = text.split('\n');
  if (lines.every((line) => line.startsWith('- ')))
    return { kind: 'list', items: lines.map((line) => parseSpans(line.slice(2))) };
  return { kind: 'paragraph', spans: parseSpans(lines.join(' ')) };
}

const SPAN = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*/g;

export function parseSpans(line: string): Span[] {
  const spans: Span[] = [];
  let end = 0;
  for (const match of line.matchAll(SPAN)) {
    if (match.index > end) spans.push({ kind: 'text', text: line.slice(end, match.index) });
    const [whole, code, strong, emphasis] = match;
    if (code !== undefined) spans.push({ kind: 'code', text: code });
    else if (strong !== undefined) spans.push({ kind: 'strong', text: strong });
    else if (emphasis !== undefined) spans.push({ kind: 'emphasis', text: emphasis });
    end = match.index + whole.length;
  }
  if (end < line.length) spans.push({ kind: 'text', text: line.slice(end) });
  return spans;
}
