//! A day of an operator: the program `admin` against the deployed stage.

use domain::{Plan, SupplierId, SupplierOrderId};
use namaskah_tests::Cloud;
use serde_json::{Value, json};
use std::path::Path;
use store::{Finding, FindingKind};

/// Runs the operator's program, as `make admin` does. Returns whether it succeeded, and its JSON.
async fn admin(arguments: &[&str]) -> (bool, Value) {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let mut command = std::process::Command::new(python);
    command.current_dir(repository).args(["dev/local.py", "admin", "local", "--json", "--actor", "ama"]);
    command.args(arguments);
    let done = tokio::task::spawn_blocking(move || command.output()).await.expect("no panic").expect("it starts");
    let text = if done.status.success() { &done.stdout } else { &done.stderr };
    let line = String::from_utf8_lossy(text).lines().last().unwrap_or_default().to_owned();
    (done.status.success(), serde_json::from_str(&line).unwrap_or_else(|_| panic!("{arguments:?}: {line}")))
}

pub(crate) async fn done(arguments: &[&str]) -> Value {
    let (succeeded, answer) = admin(arguments).await;
    assert!(succeeded, "{arguments:?}: {answer}");
    answer
}

pub(crate) async fn refused(arguments: &[&str]) -> String {
    let (succeeded, answer) = admin(arguments).await;
    assert!(!succeeded, "{arguments:?}: {answer}");
    answer["error"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_day_of_an_operator() {
    let cloud = Cloud::shared().await;
    let email = format!("Kofi.{}@Example.com", cloud.now().millis());
    let created = done(&["customers", "create", "--email", &email, "--plan", "starter"]).await;
    let id = created["id"].as_str().unwrap();
    assert_eq!(created["email"], email.to_lowercase());
    assert_eq!(
        (&created["plan"], &created["trust"], &created["active"]),
        (&json!("starter"), &json!("earned"), &json!(true))
    );
    assert!(refused(&["customers", "create", "--email", &email]).await.contains(id), "an address has one customer");
    assert_eq!(done(&["customers", "find", "--email", &email]).await["id"], id);

    // Money: once, although the command is repeated.
    let credit = ["wallet", "credit", "--customer", id, "--amount", "5", "--reason", "a welcome"];
    let credited = done(&credit).await;
    assert_eq!(
        (&credited["id"], &credited["available"], &credited["done_before"]),
        (&json!(id), &json!("5.0000"), &json!(false))
    );
    let again = done(&credit).await;
    assert_eq!((&again["available"], &again["done_before"]), (&json!("5.0000"), &json!(true)));
    let too_much = ["wallet", "debit", "--customer", id, "--amount", "6", "--reason", "a mistake"];
    assert!(refused(&too_much).await.contains("1.0000 credits are missing"));
    let reused = ["wallet", "credit", "--customer", id, "--amount", "1", "--reason", "x", "--key", "k"];
    done(&reused).await;
    let other = ["wallet", "debit", "--customer", id, "--amount", "1", "--reason", "x", "--key", "k"];
    assert!(refused(&other).await.contains("key"), "a key is for one correction");

    // A key that buys.
    let made = done(&["keys", "create", "--customer", &email, "--name", "first"]).await;
    assert!(!made["scopes"].to_string().contains("metrics"), "{made}");
    let customer = cloud.customer_of(id, made["key"].as_str().unwrap());
    let bought = customer.buy_patiently("whatsapp", "GH", "first").await;
    assert_eq!(bought.status, 201, "{bought:?}");
    customer.wait_for(&bought.order_id(), &["completed"]).await;

    // "Where is my money?"
    let order = bought.order_id().to_string();
    let number = bought.body["phone_number"].as_str().unwrap();
    assert_eq!(done(&["customers", "find", "--order", &order]).await["id"], id);
    let had = done(&["customers", "find", "--number", number]).await;
    assert!(had["items"].as_array().unwrap().iter().any(|customer| customer["id"] == id), "{had}");
    let orders = done(&["orders", "find", "--number", number]).await;
    assert!(orders["items"].as_array().unwrap().iter().any(|found| found["id"] == order.as_str()), "{orders}");
    let shown = done(&["orders", "show", &order]).await;
    let kinds: Vec<_> = shown["entries"].as_array().unwrap().iter().map(|entry| entry["kind"].clone()).collect();
    assert_eq!(kinds, ["hold", "capture"], "{shown}");
    assert_eq!((&shown["status"], &shown["held"]), (&json!("completed"), &json!("0.0000")));
    assert!(shown["supplier_says"]["messages"].as_u64() >= Some(1), "{shown}");
    assert!(!shown.to_string().contains(number), "no number");
    assert_eq!(done(&["orders", "settle", &order, "--customer", id]).await["status"], "completed");
    let listed = done(&["orders", "list", &email]).await;
    assert_eq!(
        (&listed["items"][0]["id"], &listed["items"][0]["status"], listed["items"].as_array().unwrap().len()),
        (&json!(order), &json!("completed"), 1)
    );
    let entries = done(&["wallet", "entries", id]).await;
    let entries = entries["items"].as_array().unwrap();
    let kinds: Vec<_> = entries.iter().map(|entry| entry["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["adjustment", "adjustment", "hold", "capture"], "the newest at the end");
    assert_eq!((&entries[0]["cause"]["reason"], &entries[0]["by"]), (&json!("a welcome"), &json!("operator:ama")));
    let newest = done(&["wallet", "entries", id, "--most", "1"]).await;
    assert_eq!((&newest["items"][0]["kind"], &newest["items"][1]), (&json!("capture"), &Value::Null), "{newest}");

    // Plan, and the end of the account.
    done(&["customers", "plan", id, "pro"]).await;
    assert_eq!(customer.get("/api/v1/wallet").await.body["plan"], "pro");
    done(&["customers", "disable", id, "--reason", "asked for it"]).await;
    assert_eq!(customer.get("/api/v1/wallet").await.code(), "account_disabled");
    done(&["customers", "enable", id]).await;
    assert_eq!(customer.get("/api/v1/wallet").await.status, 200);
    let key = made["id"].as_str().unwrap();
    done(&["keys", "revoke", "--customer", id, key]).await;
    assert_eq!(customer.get("/api/v1/wallet").await.status, 401);
    let keys = done(&["keys", "list", "--customer", id]).await;
    assert!(!keys["items"][0]["expires_at"].is_null(), "{keys}");

    // The books, and who did what.
    let proof = done(&["ledger", "proof", "--customer", id]).await;
    assert_eq!((&proof["wallets"], &proof["entries"], &proof["wrong"]), (&json!(1), &json!(4), &json!([])));
    let trail = done(&["audit"]).await;
    let mine = trail["items"].as_array().unwrap().iter().filter(|line| line["account"] == id);
    let actions: Vec<_> = mine.map(|line| (line["action"].as_str().unwrap(), line["actor"].clone())).collect();
    let expected = [
        "customer.create",
        "wallet.correct",
        "wallet.correct",
        "key.create",
        "customer.plan",
        "customer.disable",
        "customer.enable",
        "key.revoke",
    ];
    assert_eq!(actions, expected.map(|action| (action, json!("operator:ama"))));
    assert!(!trail.to_string().contains(made["key"].as_str().unwrap()), "a key in the trail");
}

#[tokio::test]
async fn an_operator_hires_the_first_owner_and_helps_who_lost_the_app() {
    let cloud = Cloud::shared().await;
    let email = cloud.new_address();
    let hire = ["staff", "hire", "--email", &email, "--role", "owner", "--reason", "the first one"];
    let hired = done(&hire).await;
    let (id, first) = (hired["id"].as_str().unwrap(), hired["first_password"].as_str().unwrap());
    assert_eq!(hired["role"], "owner", "{hired}");
    let body = json!({ "email": email, "password": first });
    let next = cloud.stranger().send("POST", "/api/v1/admin/auth/login", Some(&body), &[]).await;
    assert_eq!(next.body["next"], "replace_password", "{next:?}");
    // Too old: a new one. The challenge that the old one opened ends with it.
    let renewed = done(&["staff", "first-password", &email, "--reason", "too late"]).await;
    let second = renewed["first_password"].as_str().unwrap();
    assert_ne!(second, first);
    let login = async |password: &str| {
        let body = json!({ "email": email, "password": password });
        cloud.stranger().send("POST", "/api/v1/admin/auth/login", Some(&body), &[]).await
    };
    assert_eq!(login(first).await.code(), "invalid_credentials");
    let old = json!({ "challenge": next.body["challenge"], "new_password": "correct horse battery staple" });
    let old = cloud.stranger().send("POST", "/api/v1/admin/auth/first-password", Some(&old), &[]).await;
    assert_eq!((old.status, old.code()), (410, "link_not_valid"));
    assert_eq!(login(second).await.body["next"], "replace_password");
    assert!(!done(&["customers", "show", &email]).await["first_password_until"].is_null());
    let listed = done(&["staff", "list"]).await;
    assert!(listed["items"].as_array().unwrap().iter().any(|person| person["id"] == id), "{listed}");
    assert!(done(&["staff", "dismiss", id, "--reason", "a test"]).await["role"].is_null());

    // Somebody who has an account keeps the password.
    let guarded = crate::second_factor::Guarded::new(&cloud).await;
    let email = &guarded.person.email;
    let promoted = done(&["staff", "hire", "--email", email, "--role", "support", "--reason", "a test"]).await;
    assert_eq!((&promoted["role"], &promoted["first_password"]), (&json!("support"), &json!(null)), "{promoted}");
    done(&["staff", "dismiss", email, "--reason", "a test"]).await;
    done(&["customers", "factor-off", email, "--reason", "showed an identity card"]).await;
    let again = cloud.signed_in(email, namaskah_tests::PASSWORD).await;
    done(&["customers", "sign-out", email, "--reason", "a test"]).await;
    assert_eq!(again.client.get("/api/v1/me").await.code(), "unauthenticated");
    assert!(refused(&["staff", "first-password", email, "--reason", "x"]).await.contains("has no first password"));
    // Signed up, a second factor on and off, a new sign-in.
    assert!(cloud.letter(email, 3).await.text.contains("off"), "the letter does not say so");
}

#[tokio::test]
async fn an_operator_ends_the_ways_in_of_somebody_else() {
    let cloud = Cloud::shared().await;
    let person = cloud.person().await;
    let (email, client) = (&person.email, &person.client);
    let mut device = crate::authenticator::Device::default();
    let passkey = crate::passkeys::added(&cloud, client, &mut device).await;
    assert!(crate::google::link(&cloud, client, email).await.status < 300);
    let shown = done(&["customers", "show", email]).await;
    assert_eq!((&shown["password"], &shown["second_factor_since"]), (&json!(true), &Value::Null), "{shown}");
    assert_eq!((&shown["passkeys"][0]["id"], &shown["google"]["email"]), (&json!(passkey), &json!(email)), "{shown}");

    done(&["customers", "remove-passkey", email, &passkey, "--reason", "taken over"]).await;
    cloud.letter_with(email, &["A passkey was removed"]).await;
    done(&["customers", "unlink-google", email, "--reason", "taken over"]).await;
    let shown = done(&["customers", "show", email]).await;
    assert_eq!((&shown["passkeys"], &shown["google"]), (&json!([]), &Value::Null), "{shown}");
    assert!(refused(&["customers", "unlink-google", email, "--reason", "x"]).await.contains("there is no link"));
    let again = ["customers", "remove-passkey", email, &passkey, "--reason", "x"];
    assert!(refused(&again).await.contains("there is no passkey"));
    // The account at Google and the device are free for another account.
    assert_eq!(crate::google::sign_in(&cloud, email).await.code(), "link_account");

    // Both names of a person of the staff, the newest lines at the end.
    let boss = crate::staff::colleague(&cloud, domain::access::StaffRole::Owner).await;
    let user = client.user.as_str();
    let ban = json!({ "reason": "a test" });
    let banned = boss.client.send("POST", &format!("/api/v1/admin/users/{user}/ban"), Some(&ban), &[]).await;
    assert!(banned.status < 300, "{banned:?}");
    let trail = done(&["audit", "--operator", "ama", "--operator", boss.client.user.as_str()]).await;
    let mine = trail["items"].as_array().unwrap().iter().filter(|line| line["account"] == user);
    let actions: Vec<_> = mine.map(|line| line["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["customer.passkey_remove", "customer.google_unlink", "customer.disable"]);
}

#[tokio::test]
async fn a_finding_is_resolved_by_a_person() {
    let cloud = Cloud::shared().await;
    let now = cloud.now();
    let sale = SupplierOrderId::new(now.millis().to_string());
    let finding = Finding::about_sale(FindingKind::WrongNumber, &SupplierId::new("nobody"), &sale, now);
    assert!(cloud.store.orders().put_finding(&finding).await.unwrap());
    let id = finding.id.as_str();
    let listed = async |arguments: &[&str]| {
        let found = done(arguments).await;
        found["items"].as_array().unwrap().iter().any(|item| item["id"] == id)
    };
    assert!(listed(&["findings", "list"]).await);
    let resolved = done(&["findings", "resolve", id, "--note", "the supplier knows"]).await;
    assert_eq!(resolved["resolved"]["note"], "the supplier knows");
    assert!(!listed(&["findings", "list"]).await);
    assert!(listed(&["findings", "list", "--all"]).await);
}

#[tokio::test]
async fn an_operator_decides_what_is_sold() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    let class = async |name: &str| done(&["catalog", "class", "microsoft", name]).await;
    assert_eq!(class("blocked").await["in_catalog"], true);
    assert_eq!(customer.buy("microsoft", "GB", "blocked").await.code(), "service_blocked");
    class("common").await;
    let bought = customer.buy_patiently("microsoft", "GB", "sold").await;
    assert_ne!(bought.code(), "service_blocked", "{bought:?}");
    let unknown = done(&["catalog", "class", "not-seen-yet", "hard"]).await;
    assert_eq!((&unknown["id"], &unknown["in_catalog"]), (&json!("not-seen-yet"), &json!(false)));
}

#[tokio::test]
async fn all_wallets_are_proven() {
    let _cloud = Cloud::alone().await;
    let proof = done(&["ledger", "proof"]).await;
    assert_eq!(proof["wrong"], json!([]), "{proof}");
    assert!(proof["wallets"].as_u64() >= Some(1));
}

#[tokio::test]
async fn wrong_commands_are_one_clear_line() {
    let _cloud = Cloud::shared().await;
    for (arguments, says) in [
        (
            &["customers", "show", "usr_01JD7Q3XKZ9V0C4T8W2M6N5B1A"][..],
            "there is no customer usr_01JD7Q3XKZ9V0C4T8W2M6N5B1A",
        ),
        (&["customers", "find", "--email", "nobody@example.com"], "there is no customer nobody@example.com"),
        (&["audit", "--day", "yesterday"], "yesterday is not a day like 2026-11-27"),
    ] {
        assert_eq!(refused(arguments).await, says);
    }
}
