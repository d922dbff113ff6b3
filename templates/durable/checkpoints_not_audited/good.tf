# Fulfilment of orders, with a trail of what its executions do

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_lambda_function" "fulfil_order" {
  function_name = "fulfil-order"
  description   = "Reserves stock, takes the payment, ships"
  role          = aws_iam_role.fulfil_order_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "fulfil-order.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 30
  }
}

resource "aws_lambda_alias" "fulfil_order_live" {
  name             = "live"
  function_name    = aws_lambda_function.fulfil_order.function_name
  function_version = aws_lambda_function.fulfil_order.version
}

resource "aws_s3_bucket" "audit_logs" {
  bucket = "shop-audit-logs"
}

resource "aws_s3_bucket_public_access_block" "audit_logs" {
  bucket                  = aws_s3_bucket.audit_logs.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

data "aws_iam_policy_document" "audit_logs_policy" {
  statement {
    sid       = "TrailAsks"
    actions   = ["s3:GetBucketAcl"]
    resources = [aws_s3_bucket.audit_logs.arn]
    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = ["arn:aws:cloudtrail:${local.region}:${local.account}:trail/audit"]
    }
  }

  statement {
    sid       = "TrailWrites"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.audit_logs.arn}/AWSLogs/${local.account}/*"]
    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = ["arn:aws:cloudtrail:${local.region}:${local.account}:trail/audit"]
    }
    condition {
      test     = "StringEquals"
      variable = "s3:x-amz-acl"
      values   = ["bucket-owner-full-control"]
    }
  }
}

resource "aws_s3_bucket_policy" "audit_logs_policy" {
  bucket = aws_s3_bucket.audit_logs.bucket
  policy = data.aws_iam_policy_document.audit_logs_policy.json
}

resource "aws_cloudtrail" "audit" {
  name                       = "audit"
  enable_logging             = true
  s3_bucket_name             = aws_s3_bucket.audit_logs.bucket
  enable_log_file_validation = true

  event_selector {
    include_management_events = true
    read_write_type           = "All"

    data_resource {
      type   = "AWS::Lambda::Function"
      values = ["arn:aws:lambda"]
    }
  }

  depends_on = [aws_s3_bucket_policy.audit_logs_policy]
}

resource "aws_iam_role" "fulfil_order_role" {
  name = "fulfil-order-role"
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

resource "aws_iam_role_policy_attachment" "fulfil_order_role_basic" {
  role       = aws_iam_role.fulfil_order_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "fulfil_order_role_work" {
  statement {
    sid       = "Checkpoint"
    actions   = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]
    resources = ["arn:aws:lambda:${local.region}:${local.account}:function:fulfil-order:*"]
  }
}

resource "aws_iam_role_policy" "fulfil_order_role_work" {
  name   = "work"
  role   = aws_iam_role.fulfil_order_role.name
  policy = data.aws_iam_policy_document.fulfil_order_role_work.json
}
