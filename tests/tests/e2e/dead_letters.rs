//! Dead letters: shown, and sent back to their queues by a person.

use crate::operator::done;
use domain::{OrderId, Plan, Timestamp};
use namaskah_tests::Cloud;
use serde_json::{Value, json};

/// How often a check is received before it is a dead letter (`maxReceiveCount`).
const MOST_RECEIVED: usize = 10;

/// Sends the check of an order, and receives it until it is a dead letter.
async fn kill_check(cloud: &Cloud, message: &Value) {
    let queue = json!({ "QueueUrl": cloud.output("ChecksQueue") });
    let with = |more: Value| {
        let mut call = queue.clone();
        call.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        call
    };
    cloud.sqs("SendMessage", &with(json!({ "MessageBody": message.to_string() }))).await;
    for _ in 0..=MOST_RECEIVED {
        cloud.sqs("ReceiveMessage", &with(json!({ "VisibilityTimeout": 0, "MaxNumberOfMessages": 10 }))).await;
    }
}

#[tokio::test]
async fn a_redrive_returns_a_message_to_its_queue() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Pro, "1").await;
    // No such order exists, so its check has nothing to do.
    let order = OrderId::new(Timestamp::from_millis(1_795_996_800_000), u128::from(rand_of(&customer.user)));
    let message = json!({ "user_id": customer.user, "order_id": order });
    cloud.enable_source_of("VerificationsCheckFunction", false).await;
    kill_check(&cloud, &message).await;

    let listed = async || {
        let letters = done(&["letters", "dead"]).await["items"].clone();
        letters.as_array().unwrap().iter().find(|letter| letter["message"] == message).cloned()
    };
    let letter = listed().await.expect("a dead letter");
    assert_eq!(letter["queue"], "checks");
    assert!(!letter["sent_at"].is_null());
    assert!(listed().await.is_some(), "showing it changes nothing");

    let redriven = done(&["letters", "redrive"]).await;
    assert!(redriven["sent"].as_u64() >= Some(1), "{redriven}");
    assert!(listed().await.is_none());
    assert_eq!(cloud.messages_about("ChecksQueue", &order).await, 1);

    cloud.enable_source_of("VerificationsCheckFunction", true).await;
    for _ in 0..100 {
        if cloud.messages_about("ChecksQueue", &order).await == 0 {
            return;
        }
        runtime::pause(std::time::Duration::from_millis(200)).await;
    }
    panic!("the check was not processed");
}

fn rand_of(text: &impl ToString) -> u64 {
    text.to_string().bytes().fold(7, |sum, byte| sum * 31 % 1_000_000_007 + u64::from(byte))
}

#[tokio::test]
async fn parked_messages_are_shown() {
    let cloud = Cloud::shared().await;
    let place = json!({ "function": "a-test", "pk": cloud.now().millis().to_string() });
    let send = json!({ "QueueUrl": cloud.output("ParkedQueue"), "MessageBody": place.to_string() });
    cloud.sqs("SendMessage", &send).await;
    let parked = done(&["letters", "parked"]).await["items"].clone();
    assert!(parked.as_array().unwrap().iter().any(|letter| letter["message"] == place), "{parked}");
}
