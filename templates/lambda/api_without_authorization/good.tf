# Takes orders from the web shop, which signs its requests

provider "aws" {
  region = "eu-west-1"
}

locals {
  account = "123456789012"
  region  = "eu-west-1"
}

resource "aws_lambda_function" "place_order" {
  function_name = "place-order"
  role          = aws_iam_role.place_order_role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  timeout       = 60
  s3_bucket     = "shop-artifacts"
  s3_key        = "place-order.zip"
  publish       = true

  durable_config {
    execution_timeout = 604800
    retention_period  = 14
  }

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_lambda_alias" "place_order_live" {
  name             = "live"
  function_name    = aws_lambda_function.place_order.function_name
  function_version = aws_lambda_function.place_order.version
}

resource "aws_cloudwatch_log_group" "place_order_logs" {
  name              = "/aws/lambda/place-order"
  retention_in_days = 30
}

resource "aws_iam_role" "place_order_role" {
  name = "place-order-role"
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

resource "aws_iam_role_policy_attachment" "place_order_role_basic_durable_policy" {
  role       = aws_iam_role.place_order_role.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicDurableExecutionRolePolicy"
}

resource "aws_api_gateway_rest_api" "orders_api" {
  name = "orders"
}

resource "aws_api_gateway_resource" "orders_resource" {
  rest_api_id = aws_api_gateway_rest_api.orders_api.id
  parent_id   = aws_api_gateway_rest_api.orders_api.root_resource_id
  path_part   = "orders"
}

resource "aws_api_gateway_method" "place_order_method" {
  rest_api_id   = aws_api_gateway_rest_api.orders_api.id
  resource_id   = aws_api_gateway_resource.orders_resource.id
  http_method   = "POST"
  authorization = "AWS_IAM"
}

resource "aws_api_gateway_integration" "place_order_method" {
  rest_api_id             = aws_api_gateway_rest_api.orders_api.id
  resource_id             = aws_api_gateway_resource.orders_resource.id
  http_method             = aws_api_gateway_method.place_order_method.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_alias.place_order_live.invoke_arn
}

resource "aws_api_gateway_method" "preflight_method" {
  rest_api_id   = aws_api_gateway_rest_api.orders_api.id
  resource_id   = aws_api_gateway_resource.orders_resource.id
  http_method   = "OPTIONS"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "preflight_method" {
  rest_api_id = aws_api_gateway_rest_api.orders_api.id
  resource_id = aws_api_gateway_resource.orders_resource.id
  http_method = aws_api_gateway_method.preflight_method.http_method
  type        = "MOCK"
}

resource "aws_lambda_permission" "orders_api_may_invoke" {
  function_name = aws_lambda_function.place_order.function_name
  qualifier     = aws_lambda_alias.place_order_live.name
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:aws:execute-api:${local.region}:${local.account}:${aws_api_gateway_rest_api.orders_api.id}/*/POST/orders"
}
