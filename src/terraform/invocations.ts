import type { Draft, InvocationDraft } from "../inventory/draft";
import type { Part } from "../inventory/part";
import { callsIn, parsedDefinition } from "../inventory/state-machine";
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
      for (const target of edge.target(viewed.part)) draft.invocations.push(...invocation(viewed, edge, target, view));
    }
  }
  for (const viewed of view.of("aws_pipes_pipe")) draft.invocations.push(...pipeInvocations(viewed, view));
  for (const viewed of view.of("aws_sfn_state_machine")) draft.invocations.push(...machineInvocations(viewed, view));
  for (const viewed of view.of("aws_lambda_function_url")) draft.invocations.push(urlInvocation(viewed, view));
}

function invocation(
  viewed: Viewed,
  { kind, asynchronous }: Pick<Edge, "kind" | "asynchronous">,
  target: Part,
  view: View,
): InvocationDraft[] {
  const text = textValue(target);
  if (text === undefined) return [];
  const { address } = viewed;
  const called = view.functionNamed(viewed, text);
  return [{ address, at: target.at, kind, asynchronous: { known: asynchronous }, target: called }];
}

function pipeInvocations(viewed: Viewed, view: View): InvocationDraft[] {
  const { part } = viewed;
  const type = part.block("target_parameters").block("lambda_function_parameters").field("invocation_type");
  const asynchronous = type.text === "FIRE_AND_FORGET";
  return [
    ...invocation(viewed, { kind: "pipe", asynchronous }, part.field("target"), view),
    ...invocation(viewed, { kind: "pipe", asynchronous: false }, part.field("enrichment"), view),
  ];
}

/** Of a definition that is known after apply, the functions that its expression mentions. */
function machineInvocations(viewed: Viewed, view: View): InvocationDraft[] {
  const { address, part } = viewed;
  const definition = part.attribute("definition");
  const kind = "state machine";
  const parsed = definition.kind === "text" ? parsedDefinition(definition.text, definition.at) : undefined;
  if (parsed !== undefined) {
    const calls = callsIn(parsed);
    return calls.map((call) => ({ address, kind, ...call, target: view.functionNamed(viewed, call.target) }));
  }
  const { texts, unread } = definition.listed();
  const asynchronous = { unknown: unread ?? "the definition cannot be read" };
  return texts.flatMap(({ at, text }) =>
    unread === undefined ? [] : [{ address, at, kind, target: text, asynchronous }],
  );
}

function urlInvocation(viewed: Viewed, view: View): InvocationDraft {
  const { address, at, part } = viewed;
  return {
    address,
    at,
    kind: "function url",
    asynchronous: { known: false },
    target: view.functionNamed(viewed, required(part, "function_name")),
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
