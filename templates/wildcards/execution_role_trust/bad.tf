# Pays suppliers; a partner sends the invoices

provider "aws" {
  region = "eu-west-1"
}

resource "aws_lambda_function" "pay_supplier" {
  function_name = "pay-supplier"
  role          = aws_iam_role.pay_supplier_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "pay-supplier.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 14
  }

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_lambda_alias" "pay_supplier_live" {
  name             = "live"
  function_name    = aws_lambda_function.pay_supplier.function_name
  function_version = aws_lambda_function.pay_supplier.version
}

resource "aws_cloudwatch_log_group" "pay_supplier_logs" {
  name              = "/aws/lambda/pay-supplier"
  retention_in_days = 30
}

resource "aws_iam_role" "pay_supplier_role" {
  name = "pay-supplier-role"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        Service = "lambda.amazonaws.com"
        AWS     = "arn:aws:iam::444455556666:root"
      }
      Action = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "pay_supplier_role_basic_durable_policy" {
  role       = aws_iam_role.pay_supplier_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicDurableExecutionRolePolicy"
}
