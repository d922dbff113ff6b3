import { expect, test } from "vitest";
import { inventoryOf } from "./inventories";

/** "x-amazon-apigateway-policy object" (API Gateway guide): the resource policy in the OpenAPI body, as SAM writes it. */
test.each([
  ["no policy", "", false],
  ["everyone", "x-amazon-apigateway-policy: { Statement: [{ Effect: Allow, Principal: '*' }] }", false],
  [
    "everyone, and a Deny",
    "x-amazon-apigateway-policy: { Statement: [{ Effect: Allow, Principal: '*' }, { Effect: Deny, Principal: '*' }] }",
    true,
  ],
])("an API whose body has %s", (_, policy, restricted) => {
  const { apiRoutes } = inventoryOf(`
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body:
        ${policy}
        paths: { /x: { get: { x-amazon-apigateway-integration: { type: mock } } } }
  Method: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref Api, HttpMethod: GET, ResourceId: r } }
`);
  expect(apiRoutes.map(({ restrictedByPolicy }) => restrictedByPolicy)).toEqual([
    { known: restricted },
    { known: restricted },
  ]);
});
