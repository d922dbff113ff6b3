import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RuleEntry } from "../../src/judge/catalogue";

/** What `expect.json` says of one finding. */
export interface Expected {
  rule: string;
  verdict: string;
  level: string;
  address: string;
  line: number;
  message: string;
}

/** A rule's reference architectures in one format: a wrong one, a right one, and what is found in the wrong one. */
export interface Twins {
  format: "CloudFormation" | "SAM" | "Terraform";
  language: "yaml" | "hcl" | "json";
  /** Paths from the root of the repository, with their text. */
  bad: { path: string; text: string };
  good: { path: string; text: string };
  expected: Expected[];
}

/** In the order in which they are shown. A plan is shown as the configuration it was made of where that is at hand. */
const FORMATS = [
  { format: "CloudFormation", language: "yaml", judged: ".yaml", shown: ".yaml", expected: "expect.json" },
  { format: "SAM", language: "yaml", judged: ".sam.yaml", shown: ".sam.yaml", expected: "expect.sam.json" },
  { format: "Terraform", language: "hcl", judged: ".plan.json", shown: ".tf", expected: "expect.plan.json" },
] as const;

/**
 * The twins of a rule in `templates/` under `root`; a format that lacks one of the two, or what is expected, is left out
 * (`test/templates.test.ts` complains of it).
 */
export function twinsOf({ family, name }: RuleEntry, root: string): Twins[] {
  const folder = join("templates", family, name);
  const has = (file: string) => existsSync(join(root, folder, file));
  const read = (file: string) => readFileSync(join(root, folder, file), "utf8");
  const complete = FORMATS.filter(
    ({ judged, expected }) => has(`bad${judged}`) && has(`good${judged}`) && has(expected),
  );
  return complete.map(({ format, language, judged, shown, expected }) => {
    const suffix = has(`bad${shown}`) ? shown : judged;
    const file = (twin: string) => ({ path: join(folder, twin + suffix), text: read(twin + suffix) });
    return {
      format,
      language: suffix === shown ? language : "json",
      bad: file("bad"),
      good: file("good"),
      expected: JSON.parse(read(expected)),
    };
  });
}

/** Why rules have no twins in a format: by format, then rule id. */
export type Reasons = Partial<Record<Twins["format"], Record<string, string>>>;

/** Those reasons, `templates/without.json` under `root`. */
export function reasonsIn(root: string): Reasons {
  return JSON.parse(readFileSync(join(root, "templates", "without.json"), "utf8"));
}

/** The settings that a rule's twins are judged with; undefined when there are none. */
export function settingsOf({ family, name }: RuleEntry, root: string): Record<string, unknown> | undefined {
  const file = join(root, "templates", family, name, "settings.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}
