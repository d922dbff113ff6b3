# Approval of loans, asked for through a function that starts it

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_lambda_function" "approve_loan" {
  function_name = "approve-loan"
  description   = "Asks for papers, waits for the officer, decides"
  role          = aws_iam_role.approve_loan_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "approve-loan.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 30
  }
}

resource "aws_lambda_alias" "approve_loan_live" {
  name             = "live"
  function_name    = aws_lambda_function.approve_loan.function_name
  function_version = aws_lambda_function.approve_loan.version
}

resource "aws_iam_role" "approve_loan_role" {
  name = "approve-loan-role"
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

resource "aws_iam_role_policy_attachment" "approve_loan_role_basic" {
  role       = aws_iam_role.approve_loan_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "approve_loan_role_work" {
  statement {
    sid       = "Checkpoint"
    actions   = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]
    resources = ["arn:aws:lambda:${local.region}:${local.account}:function:approve-loan:*"]
  }
}

resource "aws_iam_role_policy" "approve_loan_role_work" {
  name   = "work"
  role   = aws_iam_role.approve_loan_role.name
  policy = data.aws_iam_policy_document.approve_loan_role_work.json
}

resource "aws_lambda_function" "ask_for_loan" {
  function_name = "ask-for-loan"
  description   = "Takes an application and starts its approval"
  role          = aws_iam_role.ask_for_loan_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "ask-for-loan.zip"
}

resource "aws_iam_role" "ask_for_loan_role" {
  name = "ask-for-loan-role"
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

resource "aws_iam_role_policy_attachment" "ask_for_loan_role_basic" {
  role       = aws_iam_role.ask_for_loan_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "ask_for_loan_role_work" {
  statement {
    sid       = "StartApproval"
    actions   = ["lambda:InvokeFunction"]
    resources = ["${aws_lambda_function.approve_loan.arn}:*"]
  }
}

resource "aws_iam_role_policy" "ask_for_loan_role_work" {
  name   = "work"
  role   = aws_iam_role.ask_for_loan_role.name
  policy = data.aws_iam_policy_document.ask_for_loan_role_work.json
}
