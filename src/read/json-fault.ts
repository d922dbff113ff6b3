import type { ErrorCode } from "../errors";
import { shown } from "./shown";
import { SHOW_JSON } from "./text";

/** What is wrong with a JSON text, and where. */
export interface Fault {
  code: ErrorCode;
  message: string;
  offset: number;
}

/**
 * Reads a text strictly as JSON (RFC 8259, names unique) and gives the first thing that is wrong, for people: engines
 * word their errors differently and quote the input. The caller has bounded the depth.
 */
export function findFault(text: string): Fault | undefined {
  try {
    new Reader(text).document();
    return undefined;
  } catch (error) {
    if (error instanceof Found) return error.fault;
    throw error;
  }
}

class Found extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.message);
    this.fault = fault;
  }
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
const WORD = /-?[A-Za-z_$][\w$]*/y;
const LITERALS = new Set(["true", "false", "null"]);
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
/** What a string may hold as it is. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids just these.
const PLAIN = /[^"\\\u0000-\u001f]*/y;

class Reader {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  document(): void {
    this.space();
    const first = this.text[this.at];
    const start = this.at;
    this.value(first === "{" || first === "[" ? "" : " A JSON file starts with { or [; name YAML .yaml.");
    this.space();
    if (this.at === this.text.length) return;
    if (this.text[this.at] !== "{" && this.text[this.at] !== "[") {
      this.fail("Something stands behind the document's end. Remove it.");
    }
    if (/^\{[^{}]*"@level"/.test(this.text.slice(start, start + 1000))) {
      this.fail(
        `This is the log of terraform plan -json, not a plan. Save the plan (-out=PLAN). ${SHOW_JSON}`,
        "DG030",
      );
    }
    this.fail("A second document starts here. Put each into a file of its own.", "DG016");
  }

  private value(hint = ""): void {
    const first = this.text[this.at];
    if (first === "{") this.object();
    else if (first === "[") this.list();
    else if (first === '"') this.string();
    else if (first === undefined) this.ended();
    else if (!this.number() && !this.literal())
      this.fail(`The file is not valid JSON: a value is missing here.${hint}`);
  }

  private object(): void {
    this.at++;
    const names = new Set<string>();
    this.space();
    if (this.take("}")) return;
    for (;;) {
      const start = this.at;
      if (this.text[this.at] !== '"') this.noName();
      this.string();
      const name: string = JSON.parse(this.text.slice(start, this.at));
      if (names.has(name)) {
        this.at = start;
        this.fail(`The name ${shown(name)} stands twice in one object. Keep one.`, "DG012");
      }
      names.add(name);
      this.space();
      if (!this.take(":")) this.fail("The file is not valid JSON: a colon is missing here.");
      this.space();
      this.value();
      this.space();
      if (this.take("}")) return;
      this.comma("}");
    }
  }

  private list(): void {
    this.at++;
    this.space();
    if (this.take("]")) return;
    for (;;) {
      this.value();
      this.space();
      if (this.take("]")) return;
      this.comma("]");
    }
  }

  private comma(close: string): void {
    const start = this.at;
    if (!this.take(",")) {
      if (start >= this.text.length) this.ended();
      this.fail(`The file is not valid JSON: a comma or ${close} is missing here.`);
    }
    this.space();
    if (this.text[this.at] === close) {
      this.at = start;
      this.fail(`The file is not valid JSON: nothing follows this comma. Remove it.`);
    }
  }

  private noName(): never {
    if (this.at >= this.text.length) this.ended();
    return this.fail("The file is not valid JSON: a name in double quotes is missing here.");
  }

  private string(): void {
    const start = this.at++;
    for (;;) {
      this.match(PLAIN);
      if (this.take('"')) return;
      if (this.at >= this.text.length) {
        this.at = start;
        this.fail("The file is not valid JSON: this string never ends. Was the file cut off?");
      }
      if (this.text[this.at] !== "\\") {
        this.fail(
          "The file is not valid JSON: a line break or control character stands in a string. Write it \\n, \\u…",
        );
      }
      if (!this.match(ESCAPE))
        this.fail("The file is not valid JSON: no such escape exists. A backslash is written \\\\.");
    }
  }

  private number(): boolean {
    if (!this.match(NUMBER)) return false;
    if (/[\w.]/.test(this.text[this.at] ?? "")) {
      this.fail("The file is not valid JSON: no number is written like this (leading zeros, for example).");
    }
    return true;
  }

  private literal(): boolean {
    const start = this.at;
    if (!this.match(WORD)) return false;
    const word = this.text.slice(start, this.at);
    if (LITERALS.has(word)) return true;
    this.at = start;
    if (/^-?(?:NaN|Infinity)$/.test(word)) this.fail(`The file is not valid JSON: ${word} is not a JSON number.`);
    return false;
  }

  private space(): void {
    while (" \t\n\r".includes(this.text[this.at] ?? "x")) this.at++;
    const next = this.text[this.at];
    if (next === "/" || next === "#") this.fail("The file is not valid JSON: JSON has no comments. Remove it.");
    if (next === "'") this.fail("The file is not valid JSON: strings and names stand in double quotes.");
  }

  private match(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.text)) return false;
    this.at = pattern.lastIndex;
    return true;
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private ended(): never {
    return this.fail("The file is not valid JSON: it ends before the document does. Was it cut off?");
  }

  private fail(message: string, code: ErrorCode = "DG010"): never {
    throw new Found({ code, message, offset: this.at });
  }
}
