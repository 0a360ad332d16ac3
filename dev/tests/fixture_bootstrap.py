#!/usr/bin/env python3
"""A function for the tests of the local cloud. It uses the Runtime API, echoes requests, and fails on demand.

It accepts a WebSocket only through CloudFront, which adds a header. It reports stream records whose key begins with
`poison` as failed; `explode` fails the batch or the request; `slow` takes a second. `hook` answers with a status and a header of
its own.
"""

import json
import os
import time
import urllib.request

RUNTIME = f"http://{os.environ['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime/invocation"


def answer(event):
    """The answer to one event."""
    records = event.get("Records")
    if event.get("requestContext", {}).get("eventType") == "CONNECT":
        return {"statusCode": 200 if "x-origin-secret" in {name.lower() for name in event["headers"]} else 403}
    if os.environ["_HANDLER"] == "hook":
        if event.get("body") == "explode":
            raise RuntimeError("exploded")
        return {"statusCode": 401, "headers": {"X-Seen-By": "hook"}, "body": json.dumps(event)}
    if records is None:
        time.sleep(float((event.get("queryStringParameters") or {}).get("sleep", 0)))
        return {"statusCode": 200, "body": json.dumps({"event": event, "endpoint": os.environ["AWS_ENDPOINT_URL"]})}
    if "dynamodb" not in records[0]:
        return {}
    keys = {record["dynamodb"]["SequenceNumber"]: record["dynamodb"]["Keys"]["pk"]["S"] for record in records}
    by = [record.get("userIdentity") for record in records]
    print(json.dumps({"handler": os.environ["_HANDLER"], "keys": list(keys.values()), "by": by}), flush=True)
    if any(key.startswith("explode") for key in keys.values()):
        raise RuntimeError("exploded")
    if os.environ["_HANDLER"] == "slow":
        time.sleep(3)
    return {"batchItemFailures": [{"itemIdentifier": at} for at, key in keys.items() if key.startswith("poison")]}


while True:
    with urllib.request.urlopen(f"{RUNTIME}/next") as work:
        identifier, given = work.headers["Lambda-Runtime-Aws-Request-Id"], json.load(work)
    try:
        path, result = "response", answer(given)
    except RuntimeError as error:
        path, result = "error", {"errorType": "RuntimeError", "errorMessage": str(error)}
    urllib.request.urlopen(f"{RUNTIME}/{identifier}/{path}", data=json.dumps(result).encode()).close()
