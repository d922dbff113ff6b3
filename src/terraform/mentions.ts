/**
 * Attributes that name another resource: which types they may name, and by which of its attributes. Only in these is an
 * unknown value taken for the one thing its expression mentions; in every other place a mention says nothing about the
 * text around it, and the value stays unknown.
 */
export interface Expected {
  types: readonly string[];
  /** How the attribute names it: used where the plan does not show which attribute is meant. */
  by: string;
  /** The attribute takes a qualifier behind the name (`ARN:live`); a literal one is not shown by the plan. */
  qualifiable?: true;
  /** Only a mention by this attribute counts: by another one, the text is built around it. */
  only?: true;
}

const FUNCTIONS = ["aws_lambda_function", "awscc_lambda_function", "aws_lambda_alias"];
const KEYS = ["aws_kms_key", "aws_kms_replica_key", "aws_kms_external_key", "aws_kms_alias"];

const role: Expected = { types: ["aws_iam_role"], by: "arn" };
const roleName: Expected = { types: ["aws_iam_role"], by: "name" };
const userName: Expected = { types: ["aws_iam_user"], by: "name" };
const groupName: Expected = { types: ["aws_iam_group"], by: "name" };
const policy: Expected = { types: ["aws_iam_policy"], by: "arn" };
const key: Expected = { types: KEYS, by: "arn" };
const logGroup: Expected = { types: ["aws_cloudwatch_log_group"], by: "name" };
const securityGroup: Expected = { types: ["aws_security_group", "aws_default_security_group"], by: "id" };
const subnet: Expected = { types: ["aws_subnet", "aws_default_subnet"], by: "id" };
/** The function alone; a qualifier stands in an attribute of its own, or none is taken. */
const functionName: Expected = { types: FUNCTIONS, by: "function_name" };
/** The function or one of its qualified forms. */
const target: Expected = { types: FUNCTIONS, by: "arn", qualifiable: true };
/** API Gateway's form of it, which ends after the qualifier. */
const invokeTarget: Expected = { types: FUNCTIONS, by: "invoke_arn", qualifiable: true };
const qualifier: Expected = { types: FUNCTIONS, by: "version" };
/** A principal is exactly the ARN of a role or user: AWS refuses a policy that names anything longer. */
const principal: Expected = { types: ["aws_iam_role", "aws_iam_user"], by: "arn", only: true };
const document: Expected = { types: ["aws_iam_policy_document"], by: "json" };

