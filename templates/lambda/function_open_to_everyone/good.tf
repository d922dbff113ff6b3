# Books goods that come back, as a topic tells

provider "aws" {
  region = "eu-west-1"
}

resource "aws_lambda_function" "book_return" {
  function_name = "book-return"
  role          = aws_iam_role.book_return_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "book-return.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 14
  }

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_lambda_alias" "book_return_live" {
  name             = "live"
  function_name    = aws_lambda_function.book_return.function_name
  function_version = aws_lambda_function.book_return.version
}

resource "aws_cloudwatch_log_group" "book_return_logs" {
  name              = "/aws/lambda/book-return"
  retention_in_days = 30
}

resource "aws_iam_role" "book_return_role" {
  name = "book-return-role"
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

resource "aws_iam_role_policy_attachment" "book_return_role_basic_durable_policy" {
  role       = aws_iam_role.book_return_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicDurableExecutionRolePolicy"
}

resource "aws_sns_topic" "returns" {
  name = "returns"
}

resource "aws_sns_topic_subscription" "returns_to_book_return" {
  topic_arn = aws_sns_topic.returns.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_alias.book_return_live.arn
}

resource "aws_lambda_permission" "returns_may_invoke" {
  function_name = aws_lambda_function.book_return.function_name
  qualifier     = aws_lambda_alias.book_return_live.name
  action        = "lambda:InvokeFunction"
  principal     = "sns.amazonaws.com"
  source_arn    = aws_sns_topic.returns.arn
}
