# Closes the books every night; a second function imported the old ones

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_lambda_function" "close_books" {
  function_name = "close-books"
  role          = aws_iam_role.close_books_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "close-books.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 14
  }

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_lambda_alias" "close_books_live" {
  name             = "live"
  function_name    = aws_lambda_function.close_books.function_name
  function_version = aws_lambda_function.close_books.version
}

resource "aws_cloudwatch_log_group" "close_books_logs" {
  name              = "/aws/lambda/close-books"
  retention_in_days = 30
}

resource "aws_iam_role" "close_books_role" {
  name = "close-books-role"
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

resource "aws_iam_role_policy_attachment" "close_books_role_basic" {
  role       = aws_iam_role.close_books_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "close_books_role_work" {
  statement {
    sid       = "Checkpoint"
    actions   = ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"]
    resources = ["arn:aws:lambda:${local.region}:${local.account}:function:close-books:*"]
  }
}

resource "aws_iam_role_policy" "close_books_role_work" {
  name   = "work"
  role   = aws_iam_role.close_books_role.name
  policy = data.aws_iam_policy_document.close_books_role_work.json
}

resource "aws_lambda_function" "import_old_books" {
  function_name = "import-old-books"
  role          = aws_iam_role.import_old_books_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 30
  s3_bucket     = "shop-artifacts"
  s3_key        = "import-old-books.zip"

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_cloudwatch_log_group" "import_old_books_logs" {
  name              = "/aws/lambda/import-old-books"
  retention_in_days = 30
}

resource "aws_iam_role" "import_old_books_role" {
  name = "import-old-books-role"
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

resource "aws_iam_role_policy_attachment" "import_old_books_role_basic" {
  role       = aws_iam_role.import_old_books_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_iam_policy_document" "import_old_books_role_work" {
  statement {
    sid       = "ReadOldBooks"
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    resources = [aws_sqs_queue.old_books.arn]
  }
}

resource "aws_iam_role_policy" "import_old_books_role_work" {
  name   = "work"
  role   = aws_iam_role.import_old_books_role.name
  policy = data.aws_iam_policy_document.import_old_books_role_work.json
}

resource "aws_cloudwatch_event_rule" "every_night" {
  name                = "every-night"
  schedule_expression = "cron(0 2 * * ? *)"
}

resource "aws_cloudwatch_event_target" "every_night" {
  rule      = aws_cloudwatch_event_rule.every_night.name
  target_id = "close-books"
  arn       = aws_lambda_alias.close_books_live.arn
}

resource "aws_lambda_permission" "every_night_may_invoke" {
  function_name = aws_lambda_function.close_books.function_name
  qualifier     = aws_lambda_alias.close_books_live.name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.every_night.arn
}

resource "aws_sqs_queue" "old_books" {
  name                       = "old-books"
  sqs_managed_sse_enabled    = true
  visibility_timeout_seconds = 180
}
