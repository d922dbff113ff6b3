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

test("the path of a method, from the resources it is made of", () => {
  const { apiRoutes } = inventoryOf(`
Resources:
  Api: { Type: AWS::ApiGateway::RestApi }
  Orders: { Type: AWS::ApiGateway::Resource, Properties: { ParentId: !GetAtt Api.RootResourceId, PathPart: orders } }
  Order: { Type: AWS::ApiGateway::Resource, Properties: { ParentId: !Ref Orders, PathPart: "{id}" } }
  Adrift: { Type: AWS::ApiGateway::Resource, Properties: { ParentId: !ImportValue Parent, PathPart: x } }
  Loop: { Type: AWS::ApiGateway::Resource, Properties: { ParentId: !Ref Loop, PathPart: l } }
  AtRoot: { Type: AWS::ApiGateway::Method, Properties: { HttpMethod: GET, ResourceId: !GetAtt Api.RootResourceId } }
  OfOrder: { Type: AWS::ApiGateway::Method, Properties: { HttpMethod: GET, ResourceId: !Ref Order } }
  OfAdrift: { Type: AWS::ApiGateway::Method, Properties: { HttpMethod: GET, ResourceId: !Ref Adrift } }
  OfLoop: { Type: AWS::ApiGateway::Method, Properties: { HttpMethod: GET, ResourceId: !Ref Loop } }
  Unnamed: { Type: AWS::ApiGateway::Method, Properties: { HttpMethod: GET } }
`);
  expect(apiRoutes.map(({ path }) => path)).toEqual([
    { known: "/" },
    { known: "/orders/{id}" },
    { known: "${Adrift}" },
    { known: "${Loop}" },
    { unknown: "ResourceId" },
  ]);
});
