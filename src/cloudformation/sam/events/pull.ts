import { isMap } from "../../../inventory/part";
import type { Expansion, Generated } from "../expansion";
import { allow, allowWritingToBucket, type Role } from "../role";
import type { Target } from "../target";
import { CannotExpand, type Fields, given, isAbsent, mapOf } from "../values";
import { requires, type SamEvent } from "./event";
import { sourcePolicy } from "./pull-policies";

/** Events that Lambda polls for: an event source mapping, and what the role needs to read from the source. */

interface Source {
  /** The property that names the source; a self-managed Kafka cluster has none. */
  property?: string;
  /** AWS managed policy with what it takes to read from it. */
  managedPolicy?: string;
  required: string[];
}

const SOURCES: ReadonlyMap<string, Source> = new Map([
  ["Kinesis", { property: "Stream", managedPolicy: "AWSLambdaKinesisExecutionRole", required: ["StartingPosition"] }],
  ["DynamoDB", { property: "Stream", managedPolicy: "AWSLambdaDynamoDBExecutionRole", required: ["StartingPosition"] }],
  ["SQS", { property: "Queue", managedPolicy: "AWSLambdaSQSQueueExecutionRole", required: [] }],
  ["MSK", { property: "Stream", managedPolicy: "AWSLambdaMSKExecutionRole", required: ["StartingPosition"] }],
  ["MQ", { property: "Broker", required: [] }],
  ["DocumentDB", { property: "Cluster", required: ["DatabaseName"] }],
  ["SelfManagedKafka", { required: [] }],
]);

/** Properties that an event source mapping has under the same name. */
const PASSED = [
  "BatchSize",
  "BisectBatchOnFunctionError",
  "Enabled",
  "FilterCriteria",
  "FunctionResponseTypes",
  "KmsKeyArn",
  "LoggingConfig",
  "MaximumBatchingWindowInSeconds",
  "MaximumRecordAgeInSeconds",
  "MaximumRetryAttempts",
  "MetricsConfig",
  "ParallelizationFactor",
  "ProvisionedPollerConfig",
  "Queues",
  "ScalingConfig",
  "SourceAccessConfigurations",
  "StartingPosition",
  "StartingPositionTimestamp",
  "Topics",
  "TumblingWindowInSeconds",
];

/** Whether an event is one that Lambda polls for. */
export function pulls(event: SamEvent): boolean {
  return SOURCES.has(event.type);
}

export function pullEvent(event: SamEvent, runs: Target, role: Role, expansion: Expansion): Generated[] {
  const { sources } = expansion;
  const own = event.properties;
  const source = SOURCES.get(event.type) ?? { required: [] };
  requires(event, ...(source.property ? [source.property] : []), ...source.required);
  const properties: Fields = { FunctionName: runs.name };
  if (source.property) sources.move(own, source.property, properties, "EventSourceArn");
  sources.moveAll(own, PASSED, properties);
  Object.assign(properties, kafkaConfig(event), documentDbConfig(event));
  const failure = failureDestination(event, expansion);
  if (failure.config)
    sources.put(properties, "DestinationConfig", failure.config, sources.of(own, "DestinationConfig"));
  if (source.managedPolicy) role.attach(expansion.managedPolicy(`service-role/${source.managedPolicy}`), event.pointer);
  const policy = sourcePolicy(event, expansion);
  if (policy) role.embedOnce(policy, event.pointer);
  if (failure.policy) role.embedOnce(failure.policy, event.pointer);
  const type = "AWS::Lambda::EventSourceMapping";
  return [expansion.generate(event.id, type, properties, runs.attributes, event.pointer)];
}

function kafkaConfig(event: SamEvent): Fields {
  const own = event.properties;
  const made: Fields = {};
  if (given(own["KafkaBootstrapServers"])) {
    made["SelfManagedEventSource"] = { Endpoints: { KafkaBootstrapServers: own["KafkaBootstrapServers"] } };
  }
  const config: Fields = {};
  if (given(own["ConsumerGroupId"])) config["ConsumerGroupId"] = own["ConsumerGroupId"];
  if (given(own["SchemaRegistryConfig"])) config["SchemaRegistryConfig"] = own["SchemaRegistryConfig"];
  if (!given(config)) return made;
  if (event.type === "MSK") made["AmazonManagedKafkaEventSourceConfig"] = config;
  else if (event.type === "SelfManagedKafka") made["SelfManagedKafkaEventSourceConfig"] = config;
  return made;
}

function documentDbConfig(event: SamEvent): Fields {
  if (event.type !== "DocumentDB") return {};
  const { DatabaseName, CollectionName, FullDocument } = event.properties;
  const config: Fields = { DatabaseName };
  if (given(CollectionName)) config["CollectionName"] = CollectionName;
  if (given(FullDocument)) config["FullDocument"] = FullDocument;
  return { DocumentDBEventSourceConfig: config };
}

/** DestinationConfig without SAM's `Type`, and the policy it asks for. */
function failureDestination(event: SamEvent, expansion: Expansion): { config?: Fields; policy?: Fields } {
  const { sources } = expansion;
  const written = mapOf(event.properties["DestinationConfig"], "DestinationConfig");
  if (!given(written)) return {};
  if (!isMap(written["OnFailure"])) throw new CannotExpand("DestinationConfig.OnFailure is not a map");
  const onFailure: Fields = {};
  const { Type: type, Destination: destination } = written["OnFailure"];
  const names = Object.keys(written["OnFailure"]).filter((name) => name !== "Type");
  sources.moveAll(written["OnFailure"], names, onFailure);
  const config: Fields = {};
  sources.moveAll(written, Object.keys(written), config);
  sources.put(config, "OnFailure", onFailure, sources.of(written, "OnFailure"));
  if (isAbsent(type)) return { config };
  switch (type) {
    case "SQS":
      return { config, policy: allow(`${event.id}SQSPolicy`, "sqs:SendMessage", destination) };
    case "SNS":
      return { config, policy: allow(`${event.id}SNSPolicy`, "sns:publish", destination) };
    case "S3":
      return { config, policy: allowWritingToBucket(`${event.id}S3Policy`, destination) };
    case "Kafka":
      return { config };
    default:
      throw new CannotExpand("DestinationConfig.OnFailure.Type is not known");
  }
}
