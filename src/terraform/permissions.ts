import type { Draft } from "../inventory/draft";
import { permissionDocument } from "../inventory/permission";
import { booleanValue, field, required, textValue } from "./values";
import type { View } from "./view";

/** aws_lambda_permission, aws_lambda_policy and aws_lambda_layer_version_permission. */
export function addPermissions(view: View, draft: Draft): void {
  for (const viewed of view.of("aws_lambda_permission")) {
    const { address, at, part } = viewed;
    const viaUrl = booleanValue(part.field("invoked_via_function_url"));
    const urlAuthType = textValue(part.field("function_url_auth_type"));
    const document = permissionDocument(
      {
        action: required(part, "action"),
        principal: required(part, "principal"),
        ...field("sourceArn", textValue(part.field("source_arn"))),
        ...field("sourceAccount", textValue(part.field("source_account"))),
        ...field("organization", textValue(part.field("principal_org_id"))),
        ...field("eventSourceToken", textValue(part.field("event_source_token"))),
        ...field("urlAuthType", urlAuthType),
        ...field("viaUrl", viaUrl),
      },
      at,
    );
    draft.resourcePolicies.push({
      address,
      at,
      kind: "permission",
      target: view.functionNamed(viewed, required(part, "function_name")),
      ...field("qualifier", textValue(part.field("qualifier"))),
      document,
      viaUrl: viaUrl?.known === true || urlAuthType !== undefined,
    });
  }
  for (const { address, at, part } of view.of("aws_lambda_policy")) {
    draft.resourcePolicies.push({
      address,
      at,
      kind: "resource policy",
      target: required(part, "resource_arn"),
      document: part.field("policy"),
      viaUrl: false,
    });
  }
  for (const { address, at, part } of view.of("aws_lambda_layer_version_permission")) {
    draft.resourcePolicies.push({
      address,
      at,
      kind: "layer permission",
      target: required(part, "layer_name"),
      document: permissionDocument(
        {
          action: required(part, "action"),
          principal: required(part, "principal"),
          ...field("organization", textValue(part.field("organization_id"))),
        },
        at,
      ),
      viaUrl: false,
    });
  }
}
