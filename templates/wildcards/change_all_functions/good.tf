# Ships parcels; support may turn its settings in an emergency

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
}

resource "aws_lambda_function" "ship_parcel" {
  function_name = "ship-parcel"
  role          = aws_iam_role.ship_parcel_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "ship-parcel.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 14
  }

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_lambda_alias" "ship_parcel_live" {
  name             = "live"
  function_name    = aws_lambda_function.ship_parcel.function_name
  function_version = aws_lambda_function.ship_parcel.version
}

resource "aws_cloudwatch_log_group" "ship_parcel_logs" {
  name              = "/aws/lambda/ship-parcel"
  retention_in_days = 30
}

resource "aws_iam_role" "ship_parcel_role" {
  name = "ship-parcel-role"
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

resource "aws_iam_role_policy_attachment" "ship_parcel_role_basic_durable_policy" {
  role       = aws_iam_role.ship_parcel_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicDurableExecutionRolePolicy"
}

resource "aws_iam_role" "support_role" {
  name = "support-role"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::${local.account}:root"
      }
      Action = "sts:AssumeRole"
      Condition = {
        Bool = {
          "aws:MultiFactorAuthPresent" = "true"
        }
      }
    }]
  })
}

data "aws_iam_policy_document" "support_role_support" {
  statement {
    sid       = "Emergency"
    actions   = ["lambda:UpdateFunctionConfiguration"]
    resources = [aws_lambda_function.ship_parcel.arn]
  }
}

resource "aws_iam_role_policy" "support_role_support" {
  name   = "support"
  role   = aws_iam_role.support_role.name
  policy = data.aws_iam_policy_document.support_role_support.json
}
