# Onboarding of customers

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_lambda_function" "onboard_customer" {
  function_name = "onboard-customer"
  description   = "Checks the papers, opens the account, says welcome"
  role          = aws_iam_role.onboard_customer_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "onboard-customer.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 30
  }
}

resource "aws_lambda_alias" "onboard_customer_live" {
  name             = "live"
  function_name    = aws_lambda_function.onboard_customer.function_name
  function_version = aws_lambda_function.onboard_customer.version
}

resource "aws_iam_role" "onboard_customer_role" {
  name = "onboard-customer-role"
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

resource "aws_iam_role_policy_attachment" "onboard_customer_role_basic" {
  role       = aws_iam_role.onboard_customer_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "onboard_customer_role_work" {
  statement {
    sid       = "Checkpoint"
    actions   = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]
    resources = ["arn:aws:lambda:${local.region}:${local.account}:function:onboard-customer:*"]
  }
}

resource "aws_iam_role_policy" "onboard_customer_role_work" {
  name   = "work"
  role   = aws_iam_role.onboard_customer_role.name
  policy = data.aws_iam_policy_document.onboard_customer_role_work.json
}
