# Shows people of the company how their orders stand

provider "aws" {
  region = "eu-west-1"
}

resource "aws_lambda_function" "status_page" {
  function_name = "status-page"
  role          = aws_iam_role.status_page_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "status-page.zip"

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_cloudwatch_log_group" "status_page_logs" {
  name              = "/aws/lambda/status-page"
  retention_in_days = 30
}

resource "aws_iam_role" "status_page_role" {
  name = "status-page-role"
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

resource "aws_iam_role_policy_attachment" "status_page_role_basic" {
  role       = aws_iam_role.status_page_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_lambda_function_url" "status_page_url" {
  function_name      = aws_lambda_function.status_page.function_name
  authorization_type = "NONE"
}

resource "aws_lambda_permission" "status_page_url_callers" {
  function_name          = aws_lambda_function.status_page.function_name
  action                 = "lambda:InvokeFunctionUrl"
  principal              = "*"
  function_url_auth_type = "NONE"
}
