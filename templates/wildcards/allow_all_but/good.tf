# Answers complaints; a guard in its role denies all that it never needs

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_lambda_function" "answer_complaint" {
  function_name = "answer-complaint"
  role          = aws_iam_role.answer_complaint_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "answer-complaint.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 14
  }

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_lambda_alias" "answer_complaint_live" {
  name             = "live"
  function_name    = aws_lambda_function.answer_complaint.function_name
  function_version = aws_lambda_function.answer_complaint.version
}

resource "aws_cloudwatch_log_group" "answer_complaint_logs" {
  name              = "/aws/lambda/answer-complaint"
  retention_in_days = 30
}

resource "aws_iam_role" "answer_complaint_role" {
  name = "answer-complaint-role"
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

resource "aws_iam_role_policy_attachment" "answer_complaint_role_basic_durable_policy" {
  role       = aws_iam_role.answer_complaint_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicDurableExecutionRolePolicy"
}

data "aws_iam_policy_document" "answer_complaint_role_work" {
  statement {
    sid       = "Mail"
    actions   = ["ses:SendEmail"]
    resources = ["arn:aws:ses:${local.region}:${local.account}:identity/shop.example.com"]
  }

  statement {
    sid         = "NothingElse"
    effect      = "Deny"
    not_actions = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState", "logs:CreateLogStream", "logs:PutLogEvents", "ses:SendEmail"]
    resources   = ["*"]
  }
}

resource "aws_iam_role_policy" "answer_complaint_role_work" {
  name   = "work"
  role   = aws_iam_role.answer_complaint_role.name
  policy = data.aws_iam_policy_document.answer_complaint_role_work.json
}
