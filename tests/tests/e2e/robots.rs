//! The check for robots, with the deployed database.

use api::axum::body::{Body, to_bytes};
use lambda_http::{http::Request, tower::ServiceExt};
use namaskah_tests::Cloud;
use runtime::Context;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// A proof of eight bits, found as the reference tells.
fn proof(purpose: &str, seconds: i64, salt: &str) -> String {
    let candidates = (0_u32..).map(|n| format!("{seconds}.{salt}{n:016x}"));
    let fits = |proof: &String| Sha256::digest(format!("{purpose} {proof}"))[0] == 0;
    let mut found = candidates.filter(fits);
    found.next().unwrap()
}

/// Signs in as nobody, and returns the status and the problem.
async fn sign_in(context: &Context, proof: Option<&str>) -> (u16, Value) {
    let request = Request::post("/api/v1/auth/login").header("content-type", "application/json");
    let request = proof.into_iter().fold(request, |request, proof| request.header("proof-of-work", proof));
    let body = r#"{"email": "robot@namaskah.example", "password": "correct horse battery"}"#;
    let router = api::router(context.clone(), auth::DOMAIN.endpoints.iter().copied());
    let answer = router.oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
    let status = answer.status().as_u16();
    (status, serde_json::from_slice(&to_bytes(answer.into_body(), 10_000).await.unwrap()).unwrap())
}

#[tokio::test]
async fn a_proof_of_work_opens_one_sign_in() {
    let cloud = Cloud::shared().await;
    let context = cloud.context_with([("ROBOT_CHECK", "work:8".to_owned())]).await;
    let now = context.now().epoch_seconds();
    let (status, problem) = sign_in(&context, None).await;
    assert_eq!((status, &problem["code"]), (403, &"proof_of_work_required".into()), "{problem}");
    assert_eq!((&problem["bits"], &problem["purpose"]), (&8.into(), &"login".into()));

    let good = proof("login", now, "a");
    for refused in [&proof("register", now, "b"), &proof("login", now - 400, "c"), "x", &good[1..]] {
        assert_eq!(sign_in(&context, Some(refused)).await.0, 403, "{refused}");
    }
    // Of two at once, one passes the check; it is then told that the password is wrong.
    let (one, other) = tokio::join!(sign_in(&context, Some(&good)), sign_in(&context, Some(&good)));
    let mut codes = [one, other].map(|(_, problem)| problem["code"].as_str().unwrap().to_owned());
    codes.sort();
    assert_eq!(codes, ["invalid_credentials", "proof_of_work_required"]);
    assert_eq!(sign_in(&context, Some(&good)).await.0, 403, "a proof works once");
}

#[tokio::test]
async fn without_the_check_nothing_is_asked() {
    let cloud = Cloud::shared().await;
    let (status, problem) = sign_in(&cloud.context().await, None).await;
    assert_eq!((status, &problem["code"]), (401, &"invalid_credentials".into()), "{problem}");
}

#[tokio::test]
async fn a_check_that_is_not_understood_refuses_everybody() {
    let cloud = Cloud::shared().await;
    let context = cloud.context_with([("ROBOT_CHECK", "captcha".to_owned())]).await;
    assert_eq!(sign_in(&context, None).await.0, 500);
}
