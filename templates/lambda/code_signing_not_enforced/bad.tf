# Pays out refunds; only signed code may do that

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_lambda_function" "pay_refund" {
  function_name           = "pay-refund"
  role                    = aws_iam_role.pay_refund_role.arn
  runtime                 = "nodejs24.x"
  handler                 = "index.handler"
  timeout                 = 60
  code_signing_config_arn = aws_lambda_code_signing_config.trusted_code.arn
  s3_bucket               = "shop-artifacts"
  s3_key                  = "pay-refund.zip"
  publish                 = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 14
  }

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_lambda_alias" "pay_refund_live" {
  name             = "live"
  function_name    = aws_lambda_function.pay_refund.function_name
  function_version = aws_lambda_function.pay_refund.version
}

resource "aws_cloudwatch_log_group" "pay_refund_logs" {
  name              = "/aws/lambda/pay-refund"
  retention_in_days = 30
}

resource "aws_iam_role" "pay_refund_role" {
  name = "pay-refund-role"
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

resource "aws_iam_role_policy_attachment" "pay_refund_role_basic" {
  role       = aws_iam_role.pay_refund_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "pay_refund_role_work" {
  statement {
    sid       = "Checkpoint"
    actions   = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]
    resources = ["arn:aws:lambda:${local.region}:${local.account}:function:pay-refund:*"]
  }
}

resource "aws_iam_role_policy" "pay_refund_role_work" {
  name   = "work"
  role   = aws_iam_role.pay_refund_role.name
  policy = data.aws_iam_policy_document.pay_refund_role_work.json
}

resource "aws_lambda_code_signing_config" "trusted_code" {
  description = "Only what the release pipeline has signed"

  allowed_publishers {
    signing_profile_version_arns = [aws_signer_signing_profile.release_signer.version_arn]
  }

  policies {
    untrusted_artifact_on_deployment = "Warn"
  }
}

resource "aws_signer_signing_profile" "release_signer" {
  platform_id = "AWSLambda-SHA384-ECDSA"
}
