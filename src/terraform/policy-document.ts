import { type Part, plainPart, unknownPart } from "../inventory/part";
import { plain } from "../inventory/text";
import type { PlannedResource } from "./changes";
import { type Reader, resourcePart, type TerraformPart } from "./part";

/**
 * The policy document that `data.aws_iam_policy_document` renders, as IAM writes it, while the data source itself can
 * be read only during apply: what is known of it stands, only the rest is unknown. The rules of merging are those of
 * the provider (registry.terraform.io/providers/hashicorp/aws, data source aws_iam_policy_document).
 */
export function documentOf(source: PlannedResource, reader: Reader): Part {
  const root = resourcePart(source, reader);
  const own = statementsOf(root.attribute("statement"));
  const base = ["source_json", "source_policy_documents"].flatMap((name) => written(root.attribute(name), reader));
  const over = ["override_json", "override_policy_documents"].flatMap((name) => written(root.attribute(name), reader));
  const merged = over.reduce((all, part) => override(all, [part]), override(base, own));
  const version = root.field("version");
  const fields: [string, Part][] = [
    ["Version", version.kind === "absent" ? plainPart("2012-10-17", root.at) : version],
    ["Statement", listPart(merged, root.at)],
  ];
  return mapPart(fields, root.at);
}

/** A later statement takes the place of an earlier one of the same, not empty, Sid; others are added. */
function override(statements: Part[], later: Part[]): Part[] {
  const sids = new Set(later.map((part) => part.field("Sid").text).filter((sid) => sid !== ""));
  const unread = later.find((part) => part.kind === "unknown");
  const kept = statements.flatMap((part) => {
    const sid = part.field("Sid").text;
    if (sids.has(sid)) return [];
    // what an unread document overrides is not known
    return unread !== undefined && sid !== "" ? [unknownPart(unread.why, part.at)] : [part];
  });
  return [...kept, ...later];
}

/** The statements of the documents that an attribute names: JSON texts, or data sources that are themselves not read. */
function written(part: TerraformPart, reader: Reader): Part[] {
  if (part.kind === "absent") return [];
  const documents = part.kind === "list" ? listed(part, reader) : [part];
  return documents.flatMap((document): Part[] => {
    const body = document.kind === "text" ? parsed(document) : document;
    if (body.kind === "absent") return [];
    const statement = body.field("Statement");
    if (body.kind === "unknown") return [unknownPart(document.why, document.at)];
    return statement.kind === "list" ? statement.items() : [statement];
  });
}

function parsed(document: Part): Part {
  if (document.text === "") return plainPart(undefined, document.at);
  try {
    return plainPart(JSON.parse(document.text), document.at);
  } catch {
    return unknownPart("the policy document is not valid JSON", document.at);
  }
}

/** A list's documents. As many data sources mentioned as items unknown: each is one of them. */
function listed(part: TerraformPart, reader: Reader): Part[] {
  const items = part.parts();
  const open = items.filter((item) => item.kind === "unknown");
  const [first] = open;
  if (first === undefined) return items;
  const { targets, deadEnds } = first.followed();
  const sources = targets.map(({ resource }) => resource).filter(({ type }) => type === "aws_iam_policy_document");
  if (deadEnds.length > 0 || sources.length !== targets.length || sources.length !== open.length) return items;
  return [...items.filter((item) => item.kind !== "unknown"), ...sources.map((source) => reader.document(source))];
}

function statementsOf(blocks: TerraformPart): Part[] {
  if (blocks.kind === "absent") return [];
  if (blocks.kind === "unknown") return [unknownPart(blocks.why, blocks.at)];
  return blocks
    .parts()
    .map((block) => (block.kind === "unknown" ? unknownPart(block.why, block.at) : statement(block)));
}

/** Attribute of a statement block, and the element of IAM's it becomes. */
const ELEMENTS: readonly [attribute: string, element: string][] = [
  ["sid", "Sid"],
  ["actions", "Action"],
  ["not_actions", "NotAction"],
  ["resources", "Resource"],
  ["not_resources", "NotResource"],
];

function statement(block: TerraformPart): Part {
  const effect = block.field("effect");
  const fields: [string, Part][] = [
    ["Effect", effect.kind === "absent" ? plainPart("Allow", effect.at) : effect],
    ...ELEMENTS.map(([attribute, element]): [string, Part] => [element, rendered(block.field(attribute))]),
    ["Principal", principals(block.attribute("principals"))],
    ["NotPrincipal", principals(block.attribute("not_principals"))],
    ["Condition", conditions(block.attribute("condition"))],
  ];
  return mapPart(
    fields.filter(([, part]) => !isEmpty(part)),
    block.at,
  );
}

function isEmpty(part: Part): boolean {
  return part.kind === "absent" || (part.kind === "list" && part.items().length === 0);
}

/** `&{` stands for `${`, which Terraform would read as its own, everywhere but in actions and Sids. */
function rendered(part: Part): Part {
  if (part.kind === "list") return listPart(part.items().map(rendered), part.at);
  return part.kind === "text" && part.text.includes("&{")
    ? plainPart(part.text.replaceAll("&{", plain("${")), part.at)
    : part;
}

function itemsOf(part: Part): Part[] {
  return part.kind === "list" ? part.items().map(rendered) : [rendered(part)];
}

function principals(blocks: TerraformPart): Part {
  if (blocks.kind === "unknown" || isEmpty(blocks)) return blocks;
  const byType = new Map<string, Part[]>();
  for (const block of blocks.parts()) {
    const type = block.field("type");
    if (type.kind !== "text") return unknownPart(type.why, block.at);
    const identifiers = block.field("identifiers");
    const ids = itemsOf(identifiers);
    byType.set(type.text, [...(byType.get(type.text) ?? []), ...ids]);
  }
  const anyone = byType.get("*");
  if (anyone !== undefined && byType.size === 1) return listPart(anyone, blocks.at);
  return mapPart(
    [...byType].map(([type, ids]) => [type, listPart(ids, blocks.at)]),
    blocks.at,
  );
}

function conditions(blocks: TerraformPart): Part {
  if (blocks.kind === "unknown" || isEmpty(blocks)) return blocks;
  const byTest = new Map<string, Map<string, Part[]>>();
  for (const block of blocks.parts()) {
    const test = block.field("test");
    const variable = block.field("variable");
    if (test.kind !== "text" || variable.kind !== "text") return unknownPart(test.why || variable.why, block.at);
    const values = block.field("values");
    const keys = byTest.get(test.text) ?? new Map<string, Part[]>();
    const earlier = keys.get(variable.text) ?? [];
    byTest.set(test.text, keys.set(variable.text, [...earlier, ...itemsOf(values)]));
  }
  return mapPart(
    [...byTest].map(([test, keys]): [string, Part] => [
      test,
      mapPart(
        [...keys].map(([key, values]): [string, Part] => [key, listPart(values, values[0]?.at ?? blocks.at)]),
        blocks.at,
      ),
    ]),
    blocks.at,
  );
}

/** A map made of parts from elsewhere. */
export function mapPart(fields: [string, Part][], at: string): Part {
  const byName = new Map(fields);
  return {
    ...{ at, kind: "map", why: "", text: "", number: 0, boolean: false },
    field: (name) => byName.get(name) ?? plainPart(undefined, at),
    fields: () => fields,
    items: () => [],
  };
}

/** A list made of parts from elsewhere. */
export function listPart(items: Part[], at: string): Part {
  return {
    ...{ at, kind: "list", why: "", text: "", number: 0, boolean: false },
    field: () => plainPart(undefined, at),
    fields: () => [],
    items: () => items,
  };
}
