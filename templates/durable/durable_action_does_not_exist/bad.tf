# Deliveries, and the people who look after them

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_lambda_function" "deliver_parcel" {
  function_name = "deliver-parcel"
  description   = "Plans the tour, waits for the driver, tells the customer"
  role          = aws_iam_role.deliver_parcel_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "deliver-parcel.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 30
  }
}

resource "aws_lambda_alias" "deliver_parcel_live" {
  name             = "live"
  function_name    = aws_lambda_function.deliver_parcel.function_name
  function_version = aws_lambda_function.deliver_parcel.version
}

resource "aws_iam_role" "deliver_parcel_role" {
  name = "deliver-parcel-role"
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

resource "aws_iam_role_policy_attachment" "deliver_parcel_role_basic" {
  role       = aws_iam_role.deliver_parcel_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "deliver_parcel_role_work" {
  statement {
    sid       = "Checkpoint"
    actions   = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]
    resources = ["arn:aws:lambda:${local.region}:${local.account}:function:deliver-parcel:*"]
  }
}

resource "aws_iam_role_policy" "deliver_parcel_role_work" {
  name   = "work"
  role   = aws_iam_role.deliver_parcel_role.name
  policy = data.aws_iam_policy_document.deliver_parcel_role_work.json
}

data "aws_iam_policy_document" "look_after_deliveries" {
  statement {
    sid       = "Look"
    actions   = ["lambda:ListDurableExecutions", "lambda:GetDurableExecutionHistory"]
    resources = [aws_lambda_function.deliver_parcel.arn, "${aws_lambda_function.deliver_parcel.arn}:*"]
  }
}

resource "aws_iam_policy" "look_after_deliveries" {
  name        = "look-after-deliveries"
  description = "For those who look after deliveries that hang"
  policy      = data.aws_iam_policy_document.look_after_deliveries.json
}
