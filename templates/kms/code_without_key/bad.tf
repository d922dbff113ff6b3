# Fulfilment of orders, whose code package is under a key of its own

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_lambda_function" "fulfil_order" {
  function_name = "fulfil-order"
  description   = "Reserves stock, takes the payment, ships"
  role          = aws_iam_role.fulfil_order_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "fulfil-order.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 30
  }
}

resource "aws_lambda_alias" "fulfil_order_live" {
  name             = "live"
  function_name    = aws_lambda_function.fulfil_order.function_name
  function_version = aws_lambda_function.fulfil_order.version
}

resource "aws_iam_role" "fulfil_order_role" {
  name = "fulfil-order-role"
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

resource "aws_iam_role_policy_attachment" "fulfil_order_role_basic" {
  role       = aws_iam_role.fulfil_order_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "fulfil_order_role_work" {
  statement {
    sid       = "Checkpoint"
    actions   = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]
    resources = ["arn:aws:lambda:${local.region}:${local.account}:function:fulfil-order:*"]
  }
}

resource "aws_iam_role_policy" "fulfil_order_role_work" {
  name   = "work"
  role   = aws_iam_role.fulfil_order_role.name
  policy = data.aws_iam_policy_document.fulfil_order_role_work.json
}
