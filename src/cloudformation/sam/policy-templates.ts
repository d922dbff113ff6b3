import templates from "../../../policies/data/sam-policy-templates.json";
import { isMap } from "../../inventory/part";
import { CannotExpand, type Fields, mapOf } from "./values";

interface PolicyTemplate {
  parameters: string[];
  definition: unknown;
}

const TEMPLATES = new Map<string, PolicyTemplate>(Object.entries(templates.templates));

/** The policy document a SAM policy template stands for, e.g. `{ S3ReadPolicy: { BucketName: … } }`. */
export function policyFromTemplate(policy: Fields): unknown {
  const [entry, more] = Object.entries(policy);
  const template = entry && TEMPLATES.get(entry[0]);
  if (!entry || !template || more) throw new CannotExpand("Policies holds something that is not a policy");
  const values = mapOf(entry[1], entry[0]);
  const missing = template.parameters.filter((name) => !Object.hasOwn(values, name));
  if (missing.length > 0) throw new CannotExpand(`${entry[0]} lacks ${missing.join(", ")}`);
  return fill(template.definition, new Map(template.parameters.map((name) => [name, values[name]])));
}

function fill(node: unknown, values: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(node)) return node.map((item) => fill(item, values));
  if (!isMap(node)) return node;
  const name = node["Ref"];
  if (typeof name === "string" && values.has(name)) return values.get(name);
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, fill(value, values)]));
}
