import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { forMarkdown, forTerminal, markdownBlock, markdownCode, uri, visible } from "../../src/report/escape";
import { FORMATS } from "../../src/report/formats";
import { HOSTILE, HOSTILE_REPORT } from "./hostile";
import { OPTIONS } from "./sample";

/** Nothing of this may be in any output as it is. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\uffff]/u;

const linesOf = (text: string) => text.split("\n").slice(0, -1);

describe.each(Object.entries(FORMATS))("%s", (name, format) => {
  it("prints nothing invisible, and no line that an input began", () => {
    const text = format(HOSTILE_REPORT, { ...OPTIONS, verbose: true });
    // Source in a page keeps its tabs.
    for (const line of linesOf(text)) expect(name === "html" ? line.replaceAll("\t", "") : line).not.toMatch(INVISIBLE);
    // The runner and the agent read any log; each takes commands of its own from its own format.
    for (const line of linesOf(text)) {
      if (name !== "github") expect(line).not.toMatch(/^\s*::/);
      if (name !== "azuredevops" && name !== "github") expect(line).not.toMatch(/##(?:vso)?\[/i);
    }
  });
});

describe("each format", () => {
  it("tap: as many points as planned, directives only of our own", () => {
    const lines = linesOf(FORMATS.tap(HOSTILE_REPORT, OPTIONS));
    const points = lines.filter((line) => /^(?:not )?ok \d+ - /.test(line));
    expect(lines[1]).toBe(`1..${points.length}`);
    expect(points.length).toBe(5);
    expect(lines.slice(2).filter((line) => !points.includes(line) && !/^ {2}/.test(line))).toEqual([]);
    const directives = points.map((line) =>
      line
        .split(/(?<!\\) #/)
        .slice(1)
        .map((each) => each.slice(0, 5)),
    );
    expect(directives).toEqual([[], [" TODO"], [" SKIP"], [" TODO"], []]);
  });

  it("table: as many cells in each row", () => {
    const rows = linesOf(FORMATS.table(HOSTILE_REPORT, OPTIONS)).filter((line) => line.startsWith("|"));
    expect(rows.map((row) => row.split("|").length)).toEqual(Array(rows.length).fill(7));
    expect(rows.length).toBe(6);
  });

  it("junit: no element that is not of the format", () => {
    const text = FORMATS.junit(HOSTILE_REPORT, OPTIONS);
    const known = /<(?:\?xml|\/?(?:testsuites|testsuite|testcase|failure|error|skipped)\b)/g;
    expect(text.match(known)?.length).toBe(text.split("<").length - 1);
    expect(text).not.toMatch(/&(?!(?:amp|lt|gt|quot|#35|#39|#58);)/);
    for (const tag of text.match(/<[a-z][^>]*>/g) ?? []) expect(tag).toMatch(/^<[a-z]+(?: [a-z]+="[^"<]*")*\/?>$/);
    // Attributes that the schema of Jenkins' xunit plugin (junit-10.xsd) knows, with `file` and `line`, which GitLab reads.
    const attributes: Record<string, string> = {
      testsuites: "name tests failures errors time",
      testsuite: "name tests failures errors skipped time",
      testcase: "name classname file line time",
      failure: "type message",
      error: "type message",
      skipped: "message",
    };
    for (const [, element = "", written = ""] of text.matchAll(/<([a-z]+)((?: [a-z]+="[^"]*")*)/g)) {
      const allowed = attributes[element]?.split(" ") ?? [];
      const names = [...written.matchAll(/ ([a-z]+)="[^"]*"/g)].map(([, name = ""]) => name);
      expect(names.filter((name) => !allowed.includes(name))).toEqual([]);
    }
  });

  it("github: read back as the runner reads it, each name is whole", () => {
    const lines = linesOf(FORMATS.github(HOSTILE_REPORT, OPTIONS));
    const commands = lines.slice(0, -1).map((line) => /^::(error|warning) ([^:]*)::(.*)$/.exec(line)?.slice(1) ?? []);
    const read = (text = "") =>
      text
        .replaceAll("%2C", ",")
        .replaceAll("%3A", ":")
        .replaceAll("%0A", "\n")
        .replaceAll("%0D", "\r")
        .replaceAll("%25", "%");
    expect(commands.map(([level]) => level)).toEqual(["error", "warning", "warning", "error"]);
    for (const [, properties = ""] of commands) {
      const [file] = properties.split(",");
      expect(read(file)).toBe(`file=${visible(HOSTILE)}`);
    }
    const [[, , message = ""] = []] = commands;
    expect(read(message).split("\n").slice(0, 2)).toEqual([
      `${visible(HOSTILE)} (when ${visible(HOSTILE)})`,
      visible(HOSTILE),
    ]);
    expect(lines.at(-1)).toMatch(/^1 violation, /);
  });

  it("azuredevops: read back as the agent reads it, each name is whole", () => {
    const lines = linesOf(FORMATS.azuredevops(HOSTILE_REPORT, OPTIONS)).slice(0, -1);
    const read = (text = "") =>
      text.replaceAll("%3B", ";").replaceAll("%5D", "]").replaceAll("%0A", "\n").replaceAll("%AZP25", "%");
    for (const line of lines) {
      const [, properties = "", message = ""] = /^##vso\[task\.logissue ([^\]]*)\](.*)$/.exec(line) ?? [];
      expect(read(properties.split(";")[1])).toBe(`sourcepath=${visible(HOSTILE)}`);
      expect(read(message)).toContain(visible(HOSTILE));
    }
    expect(lines.length).toBe(4);
  });

  it("sarif: no link, no placeholder, a valid place", () => {
    const text = FORMATS.sarif(HOSTILE_REPORT, OPTIONS);
    const { results } = JSON.parse(text).runs[0];
    expect(results[0].message.text).not.toContain("](");
    expect(results[0].message.text).toContain("{{0}}");
    const { uri: reference } = results[0].locations[0].physicalLocation.artifactLocation;
    expect(new Ajv().validate({ type: "string", pattern: "^[A-Za-z0-9%_.!~*'()/-]+$" }, reference)).toBe(true);
  });

  it("json: read back, names are what they were", () => {
    const [{ filename, failures }] = JSON.parse(FORMATS.json(HOSTILE_REPORT, OPTIONS));
    expect([filename, failures[0].metadata.address]).toEqual([HOSTILE, HOSTILE]);
  });

  it("html: one script, the page's own", () => {
    const text = FORMATS.html(HOSTILE_REPORT, OPTIONS);
    expect(text.split("<script").length - 1).toBe(1);
    expect(text).not.toMatch(/<img/);
    expect(text).toContain("&lt;script&gt;globalThis.pwned");
  });

  it("markdown: no markup but the report's own", () => {
    const text = FORMATS.markdown(HOSTILE_REPORT, OPTIONS);
    const outside = withoutCode(text);
    expect(outside.match(/<(?!\/?(?:details|summary)>|!-- -->)/g)).toBeNull();
    expect(outside).not.toMatch(/@(?!<!-- -->)|(?<!\\)[|`*_](?!\*)(?<!\*\*.)(?<!\*\*)|\]\(javascript/);
    expect(outside).not.toMatch(/[^(]https?:\/\/|(?<!\\)www\./);
  });
});

/** Markdown without its code spans and blocks, whose content is text. */
function withoutCode(text: string): string {
  return text.replace(/^(`{3,})\w*\n[\s\S]*?\n\1$/gm, "").replace(/(?<![\\`])(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, "");
}

