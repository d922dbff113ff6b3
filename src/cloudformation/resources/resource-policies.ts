import { permissionDocument } from "../../inventory/permission";
import { booleanValue, textValue } from "../../inventory/values";
import type { ResourceTable } from "./declared";
import { present } from "./functions";

/** What others are allowed to do with a function. */
export const resourcePolicyResources: ResourceTable = {
  "AWS::Lambda::Permission": ({ address, at, properties }, draft) => {
    const viaUrl = booleanValue(properties.field("InvokedViaFunctionUrl"));
    const urlAuthType = textValue(properties.field("FunctionUrlAuthType"));
    draft.resourcePolicies.push({
      address,
      at,
      kind: "permission",
      target: textValue(properties.field("FunctionName")) ?? { unknown: "FunctionName" },
      viaUrl: viaUrl?.known === true || urlAuthType !== undefined,
      document: permissionDocument(
        {
          action: textValue(properties.field("Action")) ?? { unknown: "Action" },
          principal: textValue(properties.field("Principal")) ?? { unknown: "Principal" },
          ...present("sourceArn", textValue(properties.field("SourceArn"))),
          ...present("sourceAccount", textValue(properties.field("SourceAccount"))),
          ...present("organization", textValue(properties.field("PrincipalOrgID"))),
          ...present("eventSourceToken", textValue(properties.field("EventSourceToken"))),
          ...present("urlAuthType", urlAuthType),
          ...present("viaUrl", viaUrl),
        },
        at,
      ),
    });
  },
  "AWS::Lambda::ResourcePolicy": ({ address, at, properties }, draft) => {
    draft.resourcePolicies.push({
      address,
      at,
      kind: "resource policy",
      target: textValue(properties.field("ResourceArn")) ?? { unknown: "ResourceArn" },
      viaUrl: false,
      document: properties.field("PolicyDocument"),
    });
  },
  "AWS::Lambda::LayerVersionPermission": ({ address, at, properties }, draft) => {
    draft.resourcePolicies.push({
      address,
      at,
      kind: "layer permission",
      target: textValue(properties.field("LayerVersionArn")) ?? { unknown: "LayerVersionArn" },
      viaUrl: false,
      document: permissionDocument(
        {
          action: textValue(properties.field("Action")) ?? { unknown: "Action" },
          principal: textValue(properties.field("Principal")) ?? { unknown: "Principal" },
          ...present("organization", textValue(properties.field("OrganizationId"))),
        },
        at,
      ),
    });
  },
};
