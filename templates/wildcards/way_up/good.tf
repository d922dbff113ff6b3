# Renders reports in a container task, which runs under a role of its own

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_lambda_function" "render_report" {
  function_name = "render-report"
  role          = aws_iam_role.render_report_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "render-report.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 14
  }

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_lambda_alias" "render_report_live" {
  name             = "live"
  function_name    = aws_lambda_function.render_report.function_name
  function_version = aws_lambda_function.render_report.version
}

resource "aws_cloudwatch_log_group" "render_report_logs" {
  name              = "/aws/lambda/render-report"
  retention_in_days = 30
}

resource "aws_iam_role" "renderer_role" {
  name = "renderer-role"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        Service = "ecs-tasks.amazonaws.com"
      }
      Action = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role" "render_report_role" {
  name = "render-report-role"
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

resource "aws_iam_role_policy_attachment" "render_report_role_basic_durable_policy" {
  role       = aws_iam_role.render_report_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicDurableExecutionRolePolicy"
}

data "aws_iam_policy_document" "render_report_role_work" {
  statement {
    sid       = "Render"
    actions   = ["ecs:RunTask"]
    resources = ["arn:aws:ecs:${local.region}:${local.account}:task-definition/renderer:*"]
  }

  statement {
    sid       = "GiveTheTaskItsRole"
    actions   = ["iam:PassRole"]
    resources = [aws_iam_role.renderer_role.arn]
  }
}

resource "aws_iam_role_policy" "render_report_role_work" {
  name   = "work"
  role   = aws_iam_role.render_report_role.name
  policy = data.aws_iam_policy_document.render_report_role_work.json
}
