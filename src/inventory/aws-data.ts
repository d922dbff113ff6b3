import managedPolicies from "../../policies/data/managed-policies.json" with { type: "json" };

/**
 * The document of an AWS managed policy by path and name (`service-role/AWSLambdaRole`), as AWS publishes it; undefined
 * for a policy whose content is not in `policies/data`.
 */
export function managedPolicyDocument(pathAndName: string): unknown {
  const documents: Record<string, unknown> = managedPolicies.documents;
  return Object.hasOwn(documents, pathAndName) ? documents[pathAndName] : undefined;
}

/** The paths and names of those policies. */
export function managedPolicyPaths(): string[] {
  return Object.keys(managedPolicies.documents);
}

/** Whether an AWS managed policy, by path and name, is made for administrators. */
export function isAdministratorLike(pathAndName: string): boolean {
  return managedPolicies.administratorLike.includes(pathAndName);
}
