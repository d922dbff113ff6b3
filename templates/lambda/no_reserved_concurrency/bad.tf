# Books deliveries; the carrier takes ten calls at a time

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_lambda_function" "book_delivery" {
  function_name = "book-delivery"
  role          = aws_iam_role.book_delivery_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "book-delivery.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 14
  }

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_lambda_alias" "book_delivery_live" {
  name             = "live"
  function_name    = aws_lambda_function.book_delivery.function_name
  function_version = aws_lambda_function.book_delivery.version
}

resource "aws_cloudwatch_log_group" "book_delivery_logs" {
  name              = "/aws/lambda/book-delivery"
  retention_in_days = 30
}

resource "aws_iam_role" "book_delivery_role" {
  name = "book-delivery-role"
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

resource "aws_iam_role_policy_attachment" "book_delivery_role_basic" {
  role       = aws_iam_role.book_delivery_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "book_delivery_role_work" {
  statement {
    sid       = "Checkpoint"
    actions   = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]
    resources = ["arn:aws:lambda:${local.region}:${local.account}:function:book-delivery:*"]
  }
}

resource "aws_iam_role_policy" "book_delivery_role_work" {
  name   = "work"
  role   = aws_iam_role.book_delivery_role.name
  policy = data.aws_iam_policy_document.book_delivery_role_work.json
}
