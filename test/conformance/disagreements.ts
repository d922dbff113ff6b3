/**
 * Labels of other tools that we do not share, each with its reason. `who` finds something where the other does not. A
 * label is `RULE folder/file resource`.
 */
export interface Disagreement {
  who: "we alone" | "they alone";
  reason: string;
  labels: string[];
}

const LOGIN = "iam_user_login_profile_no_plaintext_password_tests";

export const DISAGREEMENTS: Disagreement[] = [
  {
    who: "we alone",
    reason:
      "their rule asks for permissions management or write access on `*` and passes reading; s3:Get* on `*` reads every bucket (WLD002)",
    labels: [
      "CKV_AWS_109 Cloudsplaining_IAMGroup/PASSED.yaml *",
      "CKV_AWS_109 Cloudsplaining_IAMRole/PASSED.yaml *",
      "CKV_AWS_109 Cloudsplaining_IAMUser/PASSED.yaml *",
      "CKV_AWS_109 Cloudsplaining_ManagedPolicy/PASSED.yaml *",
      "CKV_AWS_109 Cloudsplaining_IAMPermissionsManagement/PASSED.yaml *",
      "CKV_AWS_111 Cloudsplaining_IAMWriteAccess/PASSED.yaml *",
    ],
  },
  {
    who: "we alone",
    reason: "nodejs18.x was supported when they wrote the fixture; AWS deprecated it on 2025-09-01 (LAM016)",
    labels: ["CKV_AWS_363 example_DeprecatedLambdaRuntime/example.yaml Pass"],
  },
  {
    who: "we alone",
    reason:
      "their rule asks for Action `*` only; s3:* on `*` is every action of a service (WLD001, Security Hub IAM.21)",
    labels: [
      "IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS iam_policy_no_statements_with_admin_access_tests/04.json ExamplePolicy",
    ],
  },
  {
    who: "we alone",
    reason: "their rule looks for the managed policy AdministratorAccess; the inline policy allows `*` on `*` (WLD001)",
    labels: [
      "IAM_ROLE_ADMINISTRATOR_ACCESS_POLICY_RULE iam_role_administrator_access_policy_rule_tests/02.json RootRole",
      "IAM_ROLE_ADMINISTRATOR_ACCESS_POLICY_RULE iam_role_administrator_access_policy_rule_tests/03.json RootRole",
    ],
  },
  {
    who: "we alone",
    reason: "iam:PassedToService says to which service; Resource `*` still passes every role to it (WLD002)",
    labels: [
      "IAM_POLICY_NO_WILDCARD_RESOURCE_ON_PASSROLE iam_policy_no_wildcard_resource_on_passrole_tests/06.json TestPolicy",
      "IAM_ROLE_NO_WILDCARD_RESOURCE_ON_PASSROLE iam_role_no_wildcard_resource_on_passrole_tests/05.json RootRole",
    ],
  },
  {
    who: "we alone",
    reason: "their rule asks who may assume the role; what it may do then is cloudformation:* and ecr:* (WLD001)",
    labels: ["CKV_AWS_61 example_IAMRoleAllowAssumeFromAccount/example_IAMRoleAllowAssumeFromAccount-PASSED-2.yml *"],
  },
  {
    who: "we alone",
    reason:
      "the fixture writes the name of a parameter and not Ref: CloudFormation makes these letters the password (LAM002)",
    labels: ["NO_PLAINTEXT_PASSWORD", "USES_SECURE_PARAMETER"].map(
      (rule) => `IAM_USER_LOGIN_PROFILE_${rule} ${LOGIN}/03.json SampleIAMUserResource`,
    ),
  },
  {
    who: "we alone",
    reason: "their rule asks for another password at first sign-in; the first one stands in the template (LAM002)",
    labels: [
      "IAM_USER_LOGIN_PROFILE_PASSWORD_RESET_RULE iam_user_login_profile_password_reset_rule_tests/02.json UserResource",
    ],
  },
  {
    who: "they alone",
    reason:
      "WLD006 warns of roles that everyone may assume; that a whole account may assume one is told of execution roles only",
    labels: ["CKV_AWS_61 example_IAMRoleAllowAssumeFromAccount/example_IAMRoleAllowAssumeFromAccount-FAILED.yml *"],
  },
  {
    who: "they alone",
    reason: "the statement has no Action: IAM refuses it",
    labels: ["IAM_ROLE_NO_ALLOW_PLUS_NOT_PRINCIPAL iam_role_no_allow_plus_not_principal_tests/03.json ExamplePolicy"],
  },
  {
    who: "they alone",
    reason: "LAM014 and DUR014 judge functions that are invoked asynchronously; nothing invokes these",
    labels: [
      "CKV_AWS_116 example_LambdaDLQConfigured/FAIL.yaml Default",
      "CKV_AWS_116 example_LambdaDLQConfigured/sam.yaml Default",
      "LAMBDA_DLQ_CHECK lambda_dlq_check_tests/03.json *",
    ],
  },
  {
    who: "they alone",
    reason: "policies of buckets, queues, topics and IoT things say nothing about a function, its role or its keys",
    labels: [
      "AWS-0097 no_wildcards_in_policy_documents/bad-0.yaml *",
      "IOT_POLICY_WILDCARD_ACTION_RULE iot_policy_wildcard_action_rule_tests/03.json SampleIotPolicy",
      "IOT_POLICY_WILDCARD_ACTION_RULE iot_policy_wildcard_action_rule_tests/04.json SampleIotPolicy",
      "IOT_POLICY_WILDCARD_RESOURCE_RULE iot_policy_wildcard_resource_rule_tests/03.json SampleIotPolicy",
      "IOT_POLICY_WILDCARD_RESOURCE_RULE iot_policy_wildcard_resource_rule_tests/04.json SampleIotPolicy",
      "S3_BUCKET_POLICY_NO_ALLOW_PLUS_NOT_ACTION s3_bucket_policy_no_allow_plus_not_action_tests/03.json ExampleResource",
      "S3_BUCKET_POLICY_NO_WILDCARD_ACTION s3_bucket_policy_no_wildcard_action_tests/03.json SampleBucketPolicy",
      "S3_BUCKET_POLICY_NO_WILDCARD_ACTION s3_bucket_policy_no_wildcard_action_tests/05.json SampleBucketPolicy",
      "S3_BUCKETPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL s3_bucketpolicy_no_allow_plus_notprincipal_tests/03.json ExampleResource",
      "SNS_TOPICPOLICY_NO_ALLOW_PLUS_NOT_ACTION sns_topicpolicy_no_allow_plus_not_action_tests/03.json ExampleResource",
      "SNS_TOPICPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL sns_topicpolicy_no_allow_plus_notprincipal_tests/03.json ExampleResource",
      "SQS_QUEUEPOLICY_NO_ALLOW_PLUS_NOT_ACTION sqs_queuepolicy_no_allow_plus_not_action_tests/03.json ExampleResource",
      "SQS_QUEUEPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL sqs_queuepolicy_no_allow_plus_notprincipal_tests/03.json ExampleResource",
      "SQS_QUEUEPOLICY_NO_WILDCARD_ACTION sqs_queuepolicy_no_wildcard_action_tests/04.json SampleSQSPolicy",
      "SQS_QUEUEPOLICY_NO_WILDCARD_ACTION sqs_queuepolicy_no_wildcard_action_tests/05.json SampleSQSPolicy",
    ],
  },
  {
    who: "they alone",
    reason:
      "AWS::IAM::Role has no property PolicyDocument: CloudFormation refuses the fixture, and no role holds the statement",
    labels: [
      "IAM_ROLE_NO_WILDCARD_ACTIONS_ON_PERMISSIONS iam_role_no_wildcard_actions_on_permissions_tests/03.json ExamplePolicy",
      "IAM_ROLE_NO_WILDCARD_ACTIONS_ON_PERMISSIONS iam_role_no_wildcard_actions_on_permissions_tests/04.json ExamplePolicy",
      "IAM_ROLE_OR_POLICY_NO_ALLOW_PLUS_NOT_ACTION iam_role_or_policy_no_allow_plus_not_action_tests/03.json ExampleResource",
      "IAM_ROLE_OR_POLICY_NO_ALLOW_PLUS_NOT_RESOURCE iam_role_or_policy_no_allow_plus_not_resource_tests/03.json ExampleResource",
    ],
  },
  {
    who: "they alone",
    reason: "8675309 days are no number of days CloudWatch Logs takes: the deployment fails, nothing is kept for ever",
    labels: ["CW_LOGGROUP_RETENTION_PERIOD_CHECK cw_loggroup_retention_period_check_tests/03.json ExampleLogGroup"],
  },
  {
    who: "they alone",
    reason:
      "that a user's policies should stand at a group is about order among people; what they allow is judged (WLD)",
    labels: [
      "IAM_NO_POLICY_ON_USER iam_no_policy_on_user_tests/02.json ExampleResource",
      "IAM_NO_POLICY_ON_USER iam_no_policy_on_user_tests/06.json ExampleResource",
      "IAM_USER_MISSING_GROUP_RULE iam_user_missing_group_rule_tests/03.json ExampleUser",
      "IAM_USER_NO_POLICIES_CHECK iam_user_no_policies_check_tests/03.json ExampleUser",
    ],
  },
  {
    who: "they alone",
    reason: "a dynamic reference, or no password at all, is in clear text nowhere",
    labels: [
      ...["07", "08", "09"].map(
        (number) => `IAM_USER_LOGIN_PROFILE_USES_SECURE_PARAMETER ${LOGIN}/${number}.json SampleIAMUserResource`,
      ),
      ...["NO_PLAINTEXT_PASSWORD", "USES_SECURE_PARAMETER", "USES_SECURE_SERVICE"].map(
        (rule) => `IAM_USER_LOGIN_PROFILE_${rule} ${LOGIN}/10.json SampleIAMUserResource`,
      ),
      "IAM_USER_LOGIN_PROFILE_PASSWORD_RESET_RULE iam_user_login_profile_password_reset_rule_tests/03.json UserResource",
    ],
  },
  {
    who: "they alone",
    reason:
      "SourceArn is `s3-bucket.Arn`, which is no ARN of a bucket; one without SourceAccount is warned of (LAM006)",
    labels: [
      "LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED lambda_function_public_access_prohibited_tests/10.json ExampleLambdaPermission",
    ],
  },
  {
    who: "they alone",
    reason: "Action of a Permission is one text: CloudFormation refuses the list",
    labels: [
      "LAMBDA_PERMISSION_INVOKE_FUNCTION_ACTION lambda_permission_invoke_function_action_tests/04.json ExampleLambdaPermission1",
    ],
  },
];
