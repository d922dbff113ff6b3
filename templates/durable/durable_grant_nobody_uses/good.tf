# Returns of goods, and the labels for them

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_lambda_function" "handle_return" {
  function_name = "handle-return"
  description   = "Waits for the goods, checks them, pays back"
  role          = aws_iam_role.handle_return_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "handle-return.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 30
  }
}

resource "aws_lambda_alias" "handle_return_live" {
  name             = "live"
  function_name    = aws_lambda_function.handle_return.function_name
  function_version = aws_lambda_function.handle_return.version
}

resource "aws_iam_role" "handle_return_role" {
  name = "handle-return-role"
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

resource "aws_iam_role_policy_attachment" "handle_return_role_basic" {
  role       = aws_iam_role.handle_return_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "handle_return_role_work" {
  statement {
    sid       = "Checkpoint"
    actions   = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]
    resources = ["arn:aws:lambda:${local.region}:${local.account}:function:handle-return:*"]
  }

  statement {
    sid       = "OrderLabel"
    actions   = ["lambda:InvokeFunction"]
    resources = ["${aws_lambda_function.print_label.arn}:*"]
  }
}

resource "aws_iam_role_policy" "handle_return_role_work" {
  name   = "work"
  role   = aws_iam_role.handle_return_role.name
  policy = data.aws_iam_policy_document.handle_return_role_work.json
}

resource "aws_lambda_function" "print_label" {
  function_name = "print-label"
  description   = "Draws the label that goes on the parcel"
  role          = aws_iam_role.print_label_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "print-label.zip"
}

resource "aws_iam_role" "print_label_role" {
  name = "print-label-role"
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

resource "aws_iam_role_policy_attachment" "print_label_role_basic" {
  role       = aws_iam_role.print_label_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}