/** By type and path; list indices left out. */
export const EXPECTED: Record<string, Expected | undefined> = {
  "aws_lambda_function.role": role,
  "aws_lambda_function.kms_key_arn": key,
  "aws_lambda_function.source_kms_key_arn": key,
  "aws_lambda_function.durable_config.kms_key_arn": key,
  "aws_lambda_function.logging_config.log_group": logGroup,
  "aws_lambda_function.vpc_config.security_group_ids": securityGroup,
  "aws_lambda_function.vpc_config.subnet_ids": subnet,
  "aws_lambda_function.code_signing_config_arn": { types: ["aws_lambda_code_signing_config"], by: "arn" },
  "aws_lambda_function.layers": { types: ["aws_lambda_layer_version"], by: "arn" },
  "awscc_lambda_function.role": role,
  "awscc_lambda_function.kms_key_arn": key,
  "awscc_lambda_function.durable_config.kms_key_arn": key,
  "awscc_lambda_function.code.source_kms_key_arn": key,
  "awscc_lambda_function.logging_config.log_group": logGroup,
  "awscc_lambda_function.vpc_config.security_group_ids": securityGroup,
  "awscc_lambda_function.vpc_config.subnet_ids": subnet,
  "aws_lambda_alias.function_name": functionName,
  "aws_lambda_alias.function_version": qualifier,
  "aws_lambda_function_url.function_name": functionName,
  "aws_lambda_function_url.qualifier": qualifier,
  "aws_lambda_function_event_invoke_config.function_name": functionName,
  "aws_lambda_function_event_invoke_config.qualifier": qualifier,
  "aws_lambda_permission.function_name": target,
  "aws_lambda_permission.qualifier": qualifier,
  "aws_lambda_policy.resource_arn": target,
  "aws_lambda_policy.policy": document,
  "aws_lambda_event_source_mapping.function_name": target,
  "aws_iam_role_policy.role": roleName,
  "aws_iam_role_policy.policy": document,
  "aws_iam_role_policy_attachment.role": roleName,
  "aws_iam_role_policy_attachment.policy_arn": policy,
  "aws_iam_role_policies_exclusive.role_name": roleName,
  "aws_iam_role_policies_exclusive.policy_names": { types: ["aws_iam_role_policy"], by: "name" },
  "aws_iam_role_policy_attachments_exclusive.role_name": roleName,
  "aws_iam_role_policy_attachments_exclusive.policy_arns": policy,
  "aws_iam_role.assume_role_policy": document,
  "aws_iam_role.permissions_boundary": policy,
  "aws_iam_role.managed_policy_arns": policy,
  "aws_iam_role.inline_policy.policy": document,
  "aws_iam_user.permissions_boundary": policy,
  "aws_iam_user_policy.user": userName,
  "aws_iam_user_policy.policy": document,
  "aws_iam_user_policy_attachment.user": userName,
  "aws_iam_user_policy_attachment.policy_arn": policy,
  "aws_iam_user_policies_exclusive.user_name": userName,
  "aws_iam_user_policies_exclusive.policy_names": { types: ["aws_iam_user_policy"], by: "name" },
  "aws_iam_user_policy_attachments_exclusive.user_name": userName,
  "aws_iam_user_policy_attachments_exclusive.policy_arns": policy,
  "aws_iam_user_group_membership.user": userName,
  "aws_iam_user_group_membership.groups": groupName,
  "aws_iam_user_login_profile.user": userName,
  "aws_iam_group_membership.group": groupName,
  "aws_iam_group_membership.users": userName,
  "aws_iam_group_policy.group": groupName,
  "aws_iam_group_policy.policy": document,
  "aws_iam_group_policy_attachment.group": groupName,
  "aws_iam_group_policy_attachment.policy_arn": policy,
  "aws_iam_group_policies_exclusive.group_name": groupName,
  "aws_iam_group_policies_exclusive.policy_names": { types: ["aws_iam_group_policy"], by: "name" },
  "aws_iam_group_policy_attachments_exclusive.group_name": groupName,
  "aws_iam_group_policy_attachments_exclusive.policy_arns": policy,
  "aws_iam_policy.policy": document,
  "aws_iam_policy_attachment.policy_arn": policy,
  "aws_iam_policy_attachment.roles": roleName,
  "aws_iam_policy_attachment.users": userName,
  "aws_iam_policy_attachment.groups": groupName,
  "aws_iam_policy_document.source_policy_documents": document,
  "aws_iam_policy_document.override_policy_documents": document,
  "aws_iam_policy_document.source_json": document,
  "aws_iam_policy_document.override_json": document,
  "aws_iam_policy_document.statement.principals.identifiers": principal,
  "aws_iam_policy_document.statement.not_principals.identifiers": principal,
  "aws_kms_key.policy": document,
  "aws_kms_replica_key.policy": document,
  "aws_kms_external_key.policy": document,
  "aws_kms_alias.target_key_id": key,
  "aws_kms_key_policy.key_id": key,
  "aws_kms_key_policy.policy": document,
  "aws_kms_grant.key_id": key,
  "aws_kms_grant.grantee_principal": role,
  "aws_cloudwatch_log_group.kms_key_id": key,
  "aws_cloudwatch_log_subscription_filter.destination_arn": target,
  "aws_cloudwatch_event_target.arn": target,
  "aws_scheduler_schedule.target.arn": target,
  "aws_pipes_pipe.target": target,
  "aws_pipes_pipe.enrichment": target,
  // JSON with functions in it: where it is not known, they are what is known of it (`invocations.ts`)
  "aws_sfn_state_machine.definition": target,
  "aws_sns_topic_subscription.endpoint": target,
  "aws_s3_bucket_notification.lambda_function.lambda_function_arn": target,
  "aws_api_gateway_integration.uri": invokeTarget,
  "aws_apigatewayv2_integration.integration_uri": invokeTarget,
  "aws_network_acl.subnet_ids": subnet,
  "aws_default_network_acl.subnet_ids": subnet,
  "aws_network_acl_association.subnet_id": subnet,
};

/**
 * Blocks that the provider never fills in: unknown and not in the configuration, a dynamic block makes them. Anything
 * else that is unknown and not written is computed and stands at AWS's default.
 */
export const WRITTEN_BLOCKS: ReadonlySet<string> = new Set([
  "aws_lambda_function.durable_config",
  "aws_lambda_function.environment",
  "aws_lambda_function.vpc_config",
  "aws_lambda_function.dead_letter_config",
  "aws_lambda_function.capacity_provider_config",
  "aws_lambda_function_event_invoke_config.destination_config",
  "aws_lambda_function_url.cors",
  "aws_iam_policy_document.statement",
  "aws_iam_policy_document.statement.principals",
  "aws_iam_policy_document.statement.not_principals",
  "aws_iam_policy_document.statement.condition",
  "aws_kms_grant.constraints",
  "aws_cloudtrail.event_selector",
  "aws_cloudtrail.event_selector.data_resource",
  "aws_cloudtrail.advanced_event_selector",
  "aws_s3_bucket_notification.lambda_function",
]);

/** Blocks whose order in a plan is the provider's own ("sets"): the configuration's order says nothing about them. */
export const SET_BLOCKS: ReadonlySet<string> = new Set([
  "aws_iam_policy_document.statement.principals",
  "aws_iam_policy_document.statement.not_principals",
  "aws_iam_policy_document.statement.condition",
  "aws_iam_role.inline_policy",
  "aws_cloudtrail.advanced_event_selector.field_selector",
  "aws_cloudtrail_event_data_store.advanced_event_selector.field_selector",
  "aws_kms_grant.constraints",
]);
