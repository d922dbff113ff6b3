# Approval of loans, whose durable state the function encrypts itself (custom SerDes)

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_lambda_function" "approve_loan" {
  function_name = "approve-loan"
  description   = "Scores the applicant, waits for a person to decide, pays out"
  role          = aws_iam_role.approve_loan_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "approve-loan.zip"
  publish       = true
  kms_key_arn   = aws_kms_key.loans_key.arn

  environment {
    variables = {
      STATE_KEY = "alias/loans"
    }
  }

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

resource "aws_kms_alias" "loans" {
  name          = "alias/loans"
  target_key_id = aws_kms_key.loans_key.key_id
}

data "aws_iam_policy_document" "loans_key" {
  statement {
    sid       = "Account"
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${local.account}:root"]
    }
  }

  statement {
    sid       = "FunctionEncryptsState"
    actions   = ["kms:Encrypt", "kms:Decrypt"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${local.account}:role/approve-loan-role"]
    }
  }
}

resource "aws_kms_key" "loans_key" {
  description = "Settings and durable state of loans"
  policy      = data.aws_iam_policy_document.loans_key.json
}
