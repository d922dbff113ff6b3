# Measures photos before a workflow sorts them

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
}

resource "aws_lambda_function" "measure_photo" {
  function_name = "measure-photo"
  description   = "Measures photos; ephemeral storage holds the largest we accept"
  role          = aws_iam_role.measure_photo_role.arn
  runtime       = "python3.13"
  handler       = "index.handler"
  timeout       = 30
  s3_bucket     = "shop-artifacts"
  s3_key        = "measure-photo.zip"

  logging_config {
    log_format = "JSON"
  }

  ephemeral_storage {
    size = 2048
  }
}

resource "aws_iam_role" "measure_photo_role" {
  name = "measure-photo-role"
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

resource "aws_iam_role_policy_attachment" "measure_photo_role_basic" {
  role       = aws_iam_role.measure_photo_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "measure_photo_role_work" {
  statement {
    sid       = "ReadPhotos"
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::photos-${local.account}/*"]
  }
}

resource "aws_iam_role_policy" "measure_photo_role_work" {
  name   = "work"
  role   = aws_iam_role.measure_photo_role.name
  policy = data.aws_iam_policy_document.measure_photo_role_work.json
}

resource "aws_cloudwatch_log_group" "measure_photo_logs" {
  name              = "/aws/lambda/measure-photo"
  retention_in_days = 30
}
