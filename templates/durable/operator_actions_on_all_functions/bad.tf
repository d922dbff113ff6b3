# Subscriptions, and the people who look after them

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_lambda_function" "renew_subscription" {
  function_name = "renew-subscription"
  description   = "Waits for the day, takes the payment, renews"
  role          = aws_iam_role.renew_subscription_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "renew-subscription.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 30
  }
}

resource "aws_lambda_alias" "renew_subscription_live" {
  name             = "live"
  function_name    = aws_lambda_function.renew_subscription.function_name
  function_version = aws_lambda_function.renew_subscription.version
}

resource "aws_iam_role" "renew_subscription_role" {
  name = "renew-subscription-role"
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

resource "aws_iam_role_policy_attachment" "renew_subscription_role_basic" {
  role       = aws_iam_role.renew_subscription_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "renew_subscription_role_work" {
  statement {
    sid       = "Checkpoint"
    actions   = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]
    resources = ["arn:aws:lambda:${local.region}:${local.account}:function:renew-subscription:*"]
  }
}

resource "aws_iam_role_policy" "renew_subscription_role_work" {
  name   = "work"
  role   = aws_iam_role.renew_subscription_role.name
  policy = data.aws_iam_policy_document.renew_subscription_role_work.json
}

data "aws_iam_policy_document" "look_after_subscriptions" {
  statement {
    sid       = "Stop"
    actions   = ["lambda:GetDurableExecutionHistory", "lambda:StopDurableExecution"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "look_after_subscriptions" {
  name        = "look-after-subscriptions"
  description = "For those who look after renewals that hang"
  policy      = data.aws_iam_policy_document.look_after_subscriptions.json
}
