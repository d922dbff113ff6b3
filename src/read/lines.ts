import type { Position } from "../errors";

/** Turns offsets of a text into lines and columns. A line ends with LF, CRLF or CR (YAML 1.1, 4.2: line breaks). */
export class Lines {
  private readonly content: string;
  private starts: number[] | undefined;

  constructor(text: string) {
    this.content = text;
  }

  /** Line and column, from 1, of an offset in UTF-16 units; an offset past the end is the end. */
  at(offset: number): Position {
    const starts = this.lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: Math.min(offset, this.content.length) - (starts[low] ?? 0) + 1 };
  }

  /** The text of a line, from 1, without its end; undefined past the last. */
  text(line: number): string | undefined {
    const starts = this.lineStarts();
    const start = starts[line - 1];
    if (start === undefined) return undefined;
    const text = this.content.slice(start, starts[line]);
    // Looked at from its end: a plan is one line of megabytes.
    if (text.endsWith("\r\n")) return text.slice(0, -2);
    return /[\r\n]/.test(text.slice(-1)) ? text.slice(0, -1) : text;
  }

  private lineStarts(): number[] {
    this.starts ??= lineStarts(this.content);
    return this.starts;
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (const end of text.matchAll(/\r\n|\r|\n/g)) starts.push(end.index + end[0].length);
  return starts;
}
