// The purchase as a plain Node function: reads the caller, counts the call, creates an order and reads it back.
// The loop at the end is a minimal Lambda runtime, so that no native client has to be built.

import { randomUUID } from "node:crypto";
import http from "node:http";
import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";

const dynamodb = new DynamoDBClient({});
const { TABLE_ACCOUNTS, TABLE_LEDGER, TABLE_ORDERS, TABLE_LIMITS } = process.env;
const USER = "usr_01M7Q1JNMW0KW9JVD7CEVTJTDH";

async function handler(event) {
  const wanted = JSON.parse(event.body);
  const rows = (pk, sk) => ({ Keys: [{ pk: { S: pk }, sk: { S: sk } }], ConsistentRead: true });
  await dynamodb.send(
    new BatchGetItemCommand({
      RequestItems: {
        [TABLE_ACCOUNTS]: rows(`USER#${USER}`, "PROFILE"),
        [TABLE_LEDGER]: rows(`WALLET#${USER}`, "BALANCE"),
      },
    }),
  );
  await dynamodb.send(
    new UpdateItemCommand({
      TableName: TABLE_LIMITS,
      Key: { pk: { S: `CALLS#${USER}` }, sk: { S: "CALLS" } },
      UpdateExpression: "ADD requests :one",
      ExpressionAttributeValues: { ":one": { N: "1" } },
      ReturnValues: "ALL_NEW",
    }),
  );
  const key = { pk: { S: `USER#${USER}` }, sk: { S: `vrf_${randomUUID()}` } };
  const order = { ...key, service: { S: wanted.service_name }, country: { S: wanted.country_code } };
  const entry = {
    pk: { S: `WALLET#${USER}` },
    sk: { S: `ENTRY#${process.hrtime.bigint()}` },
    amount: { S: "0.5000" },
  };
  const put = (TableName, Item) => ({
    Put: { TableName, Item, ConditionExpression: "attribute_not_exists(pk)" },
  });
  await dynamodb.send(
    new TransactWriteItemsCommand({ TransactItems: [put(TABLE_ORDERS, order), put(TABLE_LEDGER, entry)] }),
  );
  const read = new GetItemCommand({ TableName: TABLE_ORDERS, Key: key, ConsistentRead: true });
  const { Item: stored } = await dynamodb.send(read);
  const body = { id: stored.sk.S, service_name: stored.service.S, status: "waiting" };
  return { statusCode: 201, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

const agent = new http.Agent({ keepAlive: true });
const base = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation`;

function request(method, url, body) {
  return new Promise((resolve, reject) => {
    const sent = http.request(url, { method, agent }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve({ headers: answer.headers, body: Buffer.concat(parts).toString() }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

for (;;) {
  const event = await request("GET", `${base}/next`);
  const id = event.headers["lambda-runtime-aws-request-id"];
  try {
    const answer = await handler(JSON.parse(event.body));
    await request("POST", `${base}/${id}/response`, JSON.stringify(answer));
  } catch (error) {
    await request("POST", `${base}/${id}/error`, JSON.stringify({ errorMessage: String(error) }));
  }
}
