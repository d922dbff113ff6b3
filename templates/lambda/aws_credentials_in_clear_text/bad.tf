# Settles invoices and hands the statements to a partner's bucket in another account

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_lambda_function" "settle_invoice" {
  function_name = "settle-invoice"
  role          = aws_iam_role.settle_invoice_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "settle-invoice.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 14
  }

  environment {
    variables = {
      PARTNER_BUCKET            = "partner-statements"
      PARTNER_ACCESS_KEY_ID     = "AKIAIOSFODNN7EXAMPLE"
      PARTNER_SECRET_ACCESS_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    }
  }

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_lambda_alias" "settle_invoice_live" {
  name             = "live"
  function_name    = aws_lambda_function.settle_invoice.function_name
  function_version = aws_lambda_function.settle_invoice.version
}

resource "aws_cloudwatch_log_group" "settle_invoice_logs" {
  name              = "/aws/lambda/settle-invoice"
  retention_in_days = 30
}

resource "aws_iam_role" "settle_invoice_role" {
  name = "settle-invoice-role"
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

resource "aws_iam_role_policy_attachment" "settle_invoice_role_basic" {
  role       = aws_iam_role.settle_invoice_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "settle_invoice_role_work" {
  statement {
    sid       = "Checkpoint"
    actions   = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]
    resources = ["arn:aws:lambda:${local.region}:${local.account}:function:settle-invoice:*"]
  }

  statement {
    sid       = "UploadAsThePartnerAllows"
    actions   = ["sts:AssumeRole"]
    resources = ["arn:aws:iam::444455556666:role/statement-upload"]
  }
}

resource "aws_iam_role_policy" "settle_invoice_role_work" {
  name   = "work"
  role   = aws_iam_role.settle_invoice_role.name
  policy = data.aws_iam_policy_document.settle_invoice_role_work.json
}
