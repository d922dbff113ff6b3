# Plans routes for deliveries

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_lambda_function" "plan_route" {
  function_name = "plan-route"
  role          = aws_iam_role.plan_route_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  s3_bucket     = "shop-artifacts"
  s3_key        = "plan-route.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 14
  }

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_lambda_alias" "plan_route_live" {
  name             = "live"
  function_name    = aws_lambda_function.plan_route.function_name
  function_version = aws_lambda_function.plan_route.version
}

resource "aws_cloudwatch_log_group" "plan_route_logs" {
  name              = "/aws/lambda/plan-route"
  retention_in_days = 30
}

resource "aws_iam_role" "plan_route_role" {
  name = "plan-route-role"
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

resource "aws_iam_role_policy_attachment" "plan_route_role_basic" {
  role       = aws_iam_role.plan_route_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "plan_route_role_work" {
  statement {
    sid       = "Checkpoint"
    actions   = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]
    resources = ["arn:aws:lambda:${local.region}:${local.account}:function:plan-route:*"]
  }
}

resource "aws_iam_role_policy" "plan_route_role_work" {
  name   = "work"
  role   = aws_iam_role.plan_route_role.name
  policy = data.aws_iam_policy_document.plan_route_role_work.json
}
