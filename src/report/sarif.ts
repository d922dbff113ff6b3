import type { Exception, FileReport, LocatedFinding, Report } from "../findings/types";
import type { Level, RuleEntry, Severity } from "../judge/catalogue";
import { json, uri, visible } from "./escape";
import type { ReportOptions } from "./options";
import { standing } from "./outcome";
import { pasted } from "./paste";
import { evidenceTexts, messageText, noticeText, reported } from "./wording";

type Options = Pick<ReportOptions, "unknown" | "rules" | "version">;
type Place = { file: string; line?: number; column?: number };

/**
 * SARIF 2.1.0 (OASIS), with what GitHub's code scanning reads: a rule for each id, security-severity, and fingerprints
 * that survive moved lines. Exceptions are suppressed results; what could not be judged or read are notifications.
 */
export function sarifReport(report: Report, options: Options): string {
  const results = report.files.flatMap((file) => [
    ...reported(file, options.unknown).map((finding) => result(finding, file, options)),
    ...file.exceptions.map((exception) => ({
      ...result(exception.finding, file, options),
      suppressions: [suppression(exception)],
    })),
  ]);
  return json({
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "durable-guard",
            semanticVersion: options.version,
            rules: options.rules.map(rule),
          },
        },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { "%SRCROOT%": { description: { text: "The folder that paths were given in." } } },
        invocations: [invocation(report)],
        results: numbered(results),
      },
    ],
  });
}

/** GitHub reads scores: from 9.0 critical, from 7.0 high, from 4.0 medium, below low. */
const SCORES: Record<Severity, string> = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.0" };
const LEVELS: Record<Level, "error" | "warning" | "note"> = { deny: "error", warn: "warning", off: "note" };

function rule({ id, family, name, title, description, level, severity, remediation, references, related }: RuleEntry) {
  const links = references.map((reference) => `- [${reference.title}](${reference.url})`);
  return {
    id,
    name: `${family}/${name}`,
    shortDescription: { text: literal(title) },
    fullDescription: { text: literal(description) },
    help: {
      text: literal(`${description}\n\nHow to fix: ${remediation}`),
      markdown: literal(`${description}\n\n**How to fix:** ${remediation}`) + ["", "", ...links].join("\n"),
    },
    ...(references[0] === undefined ? {} : { helpUri: references[0].url }),
    defaultConfiguration: { enabled: level !== "off", level: LEVELS[level] },
    properties: {
      tags: ["security", family],
      "security-severity": SCORES[severity],
      ...(related.length === 0 ? {} : { related: related.map(({ tool, id: other }) => `${tool} ${other}`) }),
    },
  };
}

function result(finding: LocatedFinding, file: FileReport, { unknown, rules }: Options) {
  const index = rules.findIndex(({ id }) => id === finding.rule);
  return {
    ruleId: finding.rule,
    ...(index === -1 ? {} : { ruleIndex: index }),
    level:
      standing(finding, unknown) === "failure"
        ? "error"
        : standing(finding, unknown) === "warning"
          ? "warning"
          : "note",
    message: { text: explained(finding, file) },
    locations: [
      {
        physicalLocation: physical(finding.location),
        logicalLocations: [
          { fullyQualifiedName: visible(finding.address), kind: "resource" },
          ...(finding.construct === undefined
            ? []
            : [{ fullyQualifiedName: visible(finding.construct), kind: "construct" }]),
        ],
      },
    ],
    ...(finding.source === undefined
      ? {}
      : {
          relatedLocations: [
            { message: { text: "the construct is made here" }, physicalLocation: physical(finding.source) },
          ],
        }),
    partialFingerprints: { "durableGuard/v1": finding.fingerprint, primaryLocationLineHash: finding.fingerprint },
    properties: {
      verdict: finding.verdict,
      severity: finding.severity,
      "security-severity": SCORES[finding.severity],
      pointer: visible(finding.pointer),
      ...(finding.construct === undefined ? {} : { construct: visible(finding.construct) }),
    },
  };
}

/** GitHub takes one line hash for one alert: the same cause again at another place counts on. */
function numbered(results: ReturnType<typeof result>[]) {
  const seen = new Map<string, number>();
  return results.map((each) => {
    const { primaryLocationLineHash: hash } = each.partialFingerprints;
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    const partialFingerprints = { ...each.partialFingerprints, primaryLocationLineHash: `${hash}:${count}` };
    return { ...each, partialFingerprints };
  });
}

function explained(finding: LocatedFinding, file: FileReport): string {
  const paste = pasted(finding, file);
  const note = paste === undefined || paste.note === "" ? "" : ` (${paste.note})`;
  const toPaste = paste === undefined ? [] : ["", `To paste${note}:`, ...paste.lines];
  const lines = [messageText(finding), ...evidenceTexts(finding), "", `How to fix: ${finding.remediation}`, ...toPaste];
  return literal(lines.map(visible).join("\n"));
}

/**
 * Text that is only text: braces are doubled, as they begin placeholders (3.11.5), and no `[text](target)` is left, as
 * that is a link (3.11.6).
 */
function literal(text: string): string {
  return text.replace(/[{}]/g, "$&$&").replaceAll("](", "] (");
}

function physical({ file, line, column }: Place) {
  const reference = uri(file);
  return {
    artifactLocation: { uri: reference, ...(reference.startsWith("file:") ? {} : { uriBaseId: "%SRCROOT%" }) },
    ...(line === undefined
      ? {}
      : { region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) } }),
  };
}

/** A waiver written at the resource is in the source; settings and baselines are not. */
function suppression({ finding, location, by, reason, expires, owner }: Exception) {
  return {
    kind: location?.file === finding.location.file ? "inSource" : "external",
    status: "accepted",
    justification: visible(reason),
    properties: {
      by,
      ...(expires === undefined ? {} : { expires: visible(expires) }),
      ...(owner === undefined ? {} : { owner: visible(owner) }),
    },
  };
}

function invocation(report: Report) {
  const notification = (level: "error" | "warning" | "note", text: string, place: Place, id?: string) => ({
    level,
    message: { text: literal(visible(text)) },
    locations: [{ physicalLocation: physical(place) }],
    ...(id === undefined ? {} : { descriptor: { id } }),
  });
  return {
    executionSuccessful: report.errors.length === 0,
    toolExecutionNotifications: [
      ...report.errors.map(({ code, message, file, position }) =>
        notification("error", message, { file, ...position }, code),
      ),
      ...report.files.flatMap((file) =>
        file.unresolved.map(({ address, why, location }) => notification("note", `${address}: ${why}`, location)),
      ),
    ],
    toolConfigurationNotifications: report.notices.map((notice) =>
      notification("warning", noticeText(notice), notice.location, "rule" in notice ? notice.rule : undefined),
    ),
  };
}
