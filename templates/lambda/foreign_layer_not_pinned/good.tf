# Checks applications for loans with a library from another account

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_lambda_function" "check_loan" {
  function_name = "check-loan"
  role          = aws_iam_role.check_loan_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "check-loan.zip"
  publish       = true
  layers        = ["arn:aws:lambda:eu-west-1:094274105915:layer:AWSLambdaPowertoolsTypeScriptV2:41"]

  logging_config {
    log_format = "JSON"
  }

  durable_config {
    execution_timeout = 604800
    retention_period  = 14
  }
}

resource "aws_lambda_alias" "check_loan_live" {
  name             = "live"
  function_name    = aws_lambda_function.check_loan.function_name
  function_version = aws_lambda_function.check_loan.version
}

resource "aws_iam_role" "check_loan_role" {
  name = "check-loan-role"
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

resource "aws_iam_role_policy_attachment" "check_loan_role_basic" {
  role       = aws_iam_role.check_loan_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "check_loan_role_work" {
  statement {
    sid       = "Checkpoint"
    actions   = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]
    resources = ["arn:aws:lambda:${local.region}:${local.account}:function:check-loan:*"]
  }
}

resource "aws_iam_role_policy" "check_loan_role_work" {
  name   = "work"
  role   = aws_iam_role.check_loan_role.name
  policy = data.aws_iam_policy_document.check_loan_role_work.json
}

resource "aws_cloudwatch_log_group" "check_loan_logs" {
  name              = "/aws/lambda/check-loan"
  retention_in_days = 30
}
