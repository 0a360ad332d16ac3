//! Webhooks: what happens is told to the merchant's address, signed by the secret key.

use super::{
    codes,
    plan::{self, Fault, Moment},
    world::World,
};
use crate::webhooks::Attempt;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::time::Duration;

const FEW_MINUTES: Duration = Duration::from_mins(3);
const HOUR: Duration = Duration::from_hours(1);

/// After the first attempt: every three minutes four times, then hourly for 72 hours, as in live mode.
pub const PAUSES: &[Duration] = {
    const ALL: [Duration; 76] = {
        let mut all = [HOUR; 76];
        let mut at = 0;
        while at < 4 {
            all[at] = FEW_MINUTES;
            at += 1;
        }
        all
    };
    &ALL
};

/// Where webhooks go.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    pub url: String,
    /// The key that signs them in place of the API's.
    pub secret: Option<String>,
}

impl World {
    /// Tells the merchant of an event of the payment with this reference.
    pub fn tell(&mut self, event: &str, reference: &str, data: &Value) {
        let Some(target) = self.target.clone() else { return };
        let fault = plan::take(&mut self.plans, Moment::Webhook, reference, event);
        let kind = fault.as_ref().map(|plan| plan.fault);
        let late_ms = fault.filter(|plan| plan.fault == Fault::WebhookLate).map_or(0, |plan| plan.milliseconds());
        let key = match kind {
            Some(Fault::WebhookNever) => return,
            Some(Fault::WebhookWrongSignature) => "sk_of_somebody_else".to_owned(),
            _ => target.secret.unwrap_or_else(|| self.key().to_owned()),
        };
        let body = json!({ "event": event, "data": data }).to_string();
        let signature = codes::signature(&key, &body);
        for _ in 0..if kind == Some(Fault::WebhookTwice) { 2 } else { 1 } {
            let (body, signature) = (body.clone(), signature.clone());
            let compose =
                move |_, _| Attempt { headers: vec![("x-paystack-signature", signature.clone())], body: body.clone() };
            self.webhooks.queue((event, reference), &target.url, self.now_ms() + late_ms, Box::new(compose));
        }
    }
}
