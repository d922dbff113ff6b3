import type { TrailSelectorDraft } from "../../inventory/draft";
import type { Part } from "../../inventory/part";
import {
  booleanValue,
  choiceValue,
  itemsOf,
  numberValue,
  textValue,
  textValues,
  unreadable,
} from "../../inventory/values";
import { type Declared, ownText, type ResourceTable } from "./declared";
import { given, present } from "./functions";

/** Trails, event data stores and log groups. */
export const auditResources: ResourceTable = {
  "AWS::CloudTrail::Trail": ({ address, at, properties }, draft) => {
    const simple = properties.field("EventSelectors");
    const advanced = properties.field("AdvancedEventSelectors");
    draft.trails.push({
      address,
      at,
      logging: booleanValue(properties.field("IsLogging")) ?? { unknown: "IsLogging is not given" },
      selectors: [...itemsOf(simple).flatMap(eventSelector), ...itemsOf(advanced).flatMap(advancedSelector)],
      ...present("unread", unreadable(simple) ?? unreadable(advanced)),
    });
  },
  "AWS::CloudTrail::EventDataStore": ({ address, at, properties }, draft) => {
    const advanced = properties.field("AdvancedEventSelectors");
    draft.trails.push({
      address,
      at,
      logging: booleanValue(properties.field("IngestionEnabled")) ?? { known: true },
      selectors: itemsOf(advanced).flatMap(advancedSelector),
      ...present("unread", unreadable(advanced)),
    });
  },
  "AWS::Logs::LogGroup": (declared, draft) => {
    draft.logGroups.push(logGroup(declared));
  },
  // How the CDK's `logRetention` sets it: a custom resource makes the group, or takes the one that is there.
  "Custom::LogRetention": ({ address, at, properties, scope }, draft) => {
    draft.logGroups.push({
      address,
      at,
      region: textValue(properties.field("LogGroupRegion"))?.known ?? scope.deployment.region,
      name: textValue(properties.field("LogGroupName")) ?? { unknown: "LogGroupName" },
      ...present("retentionDays", numberValue(properties.field("RetentionInDays"))),
    });
  },
};

function logGroup(declared: Declared) {
  const { address, at, properties, scope } = declared;
  return {
    address,
    at,
    region: scope.deployment.region,
    name: { known: ownText(declared) },
    ...present("retentionDays", numberValue(properties.field("RetentionInDays"))),
    ...present("kmsKey", given(properties.field("KmsKeyId"))),
  };
}

const FUNCTION_TYPE = "AWS::Lambda::Function";
/** This value selects the functions of the whole account (CloudTrail API reference, "DataResource"). */
const ALL_FUNCTIONS = /^arn:(?:aws[a-z-]*|\$\{AWS::Partition\}):lambda$/;

/** A basic selector: data events of the functions it lists. */
function eventSelector(part: Part): TrailSelectorDraft[] {
  return itemsOf(part.field("DataResources")).flatMap((resource) => {
    if (resource.field("Type").text !== FUNCTION_TYPE) return [];
    const values = textValues(resource.field("Values"));
    const all = values.some(({ known }) => known !== undefined && ALL_FUNCTIONS.test(known));
    return [
      {
        at: resource.at,
        readWrite: choiceValue(part.field("ReadWriteType")) ?? { known: "All" },
        functions: all ? [] : values,
        excludes: false,
      },
    ];
  });
}

/** An advanced selector: conditions on fields, all of which must hold. */
function advancedSelector(part: Part): TrailSelectorDraft[] {
  const fields = new Map(itemsOf(part.field("FieldSelectors")).map((field) => [field.field("Field").text, field]));
  const values = (field: string, operator: string) => {
    const selector = fields.get(field);
    return selector === undefined ? [] : textValues(selector.field(operator));
  };
  const isOf = (field: string, value: string) => values(field, "Equals").some(({ known }) => known === value);
  if (!isOf("eventCategory", "Data") || !isOf("resources.type", FUNCTION_TYPE)) return [];
  const readOnly = values("readOnly", "Equals")[0]?.known;
  const starts = values("resources.ARN", "StartsWith").map(({ known, unknown }) =>
    known === undefined ? { unknown: unknown ?? "" } : { known: `${known}*` },
  );
  const ends = values("resources.ARN", "EndsWith").map(({ known, unknown }) =>
    known === undefined ? { unknown: unknown ?? "" } : { known: `*${known}` },
  );
  const excluding = ["NotEquals", "NotStartsWith", "NotEndsWith"];
  return [
    {
      at: part.at,
      readWrite: { known: readOnly === undefined ? "All" : readOnly === "true" ? "ReadOnly" : "WriteOnly" },
      functions: [...values("resources.ARN", "Equals"), ...starts, ...ends],
      excludes: excluding.some((operator) =>
        ["resources.ARN", "eventName"].some((field) => values(field, operator).length > 0),
      ),
    },
  ];
}
