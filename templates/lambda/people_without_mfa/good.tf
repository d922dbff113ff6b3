# Operates the payout workflow; one person may stop executions in the console

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_lambda_function" "pay_out" {
  function_name = "pay-out"
  role          = aws_iam_role.pay_out_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "pay-out.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 14
  }

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_lambda_alias" "pay_out_live" {
  name             = "live"
  function_name    = aws_lambda_function.pay_out.function_name
  function_version = aws_lambda_function.pay_out.version
}

resource "aws_cloudwatch_log_group" "pay_out_logs" {
  name              = "/aws/lambda/pay-out"
  retention_in_days = 30
}

resource "aws_iam_role" "pay_out_role" {
  name = "pay-out-role"
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

resource "aws_iam_role_policy_attachment" "pay_out_role_basic" {
  role       = aws_iam_role.pay_out_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "pay_out_role_work" {
  statement {
    sid       = "Checkpoint"
    actions   = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]
    resources = ["arn:aws:lambda:${local.region}:${local.account}:function:pay-out:*"]
  }
}

resource "aws_iam_role_policy" "pay_out_role_work" {
  name   = "work"
  role   = aws_iam_role.pay_out_role.name
  policy = data.aws_iam_policy_document.pay_out_role_work.json
}

resource "aws_iam_user" "operator" {
  name = "payout-operator"
}

resource "aws_iam_user_login_profile" "operator" {
  user                    = aws_iam_user.operator.name
  password_reset_required = true
}

data "aws_iam_policy_document" "operator_operate" {
  statement {
    sid       = "StopExecutions"
    actions   = ["lambda:StopDurableExecution"]
    resources = ["arn:aws:lambda:${local.region}:${local.account}:function:pay-out:*"]
  }

  statement {
    sid         = "OnlyWithSecondFactor"
    effect      = "Deny"
    not_actions = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:ListMFADevices", "sts:GetSessionToken"]
    resources   = ["*"]
    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}

resource "aws_iam_user_policy" "operator_operate" {
  name   = "operate"
  user   = aws_iam_user.operator.name
  policy = data.aws_iam_policy_document.operator_operate.json
}

resource "aws_iam_account_password_policy" "account" {
  minimum_password_length      = 16
  require_lowercase_characters = true
  require_numbers              = true
  require_symbols              = true
  require_uppercase_characters = true
  password_reuse_prevention    = 24
}
