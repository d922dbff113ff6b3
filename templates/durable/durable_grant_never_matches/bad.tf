# Transfers of money that wait for the bank to answer

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_lambda_function" "transfer_money" {
  function_name = "transfer-money"
  description   = "Sends a transfer, waits for the answer, books it"
  role          = aws_iam_role.transfer_money_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "transfer-money.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 30
  }
}

resource "aws_lambda_alias" "transfer_money_live" {
  name             = "live"
  function_name    = aws_lambda_function.transfer_money.function_name
  function_version = aws_lambda_function.transfer_money.version
}

resource "aws_iam_role" "transfer_money_role" {
  name = "transfer-money-role"
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

resource "aws_iam_role_policy_attachment" "transfer_money_role_basic" {
  role       = aws_iam_role.transfer_money_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "transfer_money_role_work" {
  statement {
    sid       = "Checkpoint"
    actions   = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]
    resources = ["arn:aws:lambda:${local.region}:${local.account}:function:transfer-money:*"]
  }
}

resource "aws_iam_role_policy" "transfer_money_role_work" {
  name   = "work"
  role   = aws_iam_role.transfer_money_role.name
  policy = data.aws_iam_policy_document.transfer_money_role_work.json
}

resource "aws_lambda_function" "bank_answers" {
  function_name = "bank-answers"
  description   = "Hands the answers of the bank to the transfers that wait"
  role          = aws_iam_role.bank_answers_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "bank-answers.zip"
}

resource "aws_iam_role" "bank_answers_role" {
  name = "bank-answers-role"
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

resource "aws_iam_role_policy_attachment" "bank_answers_role_basic" {
  role       = aws_iam_role.bank_answers_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "bank_answers_role_work" {
  statement {
    sid       = "Answer"
    actions   = ["lambda:SendDurableExecutionCallbackSuccess", "lambda:SendDurableExecutionCallbackFailure"]
    resources = ["arn:aws:lambda:${local.region}:${local.account}:function:transfer-money"]
  }
}

resource "aws_iam_role_policy" "bank_answers_role_work" {
  name   = "work"
  role   = aws_iam_role.bank_answers_role.name
  policy = data.aws_iam_policy_document.bank_answers_role_work.json
}
