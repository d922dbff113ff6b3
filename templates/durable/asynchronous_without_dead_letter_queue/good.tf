# Closing of the accounts every night

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_lambda_function" "close_day" {
  function_name = "close-day"
  description   = "Closes the accounts of a day, waits for late bookings"
  role          = aws_iam_role.close_day_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "close-day.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 30
  }

  dead_letter_config {
    target_arn = aws_sqs_queue.failed_days.arn
  }
}

resource "aws_lambda_alias" "close_day_live" {
  name             = "live"
  function_name    = aws_lambda_function.close_day.function_name
  function_version = aws_lambda_function.close_day.version
}

resource "aws_cloudwatch_event_rule" "every_night" {
  name                = "every-night"
  schedule_expression = "cron(0 2 * * ? *)"
}

resource "aws_cloudwatch_event_target" "every_night" {
  rule      = aws_cloudwatch_event_rule.every_night.name
  target_id = "close-day"
  arn       = aws_lambda_alias.close_day_live.arn
}

resource "aws_lambda_permission" "every_night_invokes" {
  function_name = aws_lambda_function.close_day.function_name
  qualifier     = aws_lambda_alias.close_day_live.name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.every_night.arn
}

resource "aws_sqs_queue" "failed_days" {
  name = "failed-days"
}

resource "aws_iam_role" "close_day_role" {
  name = "close-day-role"
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

resource "aws_iam_role_policy_attachment" "close_day_role_basic" {
  role       = aws_iam_role.close_day_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "close_day_role_work" {
  statement {
    sid       = "Checkpoint"
    actions   = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]
    resources = ["arn:aws:lambda:${local.region}:${local.account}:function:close-day:*"]
  }

  statement {
    sid       = "KeepFailures"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.failed_days.arn]
  }
}

resource "aws_iam_role_policy" "close_day_role_work" {
  name   = "work"
  role   = aws_iam_role.close_day_role.name
  policy = data.aws_iam_policy_document.close_day_role_work.json
}
