# Report of the month

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_lambda_function" "monthly_report" {
  function_name = "monthly-report"
  description   = "Gathers the figures, waits for late ones, sends the report"
  role          = aws_iam_role.monthly_report_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "monthly-report.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 30
  }

  dead_letter_config {
    target_arn = aws_sqs_queue.failed_reports.arn
  }
}

resource "aws_lambda_alias" "monthly_report_live" {
  name             = "live"
  function_name    = aws_lambda_function.monthly_report.function_name
  function_version = aws_lambda_function.monthly_report.version
}

resource "aws_cloudwatch_event_rule" "every_month" {
  name                = "every-month"
  schedule_expression = "cron(0 5 1 * ? *)"
}

resource "aws_cloudwatch_event_target" "every_month" {
  rule      = aws_cloudwatch_event_rule.every_month.name
  target_id = "monthly-report"
  arn       = aws_lambda_function.monthly_report.arn
}

resource "aws_lambda_permission" "every_month_invokes" {
  function_name = aws_lambda_function.monthly_report.function_name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.every_month.arn
}

resource "aws_sqs_queue" "failed_reports" {
  name = "failed-reports"
}

resource "aws_iam_role" "monthly_report_role" {
  name = "monthly-report-role"
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

resource "aws_iam_role_policy_attachment" "monthly_report_role_basic" {
  role       = aws_iam_role.monthly_report_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "monthly_report_role_work" {
  statement {
    sid       = "Checkpoint"
    actions   = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]
    resources = ["arn:aws:lambda:${local.region}:${local.account}:function:monthly-report:*"]
  }

  statement {
    sid       = "KeepFailures"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.failed_reports.arn]
  }
}

resource "aws_iam_role_policy" "monthly_report_role_work" {
  name   = "work"
  role   = aws_iam_role.monthly_report_role.name
  policy = data.aws_iam_policy_document.monthly_report_role_work.json
}
