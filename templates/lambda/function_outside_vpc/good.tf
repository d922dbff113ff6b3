# Reviews claims inside a VPC, where the systems of record are

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_lambda_function" "review_claim" {
  function_name = "review-claim"
  role          = aws_iam_role.review_claim_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "review-claim.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 14
  }

  logging_config {
    log_format = "JSON"
  }

  vpc_config {
    subnet_ids         = [aws_subnet.subnet_a.id, aws_subnet.subnet_b.id]
    security_group_ids = [aws_security_group.workflow_group.id]
  }
}

resource "aws_lambda_alias" "review_claim_live" {
  name             = "live"
  function_name    = aws_lambda_function.review_claim.function_name
  function_version = aws_lambda_function.review_claim.version
}

resource "aws_cloudwatch_log_group" "review_claim_logs" {
  name              = "/aws/lambda/review-claim"
  retention_in_days = 30
}

resource "aws_iam_role" "review_claim_role" {
  name = "review-claim-role"
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

resource "aws_iam_role_policy_attachment" "review_claim_role_vpcaccess" {
  role       = aws_iam_role.review_claim_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
}

data "aws_iam_policy_document" "review_claim_role_work" {
  statement {
    sid       = "Checkpoint"
    actions   = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]
    resources = ["arn:aws:lambda:${local.region}:${local.account}:function:review-claim:*"]
  }
}

resource "aws_iam_role_policy" "review_claim_role_work" {
  name   = "work"
  role   = aws_iam_role.review_claim_role.name
  policy = data.aws_iam_policy_document.review_claim_role_work.json
}

resource "aws_vpc" "vpc" {
  cidr_block           = "10.40.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "subnet_a" {
  vpc_id            = aws_vpc.vpc.id
  availability_zone = "eu-west-1a"
  cidr_block        = "10.40.0.0/24"
}

resource "aws_subnet" "subnet_b" {
  vpc_id            = aws_vpc.vpc.id
  availability_zone = "eu-west-1a"
  cidr_block        = "10.40.1.0/24"
}

resource "aws_security_group" "workflow_group" {
  name        = "workflow-group"
  description = "The workflow calls AWS through the endpoint, and nothing else"
  vpc_id      = aws_vpc.vpc.id

  egress {
    description = "Endpoint of the Lambda API, for checkpoints"
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.40.0.0/16"]
  }
}

resource "aws_security_group" "endpoint_group" {
  name        = "endpoint-group"
  description = "Endpoint of the Lambda API"
  vpc_id      = aws_vpc.vpc.id

  ingress {
    protocol        = "tcp"
    from_port       = 443
    to_port         = 443
    security_groups = [aws_security_group.workflow_group.id]
  }
}

resource "aws_vpc_endpoint" "lambda_endpoint" {
  vpc_endpoint_type   = "Interface"
  service_name        = "com.amazonaws.${local.region}.lambda"
  vpc_id              = aws_vpc.vpc.id
  private_dns_enabled = true
  subnet_ids          = [aws_subnet.subnet_a.id, aws_subnet.subnet_b.id]
  security_group_ids  = [aws_security_group.endpoint_group.id]
}
