# Closes accounts after a month of grace

provider "aws" {
  region = "eu-west-1"
}

resource "aws_lambda_function" "close_account" {
  function_name = "close-account"
  role          = aws_iam_role.close_account_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "close-account.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 14
  }

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_lambda_alias" "close_account_live" {
  name             = "live"
  function_name    = aws_lambda_function.close_account.function_name
  function_version = aws_lambda_function.close_account.version
}

resource "aws_cloudwatch_log_group" "close_account_logs" {
  name              = "/aws/lambda/close-account"
  retention_in_days = 30
}

resource "aws_iam_role" "close_account_role" {
  name = "close-account-role"
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

resource "aws_iam_role_policy_attachment" "close_account_role_basic_durable_policy" {
  role       = aws_iam_role.close_account_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicDurableExecutionRolePolicy"
}
