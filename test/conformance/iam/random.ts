import type { LiteralStatement, Request } from "./evaluator";

interface Policies {
  policies: LiteralStatement[];
  boundary: LiteralStatement[] | undefined;
  requests: Request[];
}

const ACTIONS = [
  "lambda:CheckpointDurableExecution",
  "lambda:GetDurableExecutionState",
  "lambda:GetDurableExecution",
  "lambda:InvokeFunction",
  "s3:GetObject",
  "s3:PutObject",
];

const RESOURCES = [
  "arn:aws:lambda:eu-west-1:111122223333:function:order",
  "arn:aws:lambda:eu-west-1:111122223333:function:order:live",
  "arn:aws:lambda:eu-west-1:111122223333:function:order:7/durable-execution/nightly/1a2b",
  "arn:aws:lambda:eu-west-1:111122223333:function:order:$LATEST/durable-execution/nightly/1a2b",
  "arn:aws:lambda:eu-west-1:111122223333:function:orders:17/durable-execution/order/7",
  "arn:aws:lambda:us-east-1:111122223333:function:order:7/durable-execution/nightly/1a2b",
  "arn:aws:s3:::order/nightly/$7.json",
  "arn:aws:s3:::orders/(a)[b]+{c}^.|",
];

/** What a parameter is tried with: texts that complete patterns, break them, and wildcards. */
const VALUES = ["", "*", "?", "order", "lambda", "7", "$LATEST", "e", ":", "eu-west-1", "111122223333", "nightly/1a2b"];

/** A sequence that is the same for the same seed (mulberry32). */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  private one<T>(of: readonly T[]): T {
    const chosen = of[this.below(of.length)];
    if (chosen === undefined) throw new Error("nothing to choose from");
    return chosen;
  }

  request(): Request {
    return { action: this.one(ACTIONS), resource: this.one(RESOURCES) };
  }

  statement(): LiteralStatement {
    const list = (of: readonly string[]) => Array.from({ length: 1 + this.below(2) }, () => this.pattern(this.one(of)));
    const not = () => (this.below(4) === 0 ? "Not" : "");
    return {
      Effect: this.below(4) === 0 ? "Deny" : "Allow",
      [`${not()}Action`]: list(ACTIONS).map((action) => this.inOtherCase(action)),
      [`${not()}Resource`]: list(RESOURCES),
    };
  }

  /** The text, with pieces replaced by wildcards: mostly one that covers it still. */
  private pattern(text: string): string {
    let pattern = text;
    for (let times = this.below(4); times > 0; times -= 1)
      pattern = this.replaced(pattern, this.one(["*", "*", "?", "??", "?*"]));
    return this.below(8) === 0 ? "*" : pattern;
  }

  private replaced(text: string, by: string): string {
    const from = this.below(text.length + 1);
    const length = by.includes("*") ? this.below(20) : by.length;
    return text.slice(0, from) + by + text.slice(from + length);
  }

  private inOtherCase(text: string): string {
    return this.one([text, text, text.toUpperCase(), text.toLowerCase()]);
  }

  /** Pieces of patterns, and of what is asked for, become `${P}` and `${Q}`. */
  withHoles({ policies, boundary, requests }: Policies): Policies {
    const holed = (text: string) => {
      if (this.below(2) === 0) return text;
      const from = this.below(text.length + 1);
      return text.slice(0, from) + this.one(["${P}", "${Q}"]) + text.slice(from + this.below(12));
    };
    const patterns = (statements: LiteralStatement[]) => statements.map((statement) => mapped(statement, holed));
    return {
      policies: patterns(policies),
      boundary: boundary && patterns(boundary),
      requests: requests.map(({ action, resource }) => ({
        action,
        resource: this.below(3) === 0 ? holed(resource) : resource,
      })),
    };
  }

  /** The same with pairs of values for the parameters. */
  *substitutions({ policies, boundary }: Policies, { action, resource }: Request) {
    for (let times = 0; times < 30; times += 1) {
      const [p, q] = [this.one(VALUES), this.one(VALUES)];
      const put = (text: string) => text.replaceAll("${P}", p).replaceAll("${Q}", q);
      const all = (statements: LiteralStatement[]) => statements.map((statement) => mapped(statement, put));
      yield [all(policies), boundary && all(boundary), { action, resource: put(resource) }] as const;
    }
  }
}

function mapped({ Effect, ...lists }: LiteralStatement, change: (text: string) => string): LiteralStatement {
  return {
    Effect,
    ...Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.map(change)])),
  };
}
