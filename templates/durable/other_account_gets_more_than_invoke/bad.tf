# Claims that a partner in another account hands in

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_lambda_function" "settle_claim" {
  function_name = "settle-claim"
  description   = "Has a claim looked at, waits for the answer, pays"
  role          = aws_iam_role.settle_claim_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "settle-claim.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 30
  }
}

resource "aws_lambda_alias" "settle_claim_live" {
  name             = "live"
  function_name    = aws_lambda_function.settle_claim.function_name
  function_version = aws_lambda_function.settle_claim.version
}

resource "aws_iam_role" "settle_claim_role" {
  name = "settle-claim-role"
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

resource "aws_iam_role_policy_attachment" "settle_claim_role_basic" {
  role       = aws_iam_role.settle_claim_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "settle_claim_role_work" {
  statement {
    sid       = "Checkpoint"
    actions   = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]
    resources = ["arn:aws:lambda:${local.region}:${local.account}:function:settle-claim:*"]
  }
}

resource "aws_iam_role_policy" "settle_claim_role_work" {
  name   = "work"
  role   = aws_iam_role.settle_claim_role.name
  policy = data.aws_iam_policy_document.settle_claim_role_work.json
}

resource "aws_lambda_permission" "partner_hands_in" {
  function_name = aws_lambda_function.settle_claim.function_name
  qualifier     = aws_lambda_alias.settle_claim_live.name
  action        = "lambda:GetDurableExecutionHistory"
  principal     = "210987654321"
}
