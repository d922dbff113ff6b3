# Renews contracts once a year; a policy of its own says what its role may do

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_lambda_function" "renew_contract" {
  function_name = "renew-contract"
  role          = aws_iam_role.renew_contract_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "renew-contract.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 14
  }

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_lambda_alias" "renew_contract_live" {
  name             = "live"
  function_name    = aws_lambda_function.renew_contract.function_name
  function_version = aws_lambda_function.renew_contract.version
}

resource "aws_cloudwatch_log_group" "renew_contract_logs" {
  name              = "/aws/lambda/renew-contract"
  retention_in_days = 30
}

resource "aws_iam_role" "renew_contract_role" {
  name = "renew-contract-role"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        Service = "lambda.amazonaws.com"
      }
      Action = "sts:AssumeRole"
    }]
  })
}

data "aws_iam_policy_document" "renew_contract_role_work" {
  statement {
    sid       = "Checkpoint"
    actions   = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]
    resources = ["arn:aws:lambda:${local.region}:${local.account}:function:renew-contract:*"]
  }

  statement {
    sid       = "Log"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["arn:aws:logs:${local.region}:${local.account}:log-group:/aws/lambda/renew-contract:*"]
  }
}

resource "aws_iam_role_policy" "renew_contract_role_work" {
  name   = "work"
  role   = aws_iam_role.renew_contract_role.name
  policy = data.aws_iam_policy_document.renew_contract_role_work.json
}
