# Sends contracts for signature; a helper renders them

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_lambda_function" "sign_contract" {
  function_name = "sign-contract"
  role          = aws_iam_role.sign_contract_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "sign-contract.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 14
  }

  environment {
    variables = {
      RENDERER = aws_lambda_function.render_contract.function_name
    }
  }

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_lambda_alias" "sign_contract_live" {
  name             = "live"
  function_name    = aws_lambda_function.sign_contract.function_name
  function_version = aws_lambda_function.sign_contract.version
}

resource "aws_cloudwatch_log_group" "sign_contract_logs" {
  name              = "/aws/lambda/sign-contract"
  retention_in_days = 30
}

resource "aws_iam_role" "sign_contract_role" {
  name = "sign-contract-role"
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

resource "aws_iam_role_policy_attachment" "sign_contract_role_basic" {
  role       = aws_iam_role.sign_contract_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "sign_contract_role_work" {
  statement {
    sid       = "Checkpoint"
    actions   = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]
    resources = ["arn:aws:lambda:${local.region}:${local.account}:function:sign-contract:*"]
  }

  statement {
    sid       = "Render"
    actions   = ["lambda:InvokeFunction"]
    resources = [aws_lambda_function.render_contract.arn]
  }
}

resource "aws_iam_role_policy" "sign_contract_role_work" {
  name   = "work"
  role   = aws_iam_role.sign_contract_role.name
  policy = data.aws_iam_policy_document.sign_contract_role_work.json
}

resource "aws_lambda_function" "render_contract" {
  function_name = "render-contract"
  role          = aws_iam_role.render_contract_role.arn
  runtime       = "python3.9"
  handler       = "index.handler"
  timeout       = 30
  s3_bucket     = "shop-artifacts"
  s3_key        = "render-contract.zip"

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_cloudwatch_log_group" "render_contract_logs" {
  name              = "/aws/lambda/render-contract"
  retention_in_days = 30
}

resource "aws_iam_role" "render_contract_role" {
  name = "render-contract-role"
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

resource "aws_iam_role_policy_attachment" "render_contract_role_basic" {
  role       = aws_iam_role.render_contract_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}
