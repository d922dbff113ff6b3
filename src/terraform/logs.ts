import type { Draft, TrailSelectorDraft } from "../inventory/draft";
import type { Part } from "../inventory/part";
import type { Value } from "../inventory/types";
import { nameOf } from "./identity";
import type { TerraformPart } from "./part";
import { booleanOr, field, numberValue, textOr, textValue } from "./values";
import type { View } from "./view";

const LAMBDA = "AWS::Lambda::Function";
/** This value selects the functions of the whole account (CloudTrail API reference, "DataResource"). */
const ALL_FUNCTIONS = /^arn:[^:]*:lambda$/;

/** aws_cloudwatch_log_group, aws_cloudtrail and aws_cloudtrail_event_data_store. */
export function addLogs(view: View, draft: Draft): void {
  for (const { address, at, resource, part } of view.of("aws_cloudwatch_log_group")) {
    const days = numberValue(part.field("retention_in_days"));
    draft.logGroups.push({
      address,
      at,
      name: { known: nameOf(resource) },
      region: view.regionOf(resource),
      // 0 is the provider's word for "for ever"
      ...field("retentionDays", days?.known === 0 ? undefined : days),
      ...field("kmsKey", textValue(part.field("kms_key_id"))),
    });
  }
  for (const { address, at, part } of view.of("aws_cloudtrail", "aws_cloudtrail_event_data_store")) {
    const basic = part.attribute("event_selector");
    const advanced = part.attribute("advanced_event_selector");
    draft.trails.push({
      address,
      at,
      logging: booleanOr(part.field("enable_logging"), true),
      selectors: [...basic.parts().flatMap(basicSelector), ...advanced.parts().flatMap(advancedSelector)],
      ...field("unread", [basic, advanced].find(({ kind }) => kind === "unknown")?.why),
    });
  }
}

/** One for each `data_resource` of functions (CloudTrail user guide, "Logging data events", basic selectors). */
function basicSelector(selector: TerraformPart): TrailSelectorDraft[] {
  return selector
    .attribute("data_resource")
    .parts()
    .flatMap((resource) => {
      if (resource.field("type").text !== LAMBDA) return [];
      return {
        at: resource.at,
        readWrite: textOr(selector.field("read_write_type"), "All"),
        functions: functionsOf(resource.attribute("values"), (arn) => arn),
        excludes: false,
      };
    });
}

/** No limit where one of them means all functions. */
function functionsOf(values: TerraformPart, pattern: (text: string) => string): Value<string>[] {
  const { texts, unread } = values.listed();
  if (texts.some(({ text }) => ALL_FUNCTIONS.test(text.known ?? ""))) return [];
  const named = texts.map(({ text }) => (text.known === undefined ? text : { known: pattern(text.known) }));
  return unread === undefined ? named : [...named, { unknown: unread }];
}

/** Advanced selectors take what all their fields agree on. */
function advancedSelector(selector: TerraformPart): TrailSelectorDraft[] {
  const fields = selector.attribute("field_selector").parts();
  const equal = (name: string) =>
    fields.filter((one) => one.field("field").text === name).flatMap((one) => one.field("equals").items());
  const isData = equal("eventCategory").some(({ text }) => text === "Data");
  if (!isData || !equal("resources.type").some(({ text }) => text === LAMBDA)) return [];
  const arns = fields.filter((one) => one.field("field").text === "resources.ARN");
  return [
    {
      at: selector.at,
      readWrite: readWrite(equal("readOnly")),
      functions: arns.flatMap((one) => [
        ...functionsOf(one.attribute("equals"), (arn) => arn),
        ...functionsOf(one.attribute("starts_with"), (start) => `${start}*`),
        ...functionsOf(one.attribute("ends_with"), (end) => `*${end}`),
      ]),
      excludes: fields.some((one) => EXCLUDING.some((name) => isGiven(one.field(name))) || isOther(one.field("field"))),
    },
  ];
}

const EXCLUDING = ["not_equals", "not_starts_with", "not_ends_with"];
const READ = new Set(["eventCategory", "resources.type", "readOnly", "resources.ARN"]);

/** A selector by event name or caller leaves out calls of some functions, whichever they are. */
function isOther(part: Part): boolean {
  return !READ.has(part.text);
}

function isGiven(part: Part): boolean {
  return part.kind === "unknown" || part.items().length > 0;
}

function readWrite(readOnly: Part[]): Value<string> {
  const [only] = readOnly;
  if (only === undefined || readOnly.length > 1) return { known: "All" };
  if (only.kind === "unknown") return { unknown: only.why };
  return { known: only.text === "true" ? "ReadOnly" : "WriteOnly" };
}
