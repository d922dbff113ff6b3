import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { step } from "../../src/inventory/part";
import { readDocument } from "../../src/read/document";

const read = (text: string, file: string) => readDocument(new TextEncoder().encode(text), file);

const YAML = `Resources:
  Fn: # a function
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Name: "quoted"
      Code: {ZipFile: !Sub "x", S3: [a, b]}
      Inline: |  # | not this
        line one
        line two
      Folded: !Sub >-
        text
      Empty:
      Tags: &tags
        - Key: k
          Value: v
        -
          - nested
        - 'single'
        - |
          block
      a/b~c: {é: 1}
  Other:
    Properties:
      Tags: *tags
      <<: {Merged: 1}
    If: !If
      - C
      - Deep: !Ref X
`;

describe("places in YAML", () => {
  const document = read(YAML, "t.yaml");
  // Counted in the text above: an entry that opens a mapping or list stands at its key, others at their value.
  it.each([
    ["", 1, 1],
    ["/Resources", 1, 1],
    ["/Resources/Fn", 2, 3],
    ["/Resources/Fn/Type", 3, 11],
    ["/Resources/Fn/Properties", 4, 5],
    ["/Resources/Fn/Properties/Role", 5, 13],
    ["/Resources/Fn/Properties/Role/Fn::GetAtt", 5, 13],
    ["/Resources/Fn/Properties/Role/Fn::GetAtt/1", 5, 13],
    ["/Resources/Fn/Properties/Name", 6, 13],
    ["/Resources/Fn/Properties/Code", 7, 7],
    ["/Resources/Fn/Properties/Code/ZipFile", 7, 23],
    ["/Resources/Fn/Properties/Code/S3", 7, 33],
    ["/Resources/Fn/Properties/Code/S3/1", 7, 41],
    ["/Resources/Fn/Properties/Inline", 8, 15],
    ["/Resources/Fn/Properties/Folded", 11, 15],
    ["/Resources/Fn/Properties/Empty", 13, 7],
    ["/Resources/Fn/Properties/Tags", 14, 7],
    ["/Resources/Fn/Properties/Tags/0", 15, 11],
    ["/Resources/Fn/Properties/Tags/0/Value", 16, 18],
    ["/Resources/Fn/Properties/Tags/1", 18, 11],
    ["/Resources/Fn/Properties/Tags/2", 19, 11],
    ["/Resources/Fn/Properties/Tags/3", 20, 11],
    ["/Resources/Fn/Properties/a~1b~0c/é", 22, 18],
    ["/Resources/Other/Properties/Tags", 25, 13],
    ["/Resources/Other/Properties/Tags/0/Key", 15, 16],
    ["/Resources/Other/Properties/Merged", 26, 20],
    ["/Resources/Other/If", 27, 9],
    ["/Resources/Other/If/Fn::If/0", 28, 9],
    ["/Resources/Other/If/Fn::If/1/Deep", 29, 15],
    ["/Resources/Other/If/Fn::If/1/Deep/Ref", 29, 15],
    // Nothing there: the nearest ancestor.
    ["/Resources/Fn/Properties/Timeout", 4, 5],
    ["/Resources/Fn/Properties/Tags/9/Key", 14, 7],
    ["/Resources/Fn/Properties/Tags/00", 14, 7],
    ["/Nowhere", 1, 1],
  ])("%s is at %i:%i", (pointer, line, column) => expect(document.locate(pointer)).toEqual({ line, column }));
});

const JSON_TEXT = `
{
  "a": {"b": [1, {"c": "x,}\\"]"}], "d": {}},
  "e\\u0301/~": -1.5e3,
  "l": [
    [],
    {"k" : null}
  ]
}
`;

describe("places in JSON", () => {
  const document = read(JSON_TEXT, "t.json");
  it.each([
    ["", 2, 1],
    ["/a", 3, 3],
    ["/a/b", 3, 9],
    ["/a/b/0", 3, 15],
    ["/a/b/1", 3, 18],
    ["/a/b/1/c", 3, 24],
    ["/a/d", 3, 36],
    ["/e\u0301~1~0", 4, 16],
    ["/l/0", 6, 5],
    ["/l/1", 7, 5],
    ["/l/1/k", 7, 12],
    ["/l/2", 5, 3],
    ["/a/b/0/x", 3, 15],
  ])("%s is at %i:%i", (pointer, line, column) => expect(document.locate(pointer)).toEqual({ line, column }));
});

