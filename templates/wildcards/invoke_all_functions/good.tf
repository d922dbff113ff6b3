# Takes orders and leaves charging to a function of its own

provider "aws" {
  region = "eu-west-1"
}

resource "aws_lambda_function" "take_order" {
  function_name = "take-order"
  role          = aws_iam_role.take_order_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "take-order.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 14
  }

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_lambda_alias" "take_order_live" {
  name             = "live"
  function_name    = aws_lambda_function.take_order.function_name
  function_version = aws_lambda_function.take_order.version
}

resource "aws_cloudwatch_log_group" "take_order_logs" {
  name              = "/aws/lambda/take-order"
  retention_in_days = 30
}

resource "aws_lambda_function" "charge_card" {
  function_name = "charge-card"
  role          = aws_iam_role.charge_card_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "charge-card.zip"

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_cloudwatch_log_group" "charge_card_logs" {
  name              = "/aws/lambda/charge-card"
  retention_in_days = 30
}

resource "aws_iam_role" "take_order_role" {
  name = "take-order-role"
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

resource "aws_iam_role_policy_attachment" "take_order_role_basic_durable_policy" {
  role       = aws_iam_role.take_order_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicDurableExecutionRolePolicy"
}

data "aws_iam_policy_document" "take_order_role_work" {
  statement {
    sid       = "Charge"
    actions   = ["lambda:InvokeFunction"]
    resources = [aws_lambda_function.charge_card.arn]
  }
}

resource "aws_iam_role_policy" "take_order_role_work" {
  name   = "work"
  role   = aws_iam_role.take_order_role.name
  policy = data.aws_iam_policy_document.take_order_role_work.json
}

resource "aws_iam_role" "charge_card_role" {
  name = "charge-card-role"
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

resource "aws_iam_role_policy_attachment" "charge_card_role_basic" {
  role       = aws_iam_role.charge_card_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}
