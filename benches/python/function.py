"""The purchase as a plain Python function: reads the caller, counts the call, creates an order and reads it back."""

import json
import os
import time
import uuid

import boto3

dynamodb = boto3.client("dynamodb")
TABLE = {name: os.environ["TABLE_" + name.upper()] for name in ("accounts", "ledger", "orders", "limits")}
USER = "usr_01M7Q1JNMW0KW9JVD7CEVTJTDH"


def handler(event, _context):
    """Handle a POST of an HTTP API (payload 2.0)."""
    wanted = json.loads(event["body"])
    dynamodb.batch_get_item(
        RequestItems={
            TABLE["accounts"]: {
                "Keys": [{"pk": {"S": f"USER#{USER}"}, "sk": {"S": "PROFILE"}}],
                "ConsistentRead": True,
            },
            TABLE["ledger"]: {
                "Keys": [{"pk": {"S": f"WALLET#{USER}"}, "sk": {"S": "BALANCE"}}],
                "ConsistentRead": True,
            },
        }
    )
    dynamodb.update_item(
        TableName=TABLE["limits"],
        Key={"pk": {"S": f"CALLS#{USER}"}, "sk": {"S": "CALLS"}},
        UpdateExpression="ADD requests :one",
        ExpressionAttributeValues={":one": {"N": "1"}},
        ReturnValues="ALL_NEW",
    )
    key = {"pk": {"S": f"USER#{USER}"}, "sk": {"S": f"vrf_{uuid.uuid4()}"}}
    order = {**key, "service": {"S": wanted["service_name"]}, "country": {"S": wanted["country_code"]}}
    entry = {"pk": {"S": f"WALLET#{USER}"}, "sk": {"S": f"ENTRY#{time.time_ns()}"}, "amount": {"S": "0.5000"}}
    dynamodb.transact_write_items(
        TransactItems=[
            {"Put": {"TableName": TABLE["orders"], "Item": order, "ConditionExpression": "attribute_not_exists(pk)"}},
            {"Put": {"TableName": TABLE["ledger"], "Item": entry, "ConditionExpression": "attribute_not_exists(pk)"}},
        ]
    )
    stored = dynamodb.get_item(TableName=TABLE["orders"], Key=key, ConsistentRead=True)["Item"]
    body = {"id": stored["sk"]["S"], "service_name": stored["service"]["S"], "status": "waiting"}
    return {"statusCode": 201, "headers": {"content-type": "application/json"}, "body": json.dumps(body)}

