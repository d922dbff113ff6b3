import { createHash } from "node:crypto";
import type { FileReport, LocatedFinding, Report } from "../findings/types";
import type { RuleEntry } from "../judge/catalogue";
import { forMarkup } from "./escape";
import type { ReportOptions } from "./options";
import { outcome } from "./outcome";
import { type CardKind, card, cardKind } from "./page/card";
import { SCRIPT } from "./page/script";
import { STYLE } from "./page/style";
import { counted, noticeText, placeText, reported, summaryText } from "./wording";

type Options = Pick<ReportOptions, "unknown" | "rules">;

/**
 * One page that holds everything and asks nothing of the network: its policy allows the script and the style below and
 * nothing else, so that no name of an input could run. Source is shown as far as the findings carry it (`excerpts`).
 */
export function htmlReport(report: Report, { unknown, rules }: Options): string {
  const { failures, errors } = outcome(report, unknown);
  const cards = cardsOf(report, unknown);
  const policy = `default-src 'none'; script-src '${hash(SCRIPT)}'; style-src '${hash(STYLE)}'; img-src data:; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>durable-guard: ${forMarkup(summaryText(report, unknown))}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
<header class="${failures + errors > 0 ? "deny" : "ok"}">
<p class="product">durable-guard</p>
<h1>${headline(failures, errors)}</h1>
<p class="lead">${forMarkup(summaryText(report, unknown).replace(/^\d+ violations?,? /, ""))}</p>
</header>
<main>
${[filters(cards), ...errorSection(report), `<div id="findings" tabindex="-1">`, ...findingSections(cards), "</div>", `<p class="card none" id="none" hidden>Nothing fits these filters.</p>`, ...noticeSection(report), ...unresolvedSection(report), ...ruleSection(report, rules)].join("\n")}
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

const hash = (text: string) => `sha256-${createHash("sha256").update(text).digest("base64")}`;

function headline(failures: number, errors: number): string {
  if (failures > 0) return counted(failures, "violation");
  return errors > 0 ? `${counted(errors, "file")} not judged` : "No violations";
}

interface Card {
  kind: CardKind;
  rule: string;
  title: string;
  file: string;
  html: string;
}

function cardsOf(report: Report, unknown: Options["unknown"]): Card[] {
  const ids = new Map<string, number>();
  const idOf = ({ fingerprint }: LocatedFinding) => {
    const count = (ids.get(fingerprint) ?? 0) + 1;
    ids.set(fingerprint, count);
    return `f-${fingerprint}${count === 1 ? "" : `-${count}`}`;
  };
  const of = (finding: LocatedFinding, file: FileReport, kind: CardKind, html: string): Card => {
    return { kind, rule: finding.rule, title: finding.title, file: file.file, html };
  };
  return report.files.flatMap((file) => [
    ...reported(file, unknown).map((finding) => {
      const kind = cardKind(finding, unknown);
      return of(finding, file, kind, card(finding, file, kind, idOf(finding)));
    }),
    ...file.exceptions.map((exception) => {
      const { finding } = exception;
      return of(finding, file, "exception", card(finding, file, "exception", idOf(finding), exception));
    }),
  ]);
}

const KINDS: Record<CardKind, string> = {
  failure: "Violations",
  unknown: "Unknown",
  warning: "Warnings",
  exception: "Exceptions",
};
const ORDER: CardKind[] = ["failure", "unknown", "warning", "exception"];

function filters(cards: readonly Card[]): string {
  const levels = ORDER.map((kind) => {
    const count = cards.filter((each) => each.kind === kind).length;
    if (count === 0) return "";
    return `<label class="${kind}"><input type="checkbox" value="${kind}" checked> ${KINDS[kind]} <b>${count}</b></label>`;
  });
  const rules = new Map(
    [...cards].sort((a, b) => (a.rule < b.rule ? -1 : 1)).map(({ rule, title }) => [rule, `${rule} ${title}`]),
  );
  const files = new Map(cards.map(({ file }) => [file, file]));
  return `<form class="filters" role="search" aria-label="Filter findings" hidden>
<div class="line">
<input type="search" name="text" placeholder="Search (press /)" aria-label="Search the findings" autocomplete="off">
${select("rule", "All rules", rules)}
${select("file", "All files", files)}
<button type="reset">Reset</button>
</div>
<div class="line">
<fieldset class="levels" aria-label="Levels">${levels.join("")}</fieldset>
<span class="shown" role="status"></span>
<button type="button" class="quiet" id="open">Open all</button><button type="button" class="quiet" id="close">Close all</button>
</div>
</form>`;
}

function select(name: string, all: string, choices: ReadonlyMap<string, string>): string {
  const options = [...choices].map(
    ([value, text]) => `<option value="${forMarkup(value)}">${forMarkup(text)}</option>`,
  );
  return `<select name="${name}" aria-label="${name === "rule" ? "Rule" : "File"}"><option value="">${all}</option>${options.join("")}</select>`;
}

function findingSections(cards: readonly Card[]): string[] {
  if (cards.length === 0) return [`<p class="card none">Nothing to report.</p>`];
  return ORDER.flatMap((kind) => {
    const own = cards.filter((each) => each.kind === kind);
    if (own.length === 0) return [];
    const list = own.map(({ html }) => html).join("\n");
    return [
      `<section class="findings"><h2>${KINDS[kind]} <span class="count">${own.length}</span></h2>\n${list}\n</section>`,
    ];
  });
}

function errorSection({ errors }: Report): string[] {
  return plainSection(
    "Not judged",
    "failure",
    errors.map(({ code, message, file, position }) => ({
      place: position === undefined ? file : placeText({ file, ...position }),
      text: `${code} ${message}`,
    })),
  );
}

function noticeSection({ notices }: Report): string[] {
  const items = notices.map((notice) => ({ place: placeText(notice.location), text: noticeText(notice) }));
  return plainSection("To look at", "warning", items);
}

function unresolvedSection({ files }: Report): string[] {
  const items = files.flatMap((file) =>
    file.unresolved.map(({ location, address, why }) => ({ place: placeText(location), text: `${address}: ${why}` })),
  );
  return plainSection("Left open by the documents", "exception", items);
}

function plainSection(title: string, kind: CardKind, items: { place: string; text: string }[]): string[] {
  if (items.length === 0) return [];
  const list = items.map(
    ({ place, text }) =>
      `<div class="card plain ${kind}"><p>${forMarkup(text)}</p><p class="place">${forMarkup(place)}</p></div>`,
  );
  return [`<section><h2>${title} <span class="count">${items.length}</span></h2>\n${list.join("\n")}\n</section>`];
}

/** What each rule looked at: what is not listed above has been seen all the same. */
function ruleSection({ files }: Report, rules: readonly RuleEntry[]): string[] {
  if (files.length === 0) return [];
  const rows = rules.map(({ id, title }) => {
    const examined = files.reduce((sum, file) => sum + (file.examined.get(id)?.length ?? 0), 0);
    const found = files.reduce((sum, file) => sum + file.findings.filter(({ rule }) => rule === id).length, 0);
    return `<tr><td class="rule">${forMarkup(id)}</td><td>${forMarkup(title)}</td><td class="number">${examined}</td><td class="number">${found}</td></tr>`;
  });
  return [
    `<section><h2>Rules <span class="count">${rules.length}</span></h2>
<details class="card"><summary><span class="top">What each rule looked at</span></summary>
<div class="body scroll" tabindex="0"><table><thead><tr><th>Rule</th><th>Title</th><th class="number">Resources</th><th class="number">Findings</th></tr></thead>
<tbody>${rows.join("\n")}</tbody></table></div></details></section>`,
  ];
}
