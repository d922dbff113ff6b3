# Settlement of payments that arrive in a queue

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_lambda_function" "settle_payment" {
  function_name = "settle-payment"
  description   = "Books a payment, tries again until the bank answers"
  role          = aws_iam_role.settle_payment_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "settle-payment.zip"
  publish       = true

  durable_config {
    execution_timeout = 900
    retention_period  = 30
  }
}

resource "aws_lambda_alias" "settle_payment_live" {
  name             = "live"
  function_name    = aws_lambda_function.settle_payment.function_name
  function_version = aws_lambda_function.settle_payment.version
}

resource "aws_sqs_queue" "payments" {
  name                       = "payments"
  visibility_timeout_seconds = 5400
}

resource "aws_lambda_event_source_mapping" "settle_payment_source" {
  event_source_arn        = aws_sqs_queue.payments.arn
  function_name           = aws_lambda_alias.settle_payment_live.arn
  function_response_types = ["ReportBatchItemFailures"]
}

resource "aws_iam_role" "settle_payment_role" {
  name = "settle-payment-role"
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

resource "aws_iam_role_policy_attachment" "settle_payment_role_basic" {
  role       = aws_iam_role.settle_payment_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "settle_payment_role_work" {
  statement {
    sid       = "Checkpoint"
    actions   = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]
    resources = ["arn:aws:lambda:${local.region}:${local.account}:function:settle-payment:*"]
  }

  statement {
    sid       = "TakePayments"
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    resources = [aws_sqs_queue.payments.arn]
  }
}

resource "aws_iam_role_policy" "settle_payment_role_work" {
  name   = "work"
  role   = aws_iam_role.settle_payment_role.name
  policy = data.aws_iam_policy_document.settle_payment_role_work.json
}