describe("escapes", () => {
  it.each([
    ["a\u001b[31mb", "a\\u{1b}[31mb"],
    ["a\nb", "a\\u{a}b"],
    ["\u202eevil", "\\u{202e}evil"],
    ["\u{e0041}", "\\u{e0041}"],
    ["\ud800", "\\u{d800}"],
    ["grün 🎉 名", "grün 🎉 名"],
  ])("visible %j", (text, expected) => {
    expect(visible(text)).toBe(expected);
  });

  it.each([
    ["::error::x", "\\u{3a}:error::x"],
    ["  ::error::x", "  \\u{3a}:error::x"],
    ["AWS::Lambda::Function", "AWS::Lambda::Function"],
    ["a ##[error]b", "a \\u{23}#[error]b"],
    ["a ##VSO[x]b", "a \\u{23}#VSO[x]b"],
    ["a ###vso[x]b", "a #\\u{23}#vso[x]b"],
    ["## heading", "## heading"],
  ])("forTerminal %j", (text, expected) => {
    expect(forTerminal(text)).toBe(expected);
  });

  it.each([
    ["a`b", "``a`b``"],
    ["`", "`` ` ``"],
    ["a``b`c", "```a``b`c```"],
    ["|", "`|`"],
  ])("markdownCode %j", (text, expected) => {
    expect(markdownCode(text)).toBe(expected);
  });

  it("markdownBlock is fenced by more than it holds", () => {
    expect(markdownBlock("a\n````\nb", "yaml")).toBe("`````yaml\na\n````\nb\n`````");
  });

  it.each([
    ["@team", "@<!-- -->team"],
    ["#1", "\\#<!-- -->1"],
    ["<b>", "&lt;b&gt;"],
    ["[a](b)", "\\[a\\]\\(b\\)"],
    ["http://a.b", "http\\:\\/\\/a\\.b"],
  ])("forMarkdown %j", (text, expected) => {
    expect(forMarkdown(text)).toBe(expected);
  });

  it.each([
    ["app/orders.yaml", "app/orders.yaml"],
    ["./app/orders.yaml", "app/orders.yaml"],
    ["../a b/ü.yaml", "../a%20b/%C3%BC.yaml"],
    ["a:b.yaml", "a%3Ab.yaml"],
    ["/tmp/a.yaml", "file:///tmp/a.yaml"],
  ])("uri %j", (path, expected) => {
    expect(uri(path)).toBe(expected);
  });
});
