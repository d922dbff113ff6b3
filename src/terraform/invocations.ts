import type { Draft, InvocationDraft } from "../inventory/draft";
import type { Part } from "../inventory/part";
import type { FunctionUrl } from "../inventory/types";
import type { TerraformPart } from "./part";
import { booleanOr, field, required, textOr, textValue } from "./values";
import type { View, Viewed } from "./view";

interface Edge {
  type: string;
  kind: InvocationDraft["kind"];
  /** Where the function stands in the resource; none when the resource invokes something else. */
  target(part: TerraformPart): Part[];
  asynchronous: boolean;
}

const at =
  (...names: string[]) =>
  (part: TerraformPart): Part[] => [
    names
      .slice(0, -1)
      .reduce((inner, name) => inner.block(name), part)
      .field(names.at(-1) ?? ""),
  ];

/** A subscription or the like counts only where it is one to a function. */
const when =
  (name: string, value: string, target: Edge["target"]) =>
  (part: TerraformPart): Part[] =>
    part.field(name).text === value ? target(part) : [];

/** What starts a function, by type. */
const EDGES: readonly Edge[] = [
  {
    type: "aws_lambda_event_source_mapping",
    kind: "event source mapping",
    target: at("function_name"),
    asynchronous: false,
  },
  { type: "aws_cloudwatch_event_target", kind: "rule", target: at("arn"), asynchronous: true },
  { type: "aws_scheduler_schedule", kind: "schedule", target: at("target", "arn"), asynchronous: true },
  {
    type: "aws_sns_topic_subscription",
    kind: "topic",
    target: when("protocol", "lambda", at("endpoint")),
    asynchronous: true,
  },
  {
    type: "aws_s3_bucket_notification",
    kind: "bucket",
    target: (part) =>
      part
        .attribute("lambda_function")
        .parts()
        .map((block) => block.field("lambda_function_arn")),
    asynchronous: true,
  },
  {
    type: "aws_cloudwatch_log_subscription_filter",
    kind: "log subscription",
    target: at("destination_arn"),
    asynchronous: true,
  },
];

/** Edges from other services, and function URLs. Those of APIs are in `api.ts`. */
export function addInvocations(view: View, draft: Draft): void {
  for (const edge of EDGES) {
    for (const viewed of view.of(edge.type)) {
      for (const target of edge.target(viewed.part)) draft.invocations.push(...invocation(viewed, edge, target));
    }
  }
  for (const viewed of view.of("aws_lambda_function_url")) draft.invocations.push(urlInvocation(viewed));
}

function invocation({ address }: Viewed, { kind, asynchronous }: Edge, target: Part): InvocationDraft[] {
  const text = textValue(target);
  return text === undefined
    ? []
    : [{ address, at: target.at, kind, asynchronous: { known: asynchronous }, target: text }];
}

function urlInvocation({ address, at, part }: Viewed): InvocationDraft {
  return {
    address,
    at,
    kind: "function url",
    asynchronous: { known: false },
    target: required(part, "function_name"),
    ...field("qualifier", textValue(part.field("qualifier"))),
    url: urlOf(part),
  };
}

function urlOf(part: TerraformPart): FunctionUrl {
  const cors = part.block("cors");
  const origins = cors.field("allow_origins");
  const unknown = [cors, origins].find(({ kind }) => kind === "unknown");
  return {
    authType: textOr(part.field("authorization_type"), "NONE"),
    corsOrigins: unknown ? [{ unknown: unknown.why }] : origins.items().map((origin) => textOr(origin, "")),
    corsCredentials:
      cors.kind === "unknown" ? { unknown: cors.why } : booleanOr(cors.field("allow_credentials"), false),
  };
}
