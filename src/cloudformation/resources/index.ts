import { apiResources } from "./api";
import { auditResources } from "./audit";
import type { ResourceTable } from "./declared";
import { functionResources } from "./functions";
import { grantResources } from "./grants";
import { invocationResources } from "./invocations";
import { keyResources } from "./keys";
import { networkResources } from "./network";
import { resourcePolicyResources } from "./resource-policies";

/** Every CloudFormation resource type that goes into the inventory. */
export const RESOURCES: ResourceTable = {
  ...functionResources,
  ...grantResources,
  ...keyResources,
  ...resourcePolicyResources,
  ...invocationResources,
  ...apiResources,
  ...auditResources,
  ...networkResources,
};
