import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/findings/types";
import { visible } from "../../src/report/escape";
import { FORMATS } from "../../src/report/formats";
import { hasChromium, Page } from "./chromium";
import { HOSTILE, HOSTILE_REPORT } from "./hostile";
import { EMPTY, OPTIONS, SAMPLE } from "./sample";

if (!hasChromium) process.stdout.write("skipped: 12 tests of the page in a browser (no /usr/bin/chromium)\n");

/** Pictures for the eye, beside the other results of a run. */
const PICTURES = join(import.meta.dirname, "..", "..", "build", "pictures");
const FOLDER = mkdtempSync(join(tmpdir(), "page-"));

function written(name: string, report: Report): string {
  const file = join(FOLDER, `${name}.html`);
  writeFileSync(file, FORMATS.html(report, OPTIONS));
  return pathToFileURL(file).href;
}

const [file] = SAMPLE.files;
const [first, second, ...others] = file?.findings ?? [];
if (file === undefined || first === undefined || second === undefined) throw new Error("the sample has changed");
const excerpt = [
  { number: 11, text: "Properties:", marked: false },
  { number: 12, text: "  Role: !GetAtt Role.Arn", marked: true },
  { number: 13, marked: false },
];
const REPORT: Report = { ...SAMPLE, files: [{ ...file, findings: [first, { ...second, excerpt }, ...others] }] };

