import type { Draft } from "../inventory/draft";
import { type Part, plainPart, unknownPart } from "../inventory/part";
import type { TerraformPart } from "./part";
import { listPart, mapPart } from "./policy-document";
import { field, textOr, textValue } from "./values";
import type { View, Viewed } from "./view";

/** aws_lambda_permission, aws_lambda_policy and aws_lambda_layer_version_permission. */
export function addPermissions(view: View, draft: Draft): void {
  for (const viewed of view.of("aws_lambda_permission")) {
    const { address, at, part } = viewed;
    draft.resourcePolicies.push({
      address,
      at,
      kind: "permission",
      target: textOr(part.field("function_name"), ""),
      ...field("qualifier", textValue(part.field("qualifier"))),
      document: documentOf(viewed, CONDITIONS),
      viaUrl: part.field("function_url_auth_type").kind !== "absent" || part.field("invoked_via_function_url").boolean,
    });
  }
  for (const { address, at, part } of view.of("aws_lambda_policy")) {
    draft.resourcePolicies.push({
      address,
      at,
      kind: "resource policy",
      target: textOr(part.field("resource_arn"), ""),
      document: part.field("policy"),
      viaUrl: false,
    });
  }
  for (const viewed of view.of("aws_lambda_layer_version_permission")) {
    const { address, at } = viewed;
    const document = documentOf(viewed, LAYER_CONDITIONS);
    draft.resourcePolicies.push({
      address,
      at,
      kind: "layer permission",
      target: { known: "" },
      document,
      viaUrl: false,
    });
  }
}

type Conditions = readonly [attribute: string, operator: string, key: string][];

/** The condition Lambda writes for an argument of AddPermission (Lambda API reference, AddPermission). */
const CONDITIONS: Conditions = [
  ["source_arn", "ArnLike", "aws:SourceArn"],
  ["source_account", "StringEquals", "aws:SourceAccount"],
  ["principal_org_id", "StringEquals", "aws:PrincipalOrgID"],
  ["event_source_token", "StringEquals", "lambda:EventSourceToken"],
  ["function_url_auth_type", "StringEquals", "lambda:FunctionUrlAuthType"],
  ["invoked_via_function_url", "Bool", "lambda:InvokedViaFunctionUrl"],
];

const LAYER_CONDITIONS: Conditions = [["organization_id", "StringEquals", "aws:PrincipalOrgID"]];

/** The statement that a permission becomes in the policy of its function or layer. */
function documentOf({ part, at }: Viewed, written: Conditions): Part {
  const conditions = written.flatMap(([attribute, operator, key]): [string, Part][] => {
    const value = part.field(attribute);
    return value.kind === "absent" || value.text === "" ? [] : [[operator, mapPart([[key, value]], value.at)]];
  });
  const statement: [string, Part][] = [
    ["Effect", plainPart("Allow", at)],
    ["Action", part.field("action")],
    ["Principal", principal(part)],
    ["Condition", merged(conditions, at)],
  ];
  const sid = part.field("statement_id");
  if (sid.kind === "text") statement.push(["Sid", sid]);
  return mapPart([["Statement", listPart([mapPart(statement, at)], at)]], at);
}

/** One map for each operator, with all its keys. */
function merged(conditions: [operator: string, keys: Part][], at: string): Part {
  const byOperator = new Map<string, [string, Part][]>();
  for (const [operator, keys] of conditions) {
    byOperator.set(operator, [...(byOperator.get(operator) ?? []), ...keys.fields()]);
  }
  return byOperator.size === 0
    ? plainPart(undefined, at)
    : mapPart(
        [...byOperator].map(([operator, keys]) => [operator, mapPart(keys, at)]),
        at,
      );
}

/** `Principal` is `*`, a service, an account or an ARN, all in one text. */
function principal(part: TerraformPart): Part {
  const given = part.field("principal");
  if (given.kind !== "text") return unknownPart(given.why || "no principal is given", given.at);
  if (given.text === "*") return given;
  const isAccount = /^[0-9]{12}$/.test(given.text) || given.text.startsWith("arn:");
  const isService = !isAccount && given.text.includes(".");
  return mapPart([[isService ? "Service" : "AWS", given]], given.at);
}
