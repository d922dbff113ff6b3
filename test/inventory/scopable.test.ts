import { expect, it } from "vitest";
import { scopableActions } from "../../src/inventory/scopable";

/** Expected values: Service Authorization Reference, table "Actions", column "Resource types". */

it("keeps actions that name a resource type", () => {
  const actions = [
    "s3:GetObject",
    "sqs:SendMessage",
    "dynamodb:PutItem",
    "lambda:InvokeFunction",
    "lambda:CheckpointDurableExecution",
    "logs:PutLogEvents",
    "bedrock:InvokeModel",
    "sts:AssumeRole",
    "iam:PassRole",
    "execute-api:Invoke",
  ];
  expect(scopableActions(actions)).toEqual(actions);
});

it("leaves out actions that only work on every resource", () => {
  const actions = [
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "cloudwatch:PutMetricData",
    "ecr:GetAuthorizationToken",
    "ec2:DescribeNetworkInterfaces",
    "logs:DescribeLogGroups",
    "s3:ListAllMyBuckets",
    "dynamodb:ListTables",
    "lambda:ListFunctions",
    "lambda:CreateEventSourceMapping",
    "sts:GetCallerIdentity",
    "textract:AnalyzeDocument",
    "rekognition:DetectFaces",
    "ssmmessages:CreateControlChannel",
  ];
  expect(scopableActions(actions)).toEqual([]);
});

it("leaves out actions whose resource a call need not use, and network interfaces of functions", () => {
  const actions = [
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:AssignPrivateIpAddresses",
    "ec2:UnassignPrivateIpAddresses",
    "ec2:DetachNetworkInterface",
    "s3-object-lambda:WriteGetObjectResponse",
    "ce:GetCostAndUsage",
    "polly:SynthesizeSpeech",
    "translate:TranslateText",
    "comprehend:DetectEntities",
    "rekognition:DetectModerationLabels",
  ];
  expect(scopableActions(actions)).toEqual([]);
});

it("does not regard letter case and gives patterns back as written", () => {
  expect(scopableActions(["S3:getobject", "XRAY:puttracesegments"])).toEqual(["S3:getobject"]);
});

it("counts a wildcard when at least half of what it takes in can be limited", () => {
  const wide = ["s3:Get*", "s3:List*", "sqs:*Message", "dynamodb:*Item", "lambda:Get*", "ses:Send?mail", "*", "*:Get*"];
  const needed = [
    "ec2:Describe*",
    "xray:Put*",
    "logs:Describe*",
    "autoscaling:Describe*",
    "tag:Get*",
    "ec2:*PrivateIpAddresses",
  ];
  expect(scopableActions([...wide, ...needed])).toEqual([...wide]);
});

it("accuses nothing it does not know", () => {
  expect(
    scopableActions(["s3:${Action}", "${Actions}", "s3:NoSuchAction", "nosuchservice:Get*", "s3:a.b[", ""]),
  ).toEqual([]);
});

it("answers at once, whatever the wildcards", () => {
  expect(scopableActions([`s3:${"*?".repeat(40)}z`, `ec2:${"*e".repeat(200)}`, `s3:${"?".repeat(9)}`])).toEqual([
    `s3:${"?".repeat(9)}`,
  ]);
});