describe.skipIf(!hasChromium)("the page, in Chromium", { timeout: 120_000 }, () => {
  let page: Page;
  beforeAll(async () => {
    page = await Page.open();
  }, 60_000);
  afterAll(() => page.close());

  const shown = () =>
    page.evaluate(
      `[...document.querySelectorAll(".finding")].filter((card) => card.checkVisibility()).map((card) => card.dataset.rule)`,
    );
  const set = (selector: string, change: string) =>
    page.evaluate(
      `{ const it = document.querySelector(${JSON.stringify(selector)}); ${change}; it.dispatchEvent(new Event("input", { bubbles: true })); }`,
    );

  it("shows everything of the report and asks nothing of anybody", async () => {
    const url = written("sample", REPORT);
    await page.goto(url);
    expect(page.requests.filter((each) => !each.startsWith("data:"))).toEqual([url]);
    expect(await page.evaluate("document.title")).toMatch(/^durable-guard: 1 violation, 4 warnings, /);
    expect(await page.evaluate(`document.querySelector("h1").textContent`)).toBe("1 violation");
    expect(await page.evaluate(`[...document.querySelectorAll("h2")].map((each) => each.textContent)`)).toEqual([
      ...["Not judged 1", "Violations 1", "Unknown 1", "Warnings 2", "Exceptions 1"],
      ...["To look at 1", "Left open by the documents 1", "Rules 4"],
    ]);
    expect(await shown()).toEqual(["DUR001", "DUR001", "LAM016", "LAM016", "WLD001"]);
    expect(await page.evaluate(`document.querySelector(".shown").textContent`)).toBe("5 of 5 shown");
    expect(await page.evaluate(`document.querySelector(".exception .reason").textContent`)).toBe(
      "waived until 2027-03-31: split comes in March (platform)",
    );
  });

  it("opens violations with the source, its line marked, and what to paste", async () => {
    const card = `document.querySelector(".failure.finding")`;
    expect(await page.evaluate(`${card}.open`)).toBe(true);
    expect(
      await page.evaluate(
        `[...${card}.querySelectorAll(".row")].map((row) => [row.dataset.line, row.textContent, row.classList.contains("marked")])`,
      ),
    ).toEqual([
      ["11", "Properties:", false],
      ["12", "  Role: !GetAtt Role.Arn", true],
      ["13", "not shown: it may hold a secret", false],
    ]);
    expect(await page.evaluate(`${card}.querySelector(".paste").textContent`)).toBe(
      "- Effect: Allow\n  Action:\n    - lambda:CheckpointDurableExecution\n  Resource:\n    - !Sub '${Fn.Arn}:*'",
    );
    expect(await page.evaluate(`${card}.querySelector("a").href`)).toBe("https://docs.example/durable");
    expect(await page.evaluate(`document.querySelector(".warning.finding").open`)).toBe(false);
  });

  it("filters by level, rule, file and text, and says when nothing fits", async () => {
    await set(".levels [value=warning]", "it.checked = false");
    expect(await shown()).toEqual(["DUR001", "DUR001", "WLD001"]);
    await set("[name=rule]", `it.value = "DUR001"`);
    expect(await shown()).toEqual(["DUR001", "DUR001"]);
    await set("[name=text]", `it.value = "THIRD settled"`);
    expect(await shown()).toEqual(["DUR001"]);
    expect(await page.evaluate(`document.querySelector(".shown").textContent`)).toBe("1 of 5 shown");
    await set("[name=text]", `it.value = "nowhere"`);
    expect([await shown(), await page.evaluate(`document.querySelector("#none").checkVisibility()`)]).toEqual([
      [],
      true,
    ]);
    await page.evaluate(`document.querySelector("[type=reset]").click(), new Promise((done) => setTimeout(done))`);
    expect(await shown()).toEqual(["DUR001", "DUR001", "LAM016", "LAM016", "WLD001"]);
    await set("[name=file]", `it.value = "app/orders.yaml"`);
    expect(await shown()).toHaveLength(5);
  });

  it("is used with the keyboard alone", async () => {
    await page.goto(written("keyboard", REPORT));
    await page.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the findings");
    await page.press("/", "/");
    await page.type("python3.9");
    expect([await page.evaluate("document.activeElement.name"), await shown()]).toEqual(["text", ["LAM016", "LAM016"]]);
    await page.press("Escape");
    expect(await shown()).toHaveLength(5);
    await page.evaluate(`document.querySelector(".warning.finding summary").focus()`);
    await page.press("Enter", "\r");
    expect(await page.evaluate(`document.querySelector(".warning.finding").open`)).toBe(true);
    // Every control has a name and can be reached.
    const nameless = `[...document.querySelectorAll("input, select, button, summary, a")]
      .filter((each) => each.tabIndex < 0 || !(each.getAttribute("aria-label") || each.closest("label, a, button, summary")?.textContent.trim()))
      .length`;
    expect(await page.evaluate(nameless)).toBe(0);
  });

  it("opens the finding an address names", async () => {
    const id = await page.evaluate(`document.querySelector(".warning.finding").id`);
    await page.goto(`${written("anchor", REPORT)}#${id}`);
    expect(await page.evaluate(`document.getElementById(${JSON.stringify(id)}).open`)).toBe(true);
  });

  it("copies what is to be pasted", async () => {
    await page.evaluate(`document.querySelector(".pasting button").click()`);
    await page.evaluate("new Promise((done) => setTimeout(done, 200))");
    expect(await page.evaluate(`document.querySelector(".pasting button").textContent`)).toMatch(
      /^(?:Copied|Selected)$/,
    );
    expect(await page.evaluate("getSelection().toString()")).toContain("- lambda:CheckpointDurableExecution");
  });

  it.each([
    ["light", 1280, 900],
    ["dark", 1280, 900],
    ["light", 360, 740],
    ["dark", 360, 740],
  ] as const)("fits a screen, %s, %i wide, and can be read", async (colours, width, height) => {
    await page.show(width, height, colours);
    await page.goto(written("screen", REPORT));
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    const background = String(await page.evaluate("getComputedStyle(document.body).backgroundColor"));
    expect(luminance(background) > 0.5).toBe(colours === "light");
    // WCAG 2.2, 1.4.3: text of this size needs 4.5 to 1.
    const pairs: unknown =
      await page.evaluate(`[...document.querySelectorAll("h1, .lead, .badge, .place, h4, .body p, a, label, b, .row, .shown")].map((each) => {
      let behind = each;
      while (behind && /, 0\\)$|transparent/.test(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
      return [each.className || each.tagName, getComputedStyle(each).color, getComputedStyle(behind ?? document.body).backgroundColor];
    })`);
    const poor = (Array.isArray(pairs) ? pairs : []).filter(([, text, behind]) => contrast(text, behind) < 4.5);
    expect([poor, Array.isArray(pairs) && pairs.length > 30]).toEqual([[], true]);
    mkdirSync(PICTURES, { recursive: true });
    writeFileSync(join(PICTURES, `${colours}-${width}.png`), await page.screenshot());
  });

  it("runs nothing of an input", async () => {
    await page.goto(written("hostile", HOSTILE_REPORT));
    expect(await page.evaluate("globalThis.pwned ?? null")).toBeNull();
    expect(page.requests.filter((each) => !/^(?:file|data):/.test(each))).toEqual([]);
    expect(await page.evaluate(`[...document.querySelectorAll("script, img, iframe, object")].length`)).toBe(1);
    expect(await page.evaluate(`document.querySelector(".evidence, .body li").textContent`)).toBe(visible(HOSTILE));
    // Its policy would stop what slipped through.
    await page.evaluate(
      `document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='globalThis.pwned = 2'>"), new Promise((done) => setTimeout(done, 200))`,
    );
    expect(await page.evaluate("globalThis.pwned ?? null")).toBeNull();
  });

  it("says that there is nothing to say", async () => {
    await page.goto(written("empty", EMPTY));
    expect(await page.evaluate(`document.querySelector("h1").textContent`)).toBe("No violations");
    expect(await page.evaluate(`document.querySelector(".none").textContent`)).toBe("Nothing to report.");
    expect(await page.evaluate(`document.querySelector(".filters").checkVisibility()`)).toBe(false);
  });
});

/** Relative luminance and contrast (WCAG 2.2). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}
