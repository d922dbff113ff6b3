# Reserves seats and pays for them; the payment provider wants a password

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_secretsmanager_secret" "payment_secret" {
  name        = "payment-secret"
  description = "What the payment provider knows us by"
}

resource "aws_lambda_function" "reserve_seat" {
  function_name = "reserve-seat"
  role          = aws_iam_role.reserve_seat_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "reserve-seat.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 14
  }

  environment {
    variables = {
      PAYMENT_USER     = "seats"
      PAYMENT_PASSWORD = "correct-horse-battery"
    }
  }

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_lambda_alias" "reserve_seat_live" {
  name             = "live"
  function_name    = aws_lambda_function.reserve_seat.function_name
  function_version = aws_lambda_function.reserve_seat.version
}

resource "aws_cloudwatch_log_group" "reserve_seat_logs" {
  name              = "/aws/lambda/reserve-seat"
  retention_in_days = 30
}

resource "aws_iam_role" "reserve_seat_role" {
  name = "reserve-seat-role"
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

resource "aws_iam_role_policy_attachment" "reserve_seat_role_basic" {
  role       = aws_iam_role.reserve_seat_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "reserve_seat_role_work" {
  statement {
    sid       = "Checkpoint"
    actions   = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]
    resources = ["arn:aws:lambda:${local.region}:${local.account}:function:reserve-seat:*"]
  }

  statement {
    sid       = "ReadPaymentSecret"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.payment_secret.arn]
  }
}

resource "aws_iam_role_policy" "reserve_seat_role_work" {
  name   = "work"
  role   = aws_iam_role.reserve_seat_role.name
  policy = data.aws_iam_policy_document.reserve_seat_role_work.json
}
