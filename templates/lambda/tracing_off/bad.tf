# Routes support cases to people and waits for them

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_lambda_function" "route_case" {
  function_name = "route-case"
  role          = aws_iam_role.route_case_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "route-case.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 14
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_lambda_alias" "route_case_live" {
  name             = "live"
  function_name    = aws_lambda_function.route_case.function_name
  function_version = aws_lambda_function.route_case.version
}

resource "aws_cloudwatch_log_group" "route_case_logs" {
  name              = "/aws/lambda/route-case"
  retention_in_days = 30
}

resource "aws_iam_role" "route_case_role" {
  name = "route-case-role"
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

resource "aws_iam_role_policy_attachment" "route_case_role_basic" {
  role       = aws_iam_role.route_case_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_iam_role_policy_attachment" "route_case_role_xray_daemon_write_access" {
  role       = aws_iam_role.route_case_role.name
  policy_arn = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"
}

data "aws_iam_policy_document" "route_case_role_work" {
  statement {
    sid       = "Checkpoint"
    actions   = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]
    resources = ["arn:aws:lambda:${local.region}:${local.account}:function:route-case:*"]
  }
}

resource "aws_iam_role_policy" "route_case_role_work" {
  name   = "work"
  role   = aws_iam_role.route_case_role.name
  policy = data.aws_iam_policy_document.route_case_role_work.json
}
