# Indexes scanned documents as they arrive

provider "aws" {
  region = "eu-west-1"
}

resource "aws_lambda_function" "index_scan" {
  function_name = "index-scan"
  role          = aws_iam_role.index_scan_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 30
  s3_bucket     = "shop-artifacts"
  s3_key        = "index-scan.zip"

  dead_letter_config {
    target_arn = aws_sqs_queue.not_indexed.arn
  }

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_cloudwatch_log_group" "index_scan_logs" {
  name              = "/aws/lambda/index-scan"
  retention_in_days = 30
}

resource "aws_iam_role" "index_scan_role" {
  name = "index-scan-role"
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

resource "aws_iam_role_policy_attachment" "index_scan_role_basic" {
  role       = aws_iam_role.index_scan_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "index_scan_role_work" {
  statement {
    sid       = "KeepWhatFailed"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.not_indexed.arn]
  }
}

resource "aws_iam_role_policy" "index_scan_role_work" {
  name   = "work"
  role   = aws_iam_role.index_scan_role.name
  policy = data.aws_iam_policy_document.index_scan_role_work.json
}

resource "aws_cloudwatch_event_rule" "new_scan" {
  name = "new-scan"
  event_pattern = jsonencode({
    source        = ["aws.s3"]
    "detail-type" = ["Object Created"]
    detail = {
      bucket = {
        name = [aws_s3_bucket.scans.bucket]
      }
    }
  })
}

resource "aws_cloudwatch_event_target" "new_scan" {
  rule      = aws_cloudwatch_event_rule.new_scan.name
  target_id = "index-scan"
  arn       = aws_lambda_function.index_scan.arn
}

resource "aws_lambda_permission" "new_scan_may_invoke" {
  function_name = aws_lambda_function.index_scan.function_name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.new_scan.arn
}

resource "aws_s3_bucket" "scans" {
  bucket = "shop-scans"
}

resource "aws_s3_bucket_notification" "scans" {
  bucket      = aws_s3_bucket.scans.bucket
  eventbridge = true
}

resource "aws_sqs_queue" "not_indexed" {
  name                      = "not-indexed"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}
