import type { Draft, InvocationDraft } from "../../inventory/draft";
import type { Part } from "../../inventory/part";
import { callsIn, parsedDefinition } from "../../inventory/state-machine";
import { LOOKALIKE } from "../../inventory/text";
import { booleanValue, choiceValue, itemsOf, textOrHole, textValue, textValues } from "../../inventory/values";
import type { Declared, ResourceTable } from "./declared";
import { present } from "./functions";

/** Resources that start functions; each edge keeps the qualifier it uses. */
export const invocationResources: ResourceTable = {
  "AWS::Lambda::EventSourceMapping": (declared, draft) => {
    edge("event source mapping", false, declared.properties.field("FunctionName"), declared, draft);
  },
  "AWS::Lambda::Url": (declared, draft) => {
    const { properties } = declared;
    edge("function url", false, properties.field("TargetFunctionArn"), declared, draft, {
      ...present("qualifier", textValue(properties.field("Qualifier"))),
      url: {
        authType: choiceValue(properties.field("AuthType")) ?? { unknown: "AuthType" },
        corsOrigins: textValues(properties.field("Cors").field("AllowOrigins")),
        corsCredentials: booleanValue(properties.field("Cors").field("AllowCredentials")) ?? { known: false },
      },
    });
  },
  "AWS::Events::Rule": (declared, draft) => {
    for (const target of itemsOf(declared.properties.field("Targets"))) {
      edge("rule", true, target.field("Arn"), declared, draft);
    }
  },
  "AWS::Scheduler::Schedule": (declared, draft) => {
    edge("schedule", true, declared.properties.field("Target").field("Arn"), declared, draft);
  },
  "AWS::SNS::Subscription": (declared, draft) => {
    if (declared.properties.field("Protocol").text !== "lambda") return;
    edge("topic", true, declared.properties.field("Endpoint"), declared, draft);
  },
  "AWS::SNS::Topic": (declared, draft) => {
    for (const subscription of itemsOf(declared.properties.field("Subscription"))) {
      if (subscription.field("Protocol").text !== "lambda") continue;
      edge("topic", true, subscription.field("Endpoint"), declared, draft);
    }
  },
  "AWS::S3::Bucket": (declared, draft) => {
    const configurations = declared.properties.field("NotificationConfiguration").field("LambdaConfigurations");
    for (const configuration of itemsOf(configurations)) {
      edge("bucket", true, configuration.field("Function"), declared, draft);
    }
  },
  "AWS::Logs::SubscriptionFilter": (declared, draft) => {
    edge("log subscription", true, declared.properties.field("DestinationArn"), declared, draft);
  },
  "AWS::Pipes::Pipe": (declared, draft) => {
    const { properties } = declared;
    const parameters = properties.field("TargetParameters").field("LambdaFunctionParameters");
    const asynchronous = choiceValue(parameters.field("InvocationType"))?.known === "FIRE_AND_FORGET";
    edge("pipe", asynchronous, properties.field("Target"), declared, draft);
    edge("pipe", false, properties.field("Enrichment"), declared, draft);
  },
  "AWS::StepFunctions::StateMachine": (declared, draft) => {
    const { address, properties } = declared;
    const substitutions = properties.field("DefinitionSubstitutions");
    const substituted = (text: string) =>
      text.replace(LOOKALIKE, (written, name) => {
        const value = textValue(substitutions.field(name));
        return value === undefined ? written : textOrHole(value);
      });
    const definition = definitionOf(properties, substituted);
    if (definition === undefined) {
      draft.unresolved.push({
        address,
        at: properties.at,
        why: "what it invokes is not known: its definition cannot be read",
      });
      return;
    }
    for (const call of callsIn(definition, substituted))
      draft.invocations.push({ kind: "state machine", address, ...call });
  },
  "AWS::EventsV2::Subscriber": (declared, draft) => {
    const parameters = declared.properties.field("LambdaParameters");
    const type = choiceValue(parameters.field("InvocationType"));
    edge("subscriber", type?.known !== "RequestResponse", parameters.field("FunctionArn"), declared, draft, {
      ...present("qualifier", textValue(parameters.field("Qualifier"))),
    });
  },
};

/**
 * The definition of a state machine, a map or JSON text; undefined for one in S3 or that is not settled. Substitutions are
 * made in the text, so that a number may come of one.
 */
function definitionOf(properties: Part, substituted: (text: string) => string): Part | undefined {
  const [text, map] = [properties.field("DefinitionString"), properties.field("Definition")];
  if (map.kind === "map") return map;
  return text.kind === "text" ? parsedDefinition(substituted(text.text), text.at) : undefined;
}

/** Adds one edge; what does not lead to a declared function falls away when the draft is assembled. */
export function edge(
  kind: InvocationDraft["kind"],
  asynchronous: boolean,
  target: Part,
  { address }: Pick<Declared, "address">,
  draft: Draft,
  more: Pick<InvocationDraft, "qualifier" | "url"> = {},
): void {
  const text = textValue(target);
  if (text === undefined) return;
  draft.invocations.push({
    kind,
    address,
    at: target.at,
    target: text,
    asynchronous: { known: asynchronous },
    ...more,
  });
}
