import type { Exception, ExcerptLine, FileReport, LocatedFinding } from "../../findings/types";
import { forMarkup, proseMarkup } from "../escape";
import { type Standing, standing, type UnknownPolicy } from "../outcome";
import { pasted } from "../paste";
import { evidenceTexts, exceptionText, messageText, placeText, verdictText } from "../wording";

/** What a card is filtered and coloured by. */
export type CardKind = "failure" | "warning" | "unknown" | "exception";

/** Which filter a finding belongs to. */
export function cardKind(finding: LocatedFinding, unknown: UnknownPolicy): CardKind {
  const at: Standing = standing(finding, unknown);
  return finding.verdict === "unknown" ? "unknown" : at === "failure" ? "failure" : "warning";
}

/** A finding, or an exception with its reason, as a card that opens. `id` is its anchor. */
export function card(finding: LocatedFinding, file: FileReport, kind: CardKind, id: string, exception?: Exception) {
  const badge = exception === undefined ? verdictText(finding) : exception.by === "waiver" ? "WAIVED" : "KNOWN";
  const data = `data-standing="${kind}" data-rule="${forMarkup(finding.rule)}" data-file="${forMarkup(file.file)}"`;
  return `<details class="card finding ${kind}" id="${forMarkup(id)}" ${data}${kind === "failure" ? " open" : ""}>
<summary>
<span class="top"><span class="badge">${badge}</span> <span class="rule">${forMarkup(finding.rule)}</span> ${forMarkup(finding.title)} <span class="severity">${finding.severity}</span></span>
<h3>${forMarkup(messageText(finding))}</h3>
<p class="place">${forMarkup(placeText(finding.location))} · ${forMarkup(finding.address)}</p>
</summary>
<div class="body">
${[...reason(exception), ...excerpt(finding.excerpt), ...evidence(finding), ...remedy(finding, file)].join("\n")}
</div>
</details>`;
}

function reason(exception: Exception | undefined): string[] {
  return exception === undefined ? [] : [`<p class="reason">${forMarkup(exceptionText(exception))}</p>`];
}

function excerpt(lines: readonly ExcerptLine[] | undefined): string[] {
  if (lines === undefined || lines.length === 0) return [];
  const rows = lines.map(({ number, text, marked }) => {
    const shown = text === undefined ? "not shown: it may hold a secret" : spaced(text);
    const classes = ["row", ...(marked ? ["marked"] : []), ...(text === undefined ? ["gone"] : [])].join(" ");
    return `<span class="${classes}" data-line="${number ?? ""}">${shown}</span>`;
  });
  return [`<pre tabindex="0" aria-label="Source"><code>${rows.join("")}</code></pre>`];
}

/** Tabs stay tabs. */
const spaced = (text: string) => text.split("\t").map(forMarkup).join("\t");

function evidence(finding: LocatedFinding): string[] {
  const items = evidenceTexts(finding).map((text) => `<li>${forMarkup(text)}</li>`);
  return items.length === 0 ? [] : [`<h4>Why</h4>\n<ul>${items.join("")}</ul>`];
}

function remedy(finding: LocatedFinding, file: FileReport): string[] {
  const link = /^https:\/\//.test(finding.url)
    ? ` <a href="${forMarkup(finding.url)}" rel="noreferrer">Read more<span aria-hidden="true"> ↗</span></a>`
    : "";
  const lines = [`<h4>How to fix</h4>\n<p>${proseMarkup(finding.remediation)}${link}</p>`];
  const paste = pasted(finding, file);
  if (paste === undefined) return lines;
  const text = paste.lines.map(forMarkup).join("\n");
  const where = paste.note === "" ? "" : ` <span>(${forMarkup(paste.note)})</span>`;
  return [
    ...lines,
    `<h4>To paste${where}</h4>\n<div class="pasting"><pre class="paste" tabindex="0" aria-label="Statement to paste">${text}</pre></div>`,
  ];
}
