//! The running cloud: its addresses, its functions, its clock, and the supplier behind it.

use crate::customer::Customer;
use aws_sdk_dynamodb::{Client, config::retry::RetryPartition, types::AttributeValue};
use domain::{
    Actor, ApiKeyId, Credits, OrderId, Plan, Timestamp, Trust, UserId,
    access::{ApiKey, ApiKeyText, Permission, SecretHash},
    ledger::{Account, Cause, CauseKind, EntryKind, Movement},
};
use runtime::{Context, Environment};
use serde_json::{Value, json};
use std::{
    path::{Path, PathBuf},
    sync::OnceLock,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use store::{Alone, IdempotencyKey, NotCommitted, Profile, Store, Tables, Transaction};
use tokio::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};

/// Our key at the supplier's simulator, as the template sets it for the local stage.
const SUPPLIER_KEY: &str = "sim-local";

/// Tests that move the clock or kill processes run alone; all others run concurrently.
static TURN: RwLock<()> = RwLock::const_new(());
static OUTPUTS: OnceLock<Value> = OnceLock::new();

/// A test's turn, held until it ends.
struct Turn {
    alone: bool,
    _shared: Option<RwLockReadGuard<'static, ()>>,
    _alone: Option<RwLockWriteGuard<'static, ()>>,
}

/// The cloud under test.
pub struct Cloud {
    /// A client for plain HTTP.
    pub http: reqwest::Client,
    /// The tables, with an operator's rights.
    pub store: Store,
    outputs: Value,
    turn: Turn,
}

impl Cloud {
    /// For a test that runs concurrently with others.
    pub async fn shared() -> Self {
        Self::open(Turn { alone: false, _shared: Some(TURN.read().await), _alone: None }).await
    }

    /// For a test that moves the clock, kills functions or breaks the supplier.
    pub async fn alone() -> Self {
        let cloud = Self::open(Turn { alone: true, _shared: None, _alone: Some(TURN.write().await) }).await;
        cloud.sim("fault", json!({ "down": false })).await;
        cloud
    }

    async fn open(turn: Turn) -> Self {
        let outputs = OUTPUTS.get_or_init(read_outputs).clone();
        let store = Self::store_of(&outputs, None).await;
        let http = reqwest::Client::builder().timeout(Duration::from_mins(1)).build().expect("a client");
        Self { http, store, outputs, turn }
    }

    /// The tables over a faulty network.
    pub async fn faulty_store(&self, network: &crate::faults::FaultyNetwork) -> Store {
        Self::store_of(&self.outputs, Some(network)).await
    }

    /// A function's context, for endpoints that run in the test's process.
    pub async fn context(&self) -> Context {
        self.context_over(None, []).await
    }