/** Every pointer of a value, with the keys on the way. */
function pointers(value: unknown, at = ""): { pointer: string; value: unknown }[] {
  const inside = Array.isArray(value)
    ? value.flatMap((item, index) => pointers(item, step(at, index)))
    : typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([name, item]) => pointers(item, step(at, name)))
      : [];
  return [{ pointer: at, value }, ...inside];
}

describe("every pointer of our plans", () => {
  const plans = path.resolve(import.meta.dirname, "../../../shared/plans");
  const folders = existsSync(plans)
    ? readdirSync(plans).filter((name) => existsSync(path.join(plans, name, "plan.json")))
    : [];
  if (folders.length === 0) it.skip("skipped: the plans are not here", () => {});
  it.each(folders.slice(0, 6))("%s: the text at the place begins with the value", (folder) => {
    const text = readFileSync(path.join(plans, folder, "plan.json"), "utf8");
    const document = read(text, "plan.json");
    const lines = text.split("\n");
    for (const { pointer, value } of pointers(document.value)) {
      const { line, column } = document.locate(pointer);
      const found = lines[line - 1]?.slice(column - 1) ?? "";
      const last = pointer
        .slice(pointer.lastIndexOf("/") + 1)
        .replaceAll("~1", "/")
        .replaceAll("~0", "~");
      const opens = typeof value === "object" && value !== null;
      if (opens && /^[{[]/.test(found)) continue;
      // Terraform escapes < > &, so texts are compared as JSON reads them.
      const token = /^(?:"(?:[^"\\]|\\.)*"|[^,\s\]}]+)/.exec(found)?.[0] ?? "";
      expect(JSON.parse(token), pointer).toEqual(opens ? last : value);
    }
  });
});

/**
 * What a person would look for at a place, without a YAML parser: the key, the value as written, a short tag, an alias
 * or a block scalar's header. Items of `!GetAtt A.B` and what is merged or aliased in may stand elsewhere; both are
 * recognised by the tag or the text.
 */
function standsThere(found: string, name: string, value: unknown): boolean {
  if (/^[!*|>]/.test(found)) return true;
  const written = found.replace(/^["']/, "");
  if (typeof value === "object" && value !== null) {
    const item = /^\d+$/.test(name) && /^(?:[-?{["']|[\w.:/${}-]+["']?\s*:)/.test(found);
    return item || written.startsWith(name);
  }
  if (value === null) return written.startsWith(name) || /^(?:~|null)/i.test(found);
  if (typeof value === "string") return written.startsWith(value.slice(0, 10).split(/[\n\\'"]/)[0] ?? "");
  return /^[\w.+-]/.test(found);
}

function yamlFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => path.join(folder, name))
    .sort();
}

describe("every pointer of YAML templates", () => {
  const root = path.resolve(import.meta.dirname, "../..");
  const folders = [path.join(root, "templates"), path.resolve(root, "../shared/corpus/durable")];
  it.each(folders)("%s: a person finds there what the pointer says", (folder) => {
    let count = 0;
    for (const file of yamlFiles(folder)) {
      const text = readFileSync(file, "utf8");
      const document = read(text, file);
      const lines = text.split(/\r\n|\r|\n/);
      for (const { pointer, value } of pointers(document.value)) {
        const { line, column } = document.locate(pointer);
        const name = pointer
          .slice(pointer.lastIndexOf("/") + 1)
          .replaceAll("~1", "/")
          .replaceAll("~0", "~");
        const found = lines[line - 1]?.slice(column - 1) ?? "";
        if (pointer !== "")
          expect(standsThere(found, name, value), `${file}${pointer} at ${line}:${column}`).toBe(true);
        count++;
      }
    }
    process.stdout.write(`${count} pointers of YAML templates in ${path.basename(folder)} located\n`);
  });
});
