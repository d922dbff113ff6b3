import type { CheckOptions } from "../check";
import { forTerminal } from "../report/escape";

/** A terminal to write to, `process.stderr` or one like it. */
export interface Terminal {
  isTTY?: boolean;
  /** 0 where the terminal does not say. */
  columns?: number;
  write(text: string): unknown;
}

/** Which file is being judged, on one line that comes and goes; nothing when nobody is watching. */
export class Progress {
  private readonly terminal: Terminal;

  constructor(terminal: Terminal) {
    this.terminal = terminal;
  }

  /** For `check`: names the file that is judged next. */
  readonly show: NonNullable<CheckOptions["progress"]> = ({ file, number, of }) => {
    if (!this.terminal.isTTY) return;
    const line = `judging ${number}/${of} ${forTerminal(file)}`;
    this.terminal.write(`\r${ERASE}${line.slice(0, (this.terminal.columns || 80) - 1)}`);
  };

  /** Takes the line away. */
  clear(): void {
    if (this.terminal.isTTY) this.terminal.write(`\r${ERASE}`);
  }
}

/** Erases to the end of the line (ECMA-48, 8.3.41). */
const ERASE = "\u001b[K";