    /// The same, with these settings, too.
    pub async fn context_with<const N: usize>(&self, settings: [(&'static str, String); N]) -> Context {
        self.context_over(None, settings).await
    }

    /// The same, over a faulty network.
    pub async fn faulty_context(&self, network: &crate::faults::FaultyNetwork) -> Context {
        self.context_over(Some(network), []).await
    }

    async fn context_over<const N: usize>(
        &self,
        network: Option<&crate::faults::FaultyNetwork>,
        more: [(&'static str, String); N],
    ) -> Context {
        let stack = |resource: &str| self.outputs["stack"][resource].as_str().unwrap_or_default().to_owned();
        let settings = [
            ("STAGE", "local".to_owned()),
            ("PUBLIC_URL", self.api().to_owned()),
            ("TABLE_ACCOUNTS", stack("AccountsTable")),
            ("TABLE_LEDGER", stack("LedgerTable")),
            ("TABLE_ORDERS", stack("OrdersTable")),
            ("TABLE_CATALOG", stack("CatalogTable")),
            ("TABLE_LIMITS", stack("LimitsTable")),
            ("TABLE_AUDIT", stack("AuditTable")),
            ("QUEUE_POLLS_URL", stack("PollsQueue")),
            ("QUEUE_CHECKS_URL", stack("ChecksQueue")),
            ("QUEUE_PARKED_URL", stack("ParkedQueue")),
            ("QUEUE_LETTERS_URL", stack("LettersQueue")),
            ("QUEUE_ERASURES_URL", stack("ErasuresQueue")),
            ("QUEUE_EXPORTS_URL", stack("ExportsQueue")),
            ("BUCKET_EXPORTS", stack("ExportsBucket")),
            ("QUEUE_INVOICES_URL", stack("InvoicesQueue")),
            ("QUEUE_RECONCILIATION_URL", stack("ReconciliationQueue")),
            ("BUCKET_INVOICES", stack("InvoicesBucket")),
            ("SECRET_SIGNING_ARN", stack("SigningSecret")),
            ("SECRET_SUPPLIERS_ARN", stack("SuppliersSecret")),
            ("FIVESIM_BASE_URL", format!("{}/v1", self.sim_url())),
            ("QUEUE_PAYMENTS_URL", stack("PaymentsQueue")),
            ("SECRET_GATEWAYS_ARN", stack("GatewaysSecret")),
            ("PAYSTACK_BASE_URL", self.simulator("paystack").to_owned()),
            ("STRIPE_BASE_URL", self.simulator("stripe").to_owned()),
            ("BTCPAY_BASE_URL", self.simulator("btcpay").to_owned()),
            ("BTCPAY_STORE", "local-store".to_owned()),
        ];
        let environment = Environment::of(settings.into_iter().chain(more));
        let aws = aws_of(&self.outputs, network).await;
        Context::over(database_of(&aws, network), environment, aws).expect("a context")
    }

    async fn store_of(outputs: &Value, network: Option<&crate::faults::FaultyNetwork>) -> Store {
        Store::new(database_of(&aws_of(outputs, network).await, network), tables_of(outputs))
    }

    /// Writes an item of strings that the deployed code would not write, such as one of a newer version.
    pub async fn put_item(&self, table: &str, item: impl IntoIterator<Item = (&str, String)>) {
        let item = item.into_iter().map(|(name, text)| (name.to_owned(), AttributeValue::S(text))).collect();
        let put = self.dynamodb().await.put_item().table_name(self.output(table)).set_item(Some(item));
        put.send().await.expect("an item is written");
    }

    /// Removes an attribute of an item, as if an older version had written it.
    pub async fn remove_attribute(&self, table: &str, pk: &str, sk: &str, attribute: &str) {
        let key = [("pk", pk), ("sk", sk)].map(|(name, text)| (name.to_owned(), AttributeValue::S(text.to_owned())));
        let update = self.dynamodb().await.update_item().table_name(self.output(table)).set_key(Some(key.into()));
        let update = update.update_expression("REMOVE #attribute").condition_expression("attribute_exists(#attribute)");
        update.expression_attribute_names("#attribute", attribute).send().await.expect("an item is changed");
    }

    /// Changes an attribute of an item to this text, as no code does. The expression calls the text `:value`, and reserved
    /// words `#status` and `#at`.
    pub async fn falsify(&self, table: &str, (pk, sk): (&str, &str), expression: &str, value: &str) {
        let key = [("pk", pk), ("sk", sk)].map(|(name, text)| (name.to_owned(), AttributeValue::S(text.to_owned())));
        let update = self.dynamodb().await.update_item().table_name(self.output(table)).set_key(Some(key.into()));
        let update =
            ["status", "at"].into_iter().filter(|name| expression.contains(&format!("#{name}"))).fold(
                update.update_expression(expression).condition_expression("attribute_exists(pk)"),
                |update, name| update.expression_attribute_names(format!("#{name}"), name),
            );
        let update = update.expression_attribute_values(":value", AttributeValue::S(value.to_owned()));
        update.send().await.expect("an item is changed");
    }

    /// Changes how many test orders a customer opened today, as if they had ended.
    pub async fn set_test_orders_of_today(&self, user: &UserId, opened: u32) {
        let key = [("pk", format!("WALLET#{user}#TEST")), ("sk", "BALANCE".to_owned())];
        let key = key.map(|(name, text)| (name.to_owned(), AttributeValue::S(text)));
        let update =
            self.dynamodb().await.update_item().table_name(self.output("LedgerTable")).set_key(Some(key.into()));
        let update = update.update_expression("SET #usage.today.verification = :opened");
        let update = update.expression_attribute_names("#usage", "usage");
        let update = update.expression_attribute_values(":opened", AttributeValue::N(opened.to_string()));
        update.send().await.expect("a wallet with test orders of today");
    }

    /// Writes copies of an order to a customer's list.
    pub async fn copy_order(&self, (owner, id): (&Customer, &OrderId), to: &Customer, times: u32) {
        let (dynamodb, table) = (self.dynamodb().await, self.output("OrdersTable"));
        let text = |text: String| AttributeValue::S(text);
        let read = dynamodb.get_item().table_name(table).key("pk", text(format!("USER#{}", owner.user)));
        let read = read.key("sk", text(id.to_string())).send().await.expect("an order is read");
        let mut item = read.item.expect("an order");
        item.insert("pk".to_owned(), text(format!("USER#{}", to.user)));
        item.insert("user_id".to_owned(), text(to.user.to_string()));
        for number in 0..times {
            let id = text(OrderId::new(self.now(), number.into()).to_string());
            item.extend([("sk".to_owned(), id.clone()), ("id".to_owned(), id)]);
            let put = dynamodb.put_item().table_name(table).set_item(Some(item.clone()));
            put.send().await.expect("an order is written");
        }
    }

    /// Deletes an item.
    pub async fn delete_item(&self, table: &str, pk: &str, sk: &str) {
        let key = [("pk", pk), ("sk", sk)].map(|(name, text)| (name.to_owned(), AttributeValue::S(text.to_owned())));
        let delete = self.dynamodb().await.delete_item().table_name(self.output(table)).set_key(Some(key.into()));
        delete.send().await.expect("an item is deleted");
    }

    async fn dynamodb(&self) -> Client {
        Client::new(&aws_of(&self.outputs, None).await)
    }

    /// The physical name of a resource of the stack.
    pub fn output(&self, name: &str) -> &str {
        self.outputs["stack"][name].as_str().unwrap_or_else(|| panic!("{name} is not an output of the stack"))
    }

    /// The URL of the list of mails.
    pub fn mailbox(&self) -> &str {
        self.outputs["mailbox"].as_str().expect("mailbox")
    }

    /// The base URL of the API.
    pub fn api(&self) -> &str {
        self.outputs["api_url"].as_str().expect("api_url")
    }

    /// The base URL of the distribution, behind which the API is.
    pub fn site(&self) -> &str {
        self.outputs["site_url"].as_str().expect("site_url")
    }

    /// The current time of the functions' clock.
    pub fn now(&self) -> Timestamp {
        #[expect(clippy::disallowed_methods, reason = "the functions' clock, seen from outside")]
        let real = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
        Timestamp::from_millis(i64::try_from(real.as_millis()).expect("before 9999") + self.offset() * 1000)
    }

    /// A new customer with this balance and all scopes of customers.
    pub async fn customer(&self, plan: Plan, credits: &str) -> Customer {
        let scopes = Permission::OF_KEYS;
        self.customer_with(plan, credits, &scopes).await
    }

    /// A customer who exists, with a key.
    pub fn customer_of(&self, user: &str, key: &str) -> Customer {
        let user = user.parse().expect("a customer's id");
        Customer::new(self.http.clone(), self.api().to_owned(), user, key.to_owned())
    }

    /// A new customer whose key has these scopes.
    pub async fn customer_with(&self, plan: Plan, credits: &str, scopes: &[Permission]) -> Customer {
        self.make_customer(plan, credits, scopes, Trust::Vouched).await
    }

    /// A new customer with this balance, all scopes of customers, and this trust.
    pub async fn customer_trusted(&self, plan: Plan, credits: &str, trust: Trust) -> Customer {
        self.make_customer(plan, credits, &Permission::OF_KEYS, trust).await
    }

    async fn make_customer(&self, plan: Plan, credits: &str, scopes: &[Permission], trust: Trust) -> Customer {
        let (now, mut random) = (self.now(), [0; 32]);
        getrandom::fill(&mut random).expect("randomness");
        let number = u128::from_be_bytes(random[..16].try_into().expect("sixteen bytes"));
        let key = ApiKeyText::new(UserId::new(now, number), random);
        let user = key.owner().clone();
        let email = format!("{user}@example.com").parse().expect("an address");
        let profile = Profile { trust, ..Profile::new(user.clone(), email, plan, now) };
        let name = "test".parse().expect("a name");
        let row = ApiKey::new(ApiKeyId::new(now, number), name, scopes.iter().copied().collect(), now);
        self.store.accounts().put_profile(&profile).await.expect("a profile");
        self.store.accounts().put_api_key(&user, &SecretHash::of(key.expose()), &row).await.expect("a key");
        let amount: Credits = credits.parse().expect("an amount");
        if amount.is_positive() {
            self.credit(&user, amount, "first credit").await.expect("a credit");
        }
        Customer::new(self.http.clone(), self.api().to_owned(), user, key.expose().to_owned())
    }

    /// Credits a wallet by an operator's correction, once per `key`.
    pub async fn credit(&self, user: &UserId, amount: Credits, key: &str) -> Result<Alone, NotCommitted> {
        self.credit_through(&self.store, user, amount, key).await
    }

    /// The same through another store.
    pub async fn credit_through(
        &self,
        store: &Store,
        user: &UserId,
        amount: Credits,
        key: &str,
    ) -> Result<Alone, NotCommitted> {
        self.correct((store, self.now()), user, Account::Adjustments, amount, key).await
    }

    /// The same at this time.
    pub async fn credit_at(
        &self,
        at: Timestamp,
        user: &UserId,
        amount: Credits,
        key: &str,
    ) -> Result<Alone, NotCommitted> {
        self.correct((&self.store, at), user, Account::Adjustments, amount, key).await
    }

    /// Takes money by an operator's correction, once for each `key`.
    pub async fn debit(&self, user: &UserId, amount: Credits, key: &str) -> Result<Alone, NotCommitted> {
        self.correct((&self.store, self.now()), user, Account::Available, amount, key).await
    }

    async fn correct(
        &self,
        (store, at): (&Store, Timestamp),
        user: &UserId,
        paid_by: Account,
        amount: Credits,
        key: &str,
    ) -> Result<Alone, NotCommitted> {
        let cause = Cause::Operator { reason: key.to_owned() };
        let movement = Movement::new(EntryKind::Adjustment, amount, cause, Actor::system("test"));
        let mut routes = EntryKind::Adjustment.routes(CauseKind::Operator);
        let route = routes.find(|route| route.debit == paid_by).expect("corrections have both routes");
        let fingerprint = amount.to_string();
        let key =
            IdempotencyKey { user: user.clone(), operation: "correct".to_owned(), key: key.to_owned(), fingerprint };
        let transaction = Transaction::alone(user.clone(), Movement { route, ..movement }, &key);
        store.commit(transaction, at).await
    }

    /// Controls the supplier's simulator (`POST /_sim/{path}`).
    pub async fn sim(&self, path: &str, body: Value) {
        self.control(self.sim_url(), path, body).await;
    }

    /// Controls the identity provider's simulator (`POST /_sim/{path}`).
    pub async fn identity(&self, path: &str, body: Value) {
        self.control(self.identity_url(), path, body).await;
    }

    pub(crate) async fn control(&self, simulator: &str, path: &str, body: Value) -> Value {
        let url = format!("{simulator}/_sim/{path}");
        let answer = self.http.post(url).json(&body).send().await.expect("the simulator");
        assert!(answer.status().is_success(), "simulator {path}: {}", answer.status());
        answer.json().await.unwrap_or(Value::Null)
    }

    /// Sets the rating of our account, in hundredths of a point, and lets the sweep read it.
    pub async fn rate_account(&self, hundredths: u32) {
        assert!(self.turn.alone, "only a test that runs alone may change the account");
        self.sim("rating", json!({ "token": SUPPLIER_KEY, "hundredths": hundredths })).await;
        self.sweep().await;
    }

    /// Sets the scenario of the next purchase of this 5SIM product.
    pub async fn plan(&self, product: &str, scenario: &str) {
        self.sim("scenario", json!({ "scenario": scenario, "product": product })).await;
    }

    /// The simulator's orders of this product.
    pub async fn sold(&self, product: &str) -> Vec<Value> {
        let url = format!("{}/_sim/orders", self.sim_url());
        let orders: Vec<Value> = self.http.get(url).send().await.expect("the simulator").json().await.expect("orders");
        orders.into_iter().filter(|order| order["product"] == product).collect()
    }

    fn cloud_url(&self) -> &str {
        self.outputs["cloud_url"].as_str().expect("cloud_url")
    }

    fn sim_url(&self) -> &str {
        self.simulator("fivesim")
    }

    /// The address of the identity provider's simulator.
    pub fn identity_url(&self) -> &str {
        self.simulator("identity")
    }

    /// The address of a simulator.
    pub fn simulator(&self, name: &str) -> &str {
        self.outputs["simulators"][name].as_str().unwrap_or_else(|| panic!("there is no simulator {name}"))
    }

    /// The address at which we take the events of a gateway.
    pub fn webhook(&self, gateway: &str) -> &str {
        self.outputs["webhooks"][gateway].as_str().unwrap_or_else(|| panic!("{gateway} has no webhook"))
    }

    /// Moves the clocks of the functions and the simulators forward.
    pub async fn advance(&self, seconds: i64) {
        assert!(self.turn.alone, "only a test that runs alone may move the clock");
        let offset = self.offset() + seconds;
        std::fs::write(self.local_dir().join("clock-offset"), offset.to_string()).expect("the clock's file");
        for simulator in self.outputs["simulators"].as_object().expect("simulators").values() {
            let address = simulator.as_str().expect("an address");
            self.control(address, "clock", json!({ "set_offset_s": offset })).await;
        }
    }

    fn offset(&self) -> i64 {
        let text = std::fs::read_to_string(self.local_dir().join("clock-offset")).unwrap_or_default();
        text.trim().parse().unwrap_or(0)
    }

    /// Kills the next function that reaches this fail point.
    pub fn kill_at(&self, point: &str) -> PathBuf {
        assert!(self.turn.alone, "only a test that runs alone may kill functions");
        let dir = self.local_dir().join("failpoints");
        std::fs::create_dir_all(&dir).expect("the fail points' folder");
        let file = dir.join(point);
        std::fs::write(&file, "").expect("a fail point");
        file
    }

    fn local_dir(&self) -> &Path {
        Path::new(self.outputs["local_dir"].as_str().expect("local_dir"))
    }

    /// Invokes a function by its logical id in the template and waits for its answer.
    pub async fn invoke(&self, function: &str, event: &Value) -> Value {
        let answer = self.call_function(function, event).await;
        let failed = answer.headers().get("x-amz-function-error").cloned();
        let status = answer.status();
        let body = answer.text().await.expect("a body");
        assert!(failed.is_none() && status.is_success(), "{function}: {status} {failed:?} {body}");
        serde_json::from_str(&body).unwrap_or(Value::Null)
    }

    async fn call_function(&self, function: &str, event: &Value) -> reqwest::Response {
        let name = self.outputs["stack"][function]
            .as_str()
            .unwrap_or_else(|| panic!("{function} is not a resource of template.yaml"));
        let url = format!("{}/2015-03-31/functions/{name}/invocations", self.cloud_url());
        let request = self.http.post(url).header("authorization", authorization("lambda")).json(event);
        request.send().await.expect("an answer")
    }

    /// Starts or stops the delivery of messages to a function.
    pub async fn enable_source_of(&self, function: &str, enabled: bool) {
        assert!(self.turn.alone, "only a test that runs alone may stop a queue");
        let url = format!("{}/2015-03-31/event-source-mappings/", self.cloud_url());
        let list = self.http.get(&url).query(&[("FunctionName", self.output(function))]);
        let list = list.header("authorization", authorization("lambda"));
        let list: Value = list.send().await.expect("the cloud").json().await.expect("mappings");
        let id = list["EventSourceMappings"][0]["UUID"].as_str().expect("a mapping");
        let put = self.http.put(format!("{url}{id}")).json(&json!({ "Enabled": enabled }));
        let put = put.header("authorization", authorization("lambda"));
        assert!(put.send().await.expect("the cloud").status().is_success());
    }

    /// Lets mail fail as during an outage of SES, or ends that. Returns how many mails it has refused.
    pub async fn mail_is_down(&self, is_down: bool) -> u64 {
        assert!(self.turn.alone, "only a test that runs alone may stop mail");
        let answer = self.ask_cloud("mail", &[("down", if is_down { "on" } else { "off" })]).await;
        answer["refused"].as_u64().expect("a count")
    }

    /// Makes the messages of a queue visible that are delayed or in flight. The queue is named as in the template.
    pub async fn wake(&self, queue: &str) {
        let name = self.output(queue).rsplit('/').next().unwrap_or_default();
        self.ask_cloud("wake", &[("queue", name)]).await;
    }

    /// Deletes the items of a table that have expired at this time.
    pub async fn expire(&self, table: &str, at: Timestamp) {
        assert!(self.turn.alone, "only a test that runs alone may delete what others use");
        self.ask_cloud("expire", &[("table", self.output(table)), ("at", &at.epoch_seconds().to_string())]).await;
    }

    async fn ask_cloud(&self, path: &str, parameters: &[(&str, &str)]) -> Value {
        let url = format!("{}/_namaskah/{path}", self.cloud_url());
        let answer = self.http.post(url).query(parameters).send().await.expect("the cloud");
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.json().await.expect("JSON")
    }

    /// Calls SQS.
    pub async fn sqs(&self, action: &str, call: &Value) -> Value {
        let request = self.http.post(self.cloud_url()).header("x-amz-target", format!("AmazonSQS.{action}"));
        let request =
            request.header("content-type", "application/x-amz-json-1.0").header("authorization", authorization("sqs"));
        let answer = request.body(call.to_string()).send().await.expect("the cloud");
        assert!(answer.status().is_success(), "{action}: {}", answer.status());
        serde_json::from_str(&answer.text().await.expect("a body")).unwrap_or(Value::Null)
    }

    /// Calls S3, below a bucket of the stack. Returns the status and the body.
    pub async fn s3(&self, method: &str, bucket: &str, path: &str) -> (u16, String) {
        let url = format!("{}/{}{path}", self.cloud_url(), self.output(bucket));
        let request = self.http.request(method.parse().expect("a method"), url);
        let answer = request.header("authorization", authorization("s3")).send().await.expect("the cloud");
        (answer.status().as_u16(), answer.text().await.expect("a body"))
    }

    /// The number of messages in the poll queue about this order, visible or not.
    pub async fn polls_of(&self, order: &domain::OrderId) -> usize {
        self.messages_about("PollsQueue", order).await
    }

    /// The number of messages in a queue about this order, visible or not.
    pub async fn messages_about(&self, queue: &str, order: &domain::OrderId) -> usize {
        let url = format!("{}/_ministack/sqs/messages", self.cloud_url());
        let all: Value = self.http.get(url).send().await.expect("the cloud").json().await.expect("messages");
        let queue = self.output(queue);
        let name = queue.rsplit('/').next().expect("a queue's name").to_owned();
        let queues = all["messages"]["000000000000"]["us-east-1"].as_object().expect("queues").clone();
        let messages = queues.into_iter().filter(|(url, _)| url.ends_with(&name)).map(|(_, messages)| messages);
        let about = |message: &Value| message["Body"].as_str().is_some_and(|body| body.contains(order.as_str()));
        messages.flat_map(|list| list.as_array().cloned().unwrap_or_default()).filter(about).count()
    }

    /// Invokes a function that may be killed while it works.
    pub async fn deliver(&self, function: &str, event: &Value) {
        self.call_function(function, event).await;
    }

    /// Runs the sweep, as the schedule does each minute.
    pub async fn sweep(&self) {
        self.invoke("VerificationsSweepFunction", &json!({})).await;
    }
}

/// The local cloud tells callers apart by the key's name; it does not check signatures.
fn authorization(service: &str) -> String {
    let scope = format!("test/20260101/us-east-1/{service}/aws4_request");
    format!("AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0")
}

async fn aws_of(outputs: &Value, network: Option<&crate::faults::FaultyNetwork>) -> aws_config::SdkConfig {
    let mut aws = aws_config::defaults(aws_config::BehaviorVersion::v2026_01_12());
    if let Some(network) = network {
        aws = aws.http_client(network.clone());
    }
    aws.endpoint_url(outputs["cloud_url"].as_str().expect("cloud_url"))
        .region(aws_config::Region::new("us-east-1"))
        .credentials_provider(aws_sdk_dynamodb::config::Credentials::new("test", "test", None, None, "tests"))
        .load()
        .await
}

fn database_of(aws: &aws_config::SdkConfig, network: Option<&crate::faults::FaultyNetwork>) -> Client {
    let config = aws_sdk_dynamodb::config::Builder::from(aws);
    // Clients of one process share a budget of retries. Planned faults would use it up for all others.
    let config = match network {
        Some(network) => config.retry_partition(RetryPartition::new(network.name())),
        None => config,
    };
    Client::from_conf(config.build())
}

fn tables_of(outputs: &Value) -> Tables {
    let text = |name: &str| outputs["stack"][name].as_str().unwrap_or_default().to_owned();
    Tables {
        accounts: text("AccountsTable"),
        ledger: text("LedgerTable"),
        orders: text("OrdersTable"),
        catalog: text("CatalogTable"),
        limits: text("LimitsTable"),
        audit: text("AuditTable"),
    }
}

fn read_outputs() -> Value {
    let path = std::env::var("NAMASKAH_OUTPUTS")
        .expect("NAMASKAH_OUTPUTS names the outputs.json of a running cloud (make e2e)");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).expect("outputs.json is JSON")
}
