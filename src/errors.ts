/**
 * Everything that can be wrong with an input, as one table of stable codes. An error is one line for a person: what,
 * where, what to do.
 */
export const ERRORS = {
  DG001: "The file cannot be read.",
  DG002: "The file is not valid UTF-8 (or UTF-16 with a byte order mark).",
  DG003: "The file is larger than the limit.",
  DG004: "The file is binary, not text.",
  DG010: "The file is not valid JSON.",
  DG011: "The file is not valid YAML.",
  DG012: "A key stands twice in one mapping.",
  DG013: "The document is nested deeper than the limit.",
  DG014: "Aliases or merge keys expand to more than the limit.",
  DG015: "The file is empty.",
  DG016: "The file holds more than one document.",
  DG017: "A YAML tag is not one CloudFormation knows.",
  DG020: "The file is not a template, plan or assembly.",
  DG021: "The template is malformed.",
  DG022: "An intrinsic function is malformed.",
  DG023: "A transform cannot be applied.",
  DG024: "The CDK assembly is malformed.",
  DG030: "The Terraform file is not a plan.",
  DG031: "The plan's format version is not supported.",
  DG040: "A parameter value is wrong.",
  DG041: "Nothing of that name is in the documents.",
  DG050: "The command is used wrongly.",
  DG051: "Settings are wrong.",
  DG052: "A waiver is wrong.",
  DG053: "The baseline cannot be read.",
  DG054: "A report cannot be written.",
  DG060: "An include leads outside the folder that is read.",
  DG061: "An included file or URL cannot be read.",
  DG062: "An include is remote.",
  DG063: "A template reads the environment.",
  DG064: "Includes never end, or are too large.",
  DG065: "A function of cfn-include is used wrongly.",
  DG090: "The policy failed to evaluate.",
} as const;

export type ErrorCode = keyof typeof ERRORS;

/**
 * The error for a document that asks for more than the engine has room for, which then throws a RangeError of its own;
 * undefined for any other error.
 */
export function exhausted(error: unknown, file: string): InputError | undefined {
  // Buffers throw a plain Error with this code where strings throw a RangeError.
  const tooLong = error instanceof Error && "code" in error && error.code === "ERR_STRING_TOO_LONG";
  if (!(error instanceof RangeError) && !tooLong) return undefined;
  if (/call stack/i.test(error.message)) {
    return new InputError("DG013", "What stands here refers to itself, or on and on, too deeply to be followed.", file);
  }
  return new InputError("DG003", "Written out, this is longer than can be judged.", file);
}

/** A place in an input file; line and column count from 1, columns in UTF-16 code units. */
export interface Position {
  line: number;
  column: number;
}

/** An input that cannot be judged. `message` says what and what to do; it never quotes a value of the input. */
export class InputError extends Error {
  override readonly name = "InputError";

  readonly code: ErrorCode;
  readonly file: string;
  readonly position: Position | undefined;
  /** JSON pointer to what is wrong, where nobody who knows the lines has looked yet (`placed`). */
  readonly pointer: string;

  constructor(code: ErrorCode, message: string, file: string, position?: Position, pointer = "") {
    super(message);
    this.code = code;
    this.file = file;
    this.position = position;
    this.pointer = pointer;
  }

  /** The same error with the position of its pointer; itself where it has one. */
  placed(locate: (pointer: string) => Position): InputError {
    if (this.position !== undefined) return this;
    return new InputError(this.code, this.message, this.file, locate(this.pointer), this.pointer);
  }

  /** `file:line:column code message`, on one line. */
  get line(): string {
    const place = this.position ? `${this.file}:${this.position.line}:${this.position.column}` : this.file;
    return `${place} ${this.code} ${this.message}`;
  }
}
