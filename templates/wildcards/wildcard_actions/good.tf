# Books orders in a table; each order is one durable execution

provider "aws" {
  region = "eu-west-1"
}

resource "aws_lambda_function" "book_order" {
  function_name = "book-order"
  role          = aws_iam_role.book_order_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "book-order.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 14
  }

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_lambda_alias" "book_order_live" {
  name             = "live"
  function_name    = aws_lambda_function.book_order.function_name
  function_version = aws_lambda_function.book_order.version
}

resource "aws_cloudwatch_log_group" "book_order_logs" {
  name              = "/aws/lambda/book-order"
  retention_in_days = 30
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }
}

resource "aws_iam_role" "book_order_role" {
  name = "book-order-role"
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

resource "aws_iam_role_policy_attachment" "book_order_role_basic_durable_policy" {
  role       = aws_iam_role.book_order_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicDurableExecutionRolePolicy"
}

data "aws_iam_policy_document" "book_order_role_work" {
  statement {
    sid       = "Book"
    actions   = ["dynamodb:GetItem", "dynamodb:PutItem"]
    resources = [aws_dynamodb_table.orders.arn]
  }
}

resource "aws_iam_role_policy" "book_order_role_work" {
  name   = "work"
  role   = aws_iam_role.book_order_role.name
  policy = data.aws_iam_policy_document.book_order_role_work.json
}
