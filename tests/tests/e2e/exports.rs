//! Exports: what they contain, who gets them, and that the file opens.

use domain::{Timestamp, access::SecretHash};
use namaskah_tests::{Answer, Cloud, Person};
use serde_json::{Value, json};
use std::{process::Command, time::Duration};

/// Reads a zip with Python, as a person's programs would: the number of records in each file, and all texts together.
const READ: &str = r#"
import csv, io, json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    assert archive.testzip() is None
    texts = {name: archive.read(name).decode() for name in archive.namelist()}
lists = {name: len(json.loads(text) or []) for name, text in texts.items() if name.endswith(".json")}
tables = {name: len(list(csv.reader(io.StringIO(text)))) - 1 for name, text in texts.items() if name.endswith(".csv")}
print(json.dumps({"records": lists | tables, "text": "\n".join(texts.values())}))
"#;

async fn ask(person: &Person) -> Answer {
    person.client.send("POST", "/api/v1/me/export", Some(&json!({})), &[]).await
}

async fn download(person: &Person, token: &str) -> Answer {
    let body = json!({ "token": token });
    person.client.send("POST", "/api/v1/me/export/download", Some(&body), &[]).await
}

fn read(zip: &[u8], name: &str) -> Value {
    let file = std::env::temp_dir().join(name);
    std::fs::write(&file, zip).unwrap();
    let output = Command::new("python3").args(["-c", READ]).arg(&file).output().unwrap();
    std::fs::remove_file(&file).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The text of all files in a new export of this person.
pub async fn text_of_export(cloud: &Cloud, person: &Person) -> String {
    assert_eq!(ask(person).await.status, 202);
    let token = cloud.letter_with(&person.email, &["/download-export#"]).await.token();
    let url = download(person, &token).await.body["url"].as_str().unwrap().to_owned();
    let zip = cloud.http.get(url).send().await.unwrap().bytes().await.unwrap();
    read(&zip, &format!("{}.zip", person.client.user))["text"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_person_gets_a_copy_of_everything() {
    let cloud = Cloud::shared().await;
    let (person, other) = (cloud.person().await, cloud.person().await);
    let (client, user) = (&person.client, &person.client.user);
    let made = client.make_key(&json!({ "name": "the key of my script", "scopes": ["orders:read"] })).await;
    let hash = SecretHash::of(made.body["key"].as_str().unwrap());
    cloud.credit(user, "5".parse().unwrap(), "more").await.unwrap();
    let bought = client.buy("naver", "GH", "k").await.order_id();
    let order = client.wait_for(&bought, &["completed"]).await;
    // More than two pages.
    cloud.copy_order((client, &bought), client, 450).await;
    client.send("PATCH", "/api/v1/me", Some(&json!({ "language": "fr" })), &[]).await;

    let asked = ask(&person).await;
    assert_eq!(asked.status, 202, "{asked:?}");
    let again = ask(&person).await;
    assert_eq!((again.status, again.code()), (429, "export_too_soon"), "{again:?}");
    assert_eq!(again.body["from"], asked.body["next_from"]);
    let token = cloud.letter_with(&person.email, &["/download-export#"]).await.token();

    // The token alone is not enough, nor is a session.
    let foreign = download(&other, &token).await;
    assert_eq!((foreign.status, foreign.code()), (410, "export_not_available"), "{foreign:?}");
    let invented = format!("nso_{}", "0".repeat(32));
    assert_eq!(download(&person, &invented).await.code(), "export_not_available");
    let answer = download(&person, &token).await;
    assert_eq!((answer.status, &answer.headers["cache-control"]), (200, &"no-store".parse().unwrap()), "{answer:?}");
    let file = cloud.http.get(answer.body["url"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(file.status().as_u16(), 200);
    let zip = file.bytes().await.unwrap();

    let found = read(&zip, &format!("{user}.zip"));
    let records = &found["records"];
    for (file, expected) in
        [("orders.json", 451), ("orders.csv", 451), ("messages.csv", 451), ("keys.json", 1), ("entries.csv", 4)]
    {
        assert_eq!(records[file], expected, "{file}: {records}");
    }
    assert!(records["sessions.json"].as_u64() >= Some(1) && records["activity.csv"].as_u64() >= Some(3), "{records}");
    let text = found["text"].as_str().unwrap();
    let code = order["code"].as_str().unwrap();
    for own in [person.email.as_str(), code, "the key of my script", "Vos données"] {
        assert!(text.contains(own), "{own}");
    }
    for secret in ["argon2", hash.as_str(), "supplier_order", "\"cap\"", "poller"] {
        assert!(!text.contains(secret), "{secret}");
    }
    let activity = client.get("/api/v1/me/activity").await.body.to_string();
    for action in ["export_requested", "export_downloaded"] {
        assert!(activity.contains(action), "{activity}");
    }
}

#[tokio::test]
async fn exports_expire() {
    let cloud = Cloud::alone().await;
    let person = cloud.person().await;
    assert_eq!(ask(&person).await.status, 202);
    let token = cloud.letter_with(&person.email, &["/download-export#"]).await.token();
    cloud.advance(72 * 3600 + 60).await;
    let person = cloud.signed_in(&person.email, namaskah_tests::PASSWORD).await;
    assert_eq!(download(&person, &token).await.code(), "export_not_available");
    assert_eq!(ask(&person).await.status, 202, "the next one may be asked for");
}

#[tokio::test]
async fn entries_of_a_period_are_exported() {
    let cloud = Cloud::shared().await;
    let person = cloud.person().await;
    let (user, now) = (&person.client.user, cloud.now());
    // The registration's gift is the first entry. More entries than two pages, an hour apart, from the future.
    let at = |n: u64| now.plus(Duration::from_hours(n));
    for n in 1..=450 {
        cloud.credit_at(at(n), user, "0.01".parse().unwrap(), &format!("n{n}")).await.unwrap();
    }
    let ask = async |from: Timestamp, to: Timestamp| {
        let body = json!({ "from": from, "to": to });
        person.client.send("POST", "/api/v1/wallet/entries/export", Some(&body), &[]).await
    };
    let asked = ask(at(11), at(431)).await;
    assert_eq!(asked.status, 202, "{asked:?}");
    let again = ask(at(1), at(2)).await;
    assert_eq!((again.status, again.code()), (429, "export_too_soon"), "{again:?}");
    assert_eq!(again.body["from"], asked.body["next_from"]);
    let other = person.client.send("POST", "/api/v1/me/export", Some(&json!({})), &[]).await;
    assert_eq!(other.status, 202, "the other kind has a limit of its own: {other:?}");

    let token = cloud.letter_with(&person.email, &["CSV", "/download-export#"]).await.token();
    let url = download(&person, &token).await.body["url"].as_str().unwrap().to_owned();
    let zip = cloud.http.get(url).send().await.unwrap().bytes().await.unwrap();
    let found = read(&zip, &format!("{user}-entries.zip"));
    assert_eq!(found["records"], json!({ "entries.json": 420, "entries.csv": 420 }));
    let text = found["text"].as_str().unwrap();
    assert!(text.contains(&at(11).to_string()) && text.contains(&at(430).to_string()));
    assert!(
        !text.contains(&at(10).to_string()) && !text.contains(&at(431).to_string()),
        "the period's end is exclusive"
    );
    assert!(text.contains("house:adjustments"), "{}", &text[..300]);
}
