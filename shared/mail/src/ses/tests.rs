//! The request to SES, and what its answers mean.

use super::*;
use crate::{Letter, samples::samples};
use aws_config::{BehaviorVersion, Region, retry::RetryConfig};
use aws_sdk_ses::config::Credentials;
use aws_smithy_runtime_api::client::{
    http::{HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector},
    orchestrator::{HttpRequest, HttpResponse},
    result::ConnectorError,
    runtime_components::RuntimeComponents,
};
use aws_smithy_types::body::SdkBody;
use domain::{Language, MailId, Timestamp};
use runtime::Environment;
use std::sync::{Arc, Mutex};

/// A network that answers every request in the same way, and keeps the bodies of requests.
#[derive(Clone, Debug)]
struct Network {
    answer: Option<(u16, &'static str)>,
    seen: Arc<Mutex<Vec<String>>>,
}

impl HttpClient for Network {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Network {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let body = request.body().bytes().unwrap_or_default();
        self.seen.lock().unwrap().push(String::from_utf8_lossy(body).into_owned());
        HttpConnectorFuture::ready(match self.answer {
            Some((status, body)) => Ok(HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body))),
            None => Err(ConnectorError::timeout("no answer".into())),
        })
    }
}

/// Sends a letter over a network with this answer. Returns the result and the requests.
async fn send(answer: Option<(u16, &'static str)>, letter: &Letter) -> (Result<Sent, SendError>, Vec<String>) {
    let network = Network { answer, seen: Arc::default() };
    let aws = aws_config::SdkConfig::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::from_static("us-east-1"))
        .credentials_provider(aws_sdk_ses::config::SharedCredentialsProvider::new(Credentials::new(
            "a", "b", None, None, "test",
        )))
        .retry_config(RetryConfig::disabled())
        .http_client(network.clone())
        .build();
    let environment =
        Environment::of([("MAIL_FROM", "Namaskah <hello@example.com>"), ("MAIL_CONFIGURATION_SET", "mail-events")]);
    let context = Context::new(environment, aws).unwrap();
    let mailer = context.get::<SesMailer>().await.unwrap();
    let from = &mailer.settings().from;
    let rendered = letter.render(Language::Hindi, from, None);
    let at = Timestamp::from_millis(0);
    let (to, id) = ("ama@bücher.example".parse().unwrap(), MailId::new(at, 7));
    let result = mailer.send(&Outgoing { from, to: &to, reply_to: None, rendered: &rendered, at, id: &id }).await;
    let seen = network.seen.lock().unwrap().clone();
    (result, seen)
}

const ACCEPTED: &str = "<SendRawEmailResponse><SendRawEmailResult><MessageId>0101-abc</MessageId></SendRawEmailResult>\
                        <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></SendRawEmailResponse>";

#[tokio::test]
async fn a_mail_is_sent_raw_under_the_configuration_set() {
    let letters = samples().unwrap();
    let (sent, requests) = send(Some((200, ACCEPTED)), &letters[0]).await;
    assert_eq!(sent.unwrap().message_id, "0101-abc");
    let [request] = requests.as_slice() else { panic!("one request: {requests:?}") };
    for part in [
        "Action=SendRawEmail",
        "Source=hello%40example.com",
        "Destinations.member.1=ama%40xn--bcher-kva.example",
        "ConfigurationSetName=mail-events",
        "Tags.member.1.Name=letter",
        "Tags.member.1.Value=verify_email",
        "Tags.member.2.Name=address",
        "Tags.member.3.Name=sent_ms",
        "Tags.member.3.Value=0",
        &format!("Tags.member.2.Value={}", AddressHash::of(&"ama@bücher.example".parse().unwrap())),
        "RawMessage.Data=",
    ] {
        assert!(request.contains(part), "{part} in {request}");
    }
}

#[tokio::test]
async fn an_answer_of_ses_becomes_what_can_be_done() {
    let letters = samples().unwrap();
    let refused = "<ErrorResponse><Error><Type>Sender</Type><Code>MessageRejected</Code>\
                   <Message>Address blacklisted: ama@example.org</Message></Error></ErrorResponse>";
    let unknown_set = "<ErrorResponse><Error><Type>Sender</Type><Code>ConfigurationSetDoesNotExist</Code>\
                       <Message>Configuration set &lt;mail-events&gt; does not exist.</Message></Error></ErrorResponse>";
    let rate = "<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code>\
                <Message>Maximum sending rate exceeded.</Message></Error></ErrorResponse>";
    for (answer, shown) in [
        (Some((400, refused)), "the mail is refused: MessageRejected"),
        (Some((400, unknown_set)), "mail is misconfigured: ConfigurationSetDoesNotExist"),
        (Some((400, rate)), "the mail can't be sent now: Throttling"),
        (Some((503, "<html>")), "the mail can't be sent now: no code"),
        (Some((200, "<html>")), "the mail can't be sent now: no code"),
        (None, "the mail can't be sent now: no answer"),
    ] {
        let (result, _) = send(answer, &letters[0]).await;
        let error = result.unwrap_err();
        assert_eq!(error.to_string(), shown);
        assert!(!format!("{error:?}").contains('@'), "{error:?}");
    }
}

#[tokio::test]
async fn without_a_sender_there_is_no_mailer() {
    let aws = aws_config::SdkConfig::builder().behavior_version(BehaviorVersion::v2026_01_12()).build();
    let context = Context::new(Environment::of::<&str, &str>([]), aws).unwrap();
    assert_eq!(context.get::<SesMailer>().await.unwrap_err(), ConfigError::Missing("MAIL_FROM".to_owned()));
}
