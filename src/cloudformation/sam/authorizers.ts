import { isMap, scalarText } from "../../inventory/part";
import type { Expansion, Generated } from "./expansion";
import { CannotExpand, type Fields, given, isAbsent, listOf, mapOf, ref, sub } from "./values";

/** Authorizers of APIs: those of a REST API, and what HTTP and WebSocket APIs have in common with them. */

/** The `securityDefinitions` entry of an authorizer: Amazon Cognito when it has a user pool, else a Lambda function. */
export function authorizerScheme(authorizer: Fields, expansion: Expansion): Fields {
  const identity = mapOf(authorizer["Identity"], "Identity");
  const header = given(identity["Header"]) ? identity["Header"] : "Authorization";
  const validation = identity["ValidationExpression"];
  const validated: Fields = given(validation) ? { identityValidationExpression: validation } : {};
  if (given(authorizer["UserPoolArn"])) {
    const pools = { type: "cognito_user_pools", providerARNs: listOf(authorizer["UserPoolArn"]) };
    return scheme(header, "cognito_user_pools", { ...pools, ...validated });
  }
  const type = authorizer["FunctionPayloadType"] ?? "TOKEN";
  if (type !== "TOKEN" && type !== "REQUEST") throw new CannotExpand("FunctionPayloadType is not known");
  const calls = { type: type.toLowerCase(), ...lambdaCall(authorizer, identity, expansion) };
  if (type === "TOKEN") return scheme(header, "custom", { ...calls, ...validated });
  const sources = identitySources(identity);
  return scheme("Unused", "custom", sources === "" ? calls : { ...calls, identitySource: sources });
}

/** The entry for IAM authorization by default. */
export function iamScheme(): Fields {
  return { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authtype": "awsSigv4" };
}

function scheme(header: unknown, authtype: string, authorizer: Fields): Fields {
  return {
    type: "apiKey",
    name: header,
    in: "header",
    "x-amazon-apigateway-authtype": authtype,
    "x-amazon-apigateway-authorizer": authorizer,
  };
}

/** What API Gateway calls to authorize, and with which role. */
function lambdaCall(authorizer: Fields, identity: Fields, expansion: Expansion): Fields {
  const call: Fields = { authorizerUri: authorizerUri(authorizer["FunctionArn"], expansion) };
  if (!isAbsent(identity["ReauthorizeEvery"])) call["authorizerResultTtlInSeconds"] = identity["ReauthorizeEvery"];
  const role = authorizer["FunctionInvokeRole"];
  if (given(role) && role !== "NONE") call["authorizerCredentials"] = role;
  return call;
}

/** How an authorizer's function is named in a definition. */
export function authorizerUri(functionArn: unknown, expansion: Expansion): Fields {
  const path = "lambda:path/2015-03-31/functions/${__FunctionArn__}/invocations";
  return sub(`arn:${expansion.partition}:apigateway:\${AWS::Region}:${path}`, { __FunctionArn__: functionArn });
}

function identitySources(identity: Fields): string {
  const places = [
    ["Headers", "method.request.header."],
    ["QueryStrings", "method.request.querystring."],
    ["StageVariables", "stageVariables."],
    ["Context", "context."],
  ] as const;
  return places
    .flatMap(([name, prefix]) => listOf(identity[name]).map((value) => `${prefix}${scalarText(value)}`))
    .join(", ");
}

/** The permission for API Gateway to start an authorizer's function. */
export function authorizerPermission(
  id: string,
  api: { id: string; attributes: Fields },
  functionArn: unknown,
  partition: string,
  expansion: Expansion,
  pointer: string | undefined,
): Generated {
  const text = `arn:${partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/authorizers/*`;
  const properties = {
    Action: "lambda:InvokeFunction",
    FunctionName: functionArn,
    Principal: "apigateway.amazonaws.com",
    SourceArn: sub(text, { __ApiId__: ref(api.id) }),
  };
  return expansion.generate(id, "AWS::Lambda::Permission", properties, api.attributes, pointer);
}

/** The authorizers of an `Auth`. */
export function authorizersOf(auth: Fields): [name: string, authorizer: Fields][] {
  const authorizers = mapOf(auth["Authorizers"], "Auth.Authorizers");
  return Object.entries(authorizers).map(([name, authorizer]) => {
    if (!isMap(authorizer)) throw new CannotExpand("an authorizer is not a map");
    return [name, authorizer];
  });
}
