import type { RuleEntry } from "../../src/judge/catalogue";

/** As much of `opa inspect --annotations --format json` as is read here. */
export interface Inspection {
  /** Packages by name, each with its files. */
  namespaces: Record<string, string[]>;
  annotations?: { annotations: Record<string, unknown>; location: { file: string }; path: { value: string }[] }[];
}

/** What the ids of a family begin with. */
export const PREFIX: Record<string, string> = { durable: "DUR", kms: "KMS", wildcards: "WLD", lambda: "LAM" };
const LEVELS = ["deny", "warn", "off"] as const;
const SEVERITIES = ["critical", "high", "medium", "low"] as const;
const TOOLS = ["Checkov", "cfn-lint", "Security Hub", "cdk-nag", "Trivy"];
const KEYS = ["scope", "title", "description", "related_resources", "custom"];
const CUSTOM = ["id", "aliases", "level", "severity", "remediation", "related", "subsumes", "sources"];
const ID = /^(?:DUR|KMS|WLD|LAM)[0-9]{3}$/;
const RULE_PACKAGE = /^data\.durable_guard\.rules\.([a-z]+)\.([a-z0-9_]+)$/;

/** The entries of all rule packages, sorted by id, and what is wrong with their METADATA (`file: what`). */
export function catalogue(inspection: Inspection): { rules: RuleEntry[]; complaints: string[] } {
  const complaints: string[] = [];
  const rules: RuleEntry[] = [];
  const taken = new Map<string, string>();
  for (const [name, files] of Object.entries(inspection.namespaces).sort()) {
    const [, family, rule] = RULE_PACKAGE.exec(name) ?? [];
    if (family === undefined || rule === undefined || rule.endsWith("_test")) continue;
    const file = files.find((each) => each.endsWith(`/${family}/${rule}/${rule}.rego`)) ?? files[0] ?? name;
    const found = inspection.annotations?.find(
      (each) => each.path.map((step) => step.value).join(".") === name && each.annotations["scope"] === "package",
    );
    const reader = new Reader(file, found?.annotations ?? {}, complaints);
    if (found === undefined) reader.complain("has no METADATA");
    else rules.push(reader.entry(family, rule));
  }
  for (const { id, aliases, name } of rules) {
    for (const each of [id, ...aliases]) {
      const other = taken.get(each);
      if (other !== undefined) complaints.push(`${name}: ${each} is taken by ${other}`);
      taken.set(each, name);
    }
  }
  return { rules: rules.sort((a, b) => (a.id < b.id ? -1 : 1)), complaints };
}

class Reader {
  private readonly file: string;
  private readonly annotations: Record<string, unknown>;
  private readonly complaints: string[];
  private readonly custom: Record<string, unknown>;

  constructor(file: string, annotations: Record<string, unknown>, complaints: string[]) {
    this.file = file;
    this.annotations = annotations;
    this.complaints = complaints;
    const custom = annotations["custom"];
    this.custom = typeof custom === "object" && custom !== null ? { ...custom } : {};
  }

  complain(text: string): void {
    this.complaints.push(`${this.file}: ${text}`);
  }

  entry(family: string, name: string): RuleEntry {
    for (const key of Object.keys(this.annotations))
      if (!KEYS.includes(key)) this.complain(`METADATA has no key ${key}`);
    for (const key of Object.keys(this.custom))
      if (!CUSTOM.includes(key)) this.complain(`METADATA has no key custom.${key}`);
    const id = this.text(this.custom, "id");
    if (!ID.test(id) || !id.startsWith(PREFIX[family] ?? "?")) {
      this.complain(`id "${id}" is not ${PREFIX[family] ?? "one of a known family"} and three digits`);
    }
    return {
      id,
      aliases: this.ids("aliases"),
      family,
      name,
      title: this.text(this.annotations, "title"),
      description: this.text(this.annotations, "description"),
      level: this.choice("level", LEVELS),
      severity: this.choice("severity", SEVERITIES),
      remediation: this.text(this.custom, "remediation"),
      references: this.references(),
      related: this.list("related").map((each) => this.related(each)),
      subsumes: this.ids("subsumes"),
      sources: this.list("sources"),
    };
  }

  private text(from: Record<string, unknown>, key: string): string {
    const value = from[key];
    if (typeof value === "string" && value.includes("TODO")) this.complain(`${key} is still to be written`);
    if (typeof value === "string" && value.trim() !== "") return value.trim();
    this.complain(`METADATA needs ${key}`);
    return "";
  }

  private choice<T extends string>(key: string, allowed: readonly [T, ...T[]]): T {
    const value = this.text(this.custom, key);
    const found = allowed.find((each) => each === value);
    if (found === undefined) this.complain(`${key} is one of ${allowed.join(", ")}`);
    return found ?? allowed[0];
  }

  private list(key: string): string[] {
    const value = this.custom[key] ?? [];
    if (Array.isArray(value) && value.every((each) => typeof each === "string")) return value;
    this.complain(`${key} is a list of texts`);
    return [];
  }

  private ids(key: string): string[] {
    const ids = this.list(key);
    for (const id of ids) if (!ID.test(id)) this.complain(`${key}: "${id}" is not the id of a rule`);
    return ids;
  }

  private related(text: string): { tool: string; id: string } {
    const tool = TOOLS.find((each) => text.startsWith(`${each} `));
    if (tool === undefined) this.complain(`related: "${text}" does not begin with one of ${TOOLS.join(", ")}`);
    return { tool: tool ?? "", id: text.slice((tool ?? "").length).trim() };
  }

  private references(): { title: string; url: string }[] {
    const given = this.annotations["related_resources"];
    if (!Array.isArray(given) || given.length === 0) {
      this.complain("METADATA needs related_resources");
      return [];
    }
    return given.map((each: { ref?: unknown; description?: unknown }) => {
      const url = typeof each.ref === "string" ? each.ref : "";
      const title = typeof each.description === "string" ? each.description : "";
      if (!url.startsWith("https://") || title === "")
        this.complain("related_resources need ref (https) and description");
      return { title, url };
    });
  }
}
