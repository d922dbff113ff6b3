# Checks claims and pays them, each under a role of its own

provider "aws" {
  region = "eu-west-1"
}

resource "aws_lambda_function" "check_claim" {
  function_name = "check-claim"
  role          = aws_iam_role.check_claim_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "check-claim.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 14
  }

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_lambda_alias" "check_claim_live" {
  name             = "live"
  function_name    = aws_lambda_function.check_claim.function_name
  function_version = aws_lambda_function.check_claim.version
}

resource "aws_cloudwatch_log_group" "check_claim_logs" {
  name              = "/aws/lambda/check-claim"
  retention_in_days = 30
}

resource "aws_lambda_function" "pay_claim" {
  function_name = "pay-claim"
  role          = aws_iam_role.pay_claim_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "pay-claim.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 14
  }

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_lambda_alias" "pay_claim_live" {
  name             = "live"
  function_name    = aws_lambda_function.pay_claim.function_name
  function_version = aws_lambda_function.pay_claim.version
}

resource "aws_cloudwatch_log_group" "pay_claim_logs" {
  name              = "/aws/lambda/pay-claim"
  retention_in_days = 30
}

resource "aws_iam_role" "check_claim_role" {
  name = "check-claim-role"
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

resource "aws_iam_role_policy_attachment" "check_claim_role_basic_durable_policy" {
  role       = aws_iam_role.check_claim_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicDurableExecutionRolePolicy"
}

resource "aws_iam_role" "pay_claim_role" {
  name = "pay-claim-role"
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

resource "aws_iam_role_policy_attachment" "pay_claim_role_basic_durable_policy" {
  role       = aws_iam_role.pay_claim_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicDurableExecutionRolePolicy"
}
