import type { ResourceChange } from "../inventory/types";
import type { PlannedResource } from "./changes";
import { EXPECTED } from "./mentions";
import { COMPLETES, sameThing, type View } from "./view";

/** Attributes in which a resource that completes another one names it (`mentions.ts` says of which types it may be). */
const NAMES = [
  "role",
  "roles",
  "role_name",
  "user",
  "users",
  "user_name",
  "group",
  "groups",
  "group_name",
  "key_id",
  "function_name",
];
/** By which of its attributes it is named there. */
const NAMED = ["arn", "name", "id", "key_id"];

/** What a plan does to each managed resource, with the things it does it to indirectly. */
export function resourceChanges(view: View): ResourceChange[] {
  const byName = new Map<string, string[]>();
  for (const { address, type, values, before } of view.resources.all) {
    const attributes = type.endsWith("_lambda_function") ? [...NAMED, "function_name"] : NAMED;
    const names = attributes.flatMap((attribute) => textsOf(values[attribute] ?? before?.[attribute]));
    for (const name of new Set([address, ...names])) {
      byName.set(`${type} ${name}`, [...(byName.get(`${type} ${name}`) ?? []), address]);
    }
  }
  return view.resources.changes.map((resource) => {
    const { address, action, type } = resource;
    const isCompleting = action !== "no-op" && (COMPLETES.has(type) || type.endsWith("_exclusive"));
    const names = isCompleting ? namedBy(resource, view) : [];
    return { address, action, about: [...new Set(names.flatMap((name) => byName.get(name) ?? []))].sort() };
  });
}

/** Type and name of what it is about, as it is and as it will be; the address where a name is not known yet. */
function namedBy(resource: PlannedResource, view: View): string[] {
  const { type, before, values } = resource;
  if (type === "aws_cloudwatch_log_group") {
    const groups = [before?.["name"], values["name"]].flatMap(textsOf);
    return groups.map((group) => `aws_lambda_function ${group.replace(/^\/aws\/lambda\//, "")}`);
  }
  const part = view.part(resource);
  return NAMES.flatMap((attribute) => {
    const names = [before?.[attribute], values[attribute], sameThing(part.attribute(attribute))].flatMap(textsOf);
    return (EXPECTED[`${type}.${attribute}`]?.types ?? []).flatMap((one) => names.map((name) => `${one} ${name}`));
  });
}

function textsOf(value: unknown): string[] {
  return [value].flat().filter((text) => typeof text === "string");
}
