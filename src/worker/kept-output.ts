import type { OutputChunk } from '../protocol/view.ts';

/** Of each command's output at most about so many characters are kept: its beginning and its end. */
const KEPT_CHARS = 512 * 1024;
const LEFT_OUT = '\n[…]\n';

/**
 * Output as it is kept for the scrollback: neighbouring pieces of one stream joined, progress that was overwritten
 * left out, and the middle of very long output as well.
 */
export class KeptOutput {
  #chunks: { stream: OutputChunk['stream']; text: string }[] = [];
  #chars = 0;
  /** Where the part begins that is shortened as more comes; what stands before it stays. */
  #tail = 0;

  add(chunk: OutputChunk): void {
    const last = this.#chunks.at(-1);
    if (last !== undefined && last.stream === chunk.stream && last.text.length < KEPT_CHARS / 16) {
      this.#chars -= last.text.length;
      last.text = appended(last.text, chunk.text);
      this.#chars += last.text.length;
    } else {
      const text = appended('', chunk.text);
      this.#chunks.push({ stream: chunk.stream, text });
      this.#chars += text.length;
    }
    if (this.#chars > KEPT_CHARS) this.#leaveOut();
  }

  chunks(): readonly OutputChunk[] {
    return this.#chunks.map(({ stream, text }) => ({ stream, text }));
  }

  #leaveOut(): void {
    if (this.#tail === 0) {
      let head = 0;
      while (head < KEPT_CHARS / 2) head += this.#chunks[this.#tail++]?.text.length ?? KEPT_CHARS;
      this.#chunks.splice(this.#tail++, 0, { stream: 'stdout', text: LEFT_OUT });
    }
    while (this.#chars > KEPT_CHARS && this.#chunks.length > this.#tail + 1) {
      this.#chars -= this.#chunks.splice(this.#tail, 1)[0]?.text.length ?? 0;
    }
  }
}

/** `text` with `more` after it, its last line without what a carriage return and later text overwrite. */
function appended(text: string, more: string): string {
  if (!more.includes('\r') && !text.endsWith('\r')) return text + more;
  const from = text.lastIndexOf('\n') + 1;
  const lines = (text.slice(from) + more).split('\n');
  return text.slice(0, from) + lines.map(withoutOverwritten).join('\n');
}

function withoutOverwritten(line: string): string {
  const parts = line.split('\r');
  const kept: string[] = [];
  for (const part of parts) {
    while (kept.length > 1 && (kept.at(-1)?.length ?? 0) <= part.length) kept.pop();
    kept.push(part);
  }
  return kept.join('\r');
}
