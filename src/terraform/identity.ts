import { functionArn, generatedName, keyArn, logGroupArn, policyArn, principalArn } from "../inventory/canonical";
import { FRESH, hole } from "../inventory/text";
import type { Deployment } from "../inventory/types";
import { known, type PlannedResource } from "./changes";

/**
 * What attributes of a resource are as text before AWS has said: canonical, so that a mention by ARN, by name and by id
 * of one thing come out the same. A value the plan knows is taken as it stands.
 */

/** Types whose name is a text of their own, and the attribute that holds it. */
const NAMED: Record<string, string> = {
  aws_lambda_function: "function_name",
  awscc_lambda_function: "function_name",
  aws_lambda_alias: "name",
  aws_lambda_code_signing_config: "arn",
  aws_lambda_layer_version: "arn",
  aws_iam_role: "name",
  aws_iam_user: "name",
  aws_iam_group: "name",
  aws_iam_policy: "name",
  aws_kms_key: "key_id",
  aws_kms_replica_key: "key_id",
  aws_kms_external_key: "key_id",
  aws_kms_alias: "name",
  aws_cloudwatch_log_group: "name",
  aws_security_group: "id",
  aws_default_security_group: "id",
  aws_subnet: "id",
  aws_default_subnet: "id",
};

/** True when a hole with this resource's address is its generated name, different from every other. */
export function isNamed(resource: PlannedResource): boolean {
  return resource.mode === "managed" && Object.hasOwn(NAMED, resource.type);
}

/** The name, or the hole of a name that is generated or not known. */
export function nameOf(resource: PlannedResource): string {
  return known(resource, (isNamed(resource) && NAMED[resource.type]) || "id") ?? generatedName(resource.address);
}

/** Writes the texts of attributes in the canonical forms. */
export class Identity {
  private readonly placeOf: (resource: PlannedResource) => Deployment;
  /** The function an alias or the like stands on, as name or ARN. */
  private readonly functionOf: (resource: PlannedResource) => string;

  constructor(placeOf: (resource: PlannedResource) => Deployment, functionOf: (resource: PlannedResource) => string) {
    this.placeOf = placeOf;
    this.functionOf = functionOf;
  }

  /** The text of an attribute; `${address.attribute}` for what has no canonical form. */
  text(resource: PlannedResource, attribute: string): string {
    return (
      known(resource, attribute) ?? this.canonical(resource, attribute) ?? hole(`${resource.address}.${attribute}`)
    );
  }

  private canonical(resource: PlannedResource, attribute: string): string | undefined {
    if (resource.mode !== "managed") return undefined;
    const place = this.placeOf(resource);
    const name = nameOf(resource);
    const path = known(resource, "path") ?? "/";
    switch (resource.type) {
      case "aws_lambda_function":
      case "awscc_lambda_function":
        return this.functionText(resource, attribute, functionArn(place, name), name);
      case "aws_lambda_alias":
        return this.aliasText(resource, attribute, place, name);
      case "aws_iam_role":
      case "aws_iam_user":
      case "aws_iam_group":
        if (attribute === "arn") return principalArn(place, resource.type.slice("aws_iam_".length), path, name);
        return attribute === "name" || attribute === "id" ? name : undefined;
      case "aws_lambda_code_signing_config":
      case "aws_lambda_layer_version":
        return attribute === "arn" || attribute === "id" ? name : undefined;
      case "aws_iam_policy":
        return attribute === "arn" || attribute === "id" ? policyArn(place, path, name) : undefined;
      case "aws_kms_key":
      case "aws_kms_replica_key":
      case "aws_kms_external_key":
        if (attribute === "arn") return keyArn(place, name);
        return attribute === "key_id" || attribute === "id" ? name : undefined;
      case "aws_kms_alias":
        if (attribute === "arn") return `arn:${place.partition}:kms:${place.region}:${place.account}:${name}`;
        return attribute === "name" || attribute === "id" ? name : undefined;
      case "aws_cloudwatch_log_group":
        if (attribute === "arn") return logGroupArn(place, name);
        return attribute === "name" || attribute === "id" ? name : undefined;
      default:
        return isNamed(resource) && attribute === "id" ? name : undefined;
    }
  }

  private functionText(resource: PlannedResource, attribute: string, built: string, name: string): string | undefined {
    const arn = known(resource, "arn") ?? built;
    switch (attribute) {
      case "arn":
        return arn;
      case "qualified_arn":
        return `${arn}:${FRESH.version}`;
      case "invoke_arn":
      case "response_streaming_invoke_arn":
        return this.invokeArn(resource, arn);
      case "qualified_invoke_arn":
        return this.invokeArn(resource, `${arn}:${FRESH.version}`);
      case "function_name":
      case "id":
        return name;
      case "version":
        return FRESH.version;
      default:
        return undefined;
    }
  }

  private aliasText(resource: PlannedResource, attribute: string, place: Deployment, name: string): string | undefined {
    const on = this.functionOf(resource);
    const arn = `${on.startsWith("arn:") ? on : functionArn(place, on)}:${name}`;
    switch (attribute) {
      case "arn":
      case "id":
        return arn;
      case "invoke_arn":
        return this.invokeArn(resource, arn);
      case "name":
        return name;
      default:
        return undefined;
    }
  }

  /** The form in which API Gateway names a function (API Gateway developer guide, "uri" of an integration). */
  private invokeArn(resource: PlannedResource, arn: string): string {
    const { partition, region } = this.placeOf(resource);
    return `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
  }
}
