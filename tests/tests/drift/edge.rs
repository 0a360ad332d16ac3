//! The edge: what the distribution caches is public, and the firewall does not reject what the API accepts.

use crate::{
    template::{field, nested, of_type, text},
    text_of,
};
use domain::Plan;
use namaskah_tests::surface::{self, Callers, callers};
use serde_yaml_ng::Value;
use std::collections::BTreeSet;

const CACHING_DISABLED: &str = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const ALL_BUT_HOST: &str = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

fn distribution(template: &Value) -> &Value {
    field(template, "Resources.Distribution.Properties.DistributionConfig").unwrap()
}

fn listed<'a>(value: &'a Value, path: &str) -> &'a [Value] {
    field(value, path).and_then(Value::as_sequence).unwrap_or_else(|| panic!("no list {path}"))
}

/// Whether CloudFront's pattern matches; only a last `*` is used here.
fn matches(pattern: &str, path: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == path, |begin| path.starts_with(begin))
}

#[test]
fn what_is_cached_needs_no_credential_and_the_rest_is_never_cached() {
    let template = nested("functions/edge/template.yaml");
    let distribution = distribution(&template);
    let default = field(distribution, "DefaultCacheBehavior").unwrap();
    assert_eq!(text(default, "CachePolicyId"), CACHING_DISABLED);
    assert_eq!(text(default, "OriginRequestPolicyId"), ALL_BUT_HOST);
    let (staff, behaviors): (Vec<_>, Vec<_>) =
        listed(distribution, "CacheBehaviors").iter().partition(|behavior| text(behavior, "TargetOriginId") == "staff");
    let [staff] = staff.as_slice() else { panic!("one behavior of the API for staff: {staff:?}") };
    assert_eq!(text(staff, "PathPattern"), "/api/v1/admin/*");
    assert_eq!((text(staff, "CachePolicyId"), text(staff, "OriginRequestPolicyId")), (CACHING_DISABLED, ALL_BUT_HOST));
    let patterns: BTreeSet<_> = behaviors.iter().map(|behavior| text(behavior, "PathPattern")).collect();
    let mut used = BTreeSet::new();
    for endpoint in surface::DOMAINS.iter().flat_map(|domain| domain.endpoints) {
        for route in surface::routes(endpoint) {
            let Some((method, path)) = route.split_once(' ') else { continue };
            let Some(pattern) = patterns.iter().find(|pattern| matches(pattern, path)) else { continue };
            used.insert(*pattern);
            assert_eq!(method, "GET", "{route} is under {pattern}, which forwards only some headers");
            assert_ne!(
                callers(endpoint),
                Callers::Customers,
                "{route} is under {pattern}, and only customers may read it"
            );
        }
    }
    assert_eq!(used, patterns, "a pattern without a route");
    for behavior in behaviors {
        // The headers of another policy would reach the API without being part of the key.
        assert!(field(behavior, "OriginRequestPolicyId").is_none(), "{behavior:?}");
        assert!(format!("{:?}", field(behavior, "CachePolicyId")).contains("PublicAnswers"), "{behavior:?}");
    }
}

#[test]
fn the_key_of_the_cache_has_every_header_on_which_answers_depend() {
    let template = nested("functions/edge/template.yaml");
    let key = "Resources.PublicAnswers.Properties.CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin";
    let key = field(&template, key).unwrap();
    let in_key: BTreeSet<_> = listed(key, "HeadersConfig.Headers").iter().filter_map(Value::as_str).collect();
    let code = surface::code();
    // Each text of `Vary` in the code, and the header of `compress`, which the policy has as a switch.
    for header in ["Authorization", "X-API-Key", "Origin"] {
        assert!(code.contains(header) && in_key.contains(header), "{header}");
    }
    assert_eq!(field(key, "EnableAcceptEncodingGzip"), Some(&Value::Bool(true)));
    // A preflight must reach the function as one.
    assert!(in_key.contains("Access-Control-Request-Method") && in_key.contains("Access-Control-Request-Headers"));
    let varied = code.split("(VARY, ").skip(1).map(|rest| rest.split(')').next().unwrap_or_default());
    for names in varied.filter_map(|given| given.strip_prefix('"')?.strip_suffix('"')) {
        for name in names.split(", ") {
            assert!(in_key.contains(name) || name == "Accept-Encoding", "{name} is in Vary, and not in the key");
        }
    }
}

#[test]
fn no_error_is_cached_or_replaced() {
    let template = nested("functions/edge/template.yaml");
    let errors = listed(distribution(&template), "CustomErrorResponses");
    let codes: BTreeSet<_> = errors.iter().filter_map(|error| field(error, "ErrorCode")?.as_u64()).collect();
    assert_eq!(codes, [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504].into(), "all that CloudFront may cache");
    for error in errors {
        assert_eq!(field(error, "ErrorCachingMinTTL").and_then(Value::as_u64), Some(0), "{error:?}");
        assert!(field(error, "ResponsePagePath").is_none(), "{error:?}");
    }
}

#[test]
fn the_origin_secret_is_sent_and_never_written() {
    let template = nested("functions/edge/template.yaml");
    for origin in listed(distribution(&template), "Origins") {
        let header = &listed(origin, "OriginCustomHeaders")[0];
        assert_eq!(text(header, "HeaderName"), "x-origin-secret");
        assert!(text(header, "HeaderValue").starts_with("{{resolve:secretsmanager:"), "{header:?}");
        assert_eq!(text(origin, "CustomOriginConfig.OriginProtocolPolicy"), "https-only");
    }
}

#[test]
fn the_firewall_accepts_what_the_api_accepts_and_logs_no_credentials() {
    let template = nested("functions/edge/firewall.yaml");
    let (_, acl) = of_type(&template, "AWS::WAFv2::WebACL").next().unwrap();
    let rules = listed(acl, "Properties.Rules");
    let rule = |name: &str| rules.iter().find(|rule| text(rule, "Name") == name).unwrap();
    let counted: BTreeSet<_> = listed(rule("common"), "Statement.ManagedRuleGroupStatement.RuleActionOverrides")
        .iter()
        .map(|one| {
            assert!(field(one, "ActionToUse.Count").is_some(), "{one:?}");
            text(one, "Name")
        })
        .collect();
    // Bodies of more than 8 kB, passwords, addresses of webhooks, and programs without a name.
    for name in ["SizeRestrictions_BODY", "NoUserAgent_HEADER", "CrossSiteScripting_BODY", "GenericRFI_BODY"] {
        assert!(counted.contains(name), "{name}");
    }
    assert!(field(rule("anonymous"), "OverrideAction.Count").is_some(), "customers' programs run at hosting providers");

    let limit = field(&template, "Parameters.RateLimit.Default").and_then(Value::as_u64).unwrap();
    let most = u64::from(Plan::Enterprise.terms().requests_per_minute);
    assert!(limit > most, "{limit} a minute from one address, and a plan allows {most}");
    let root: Value = serde_yaml_ng::from_str(&text_of("template.yaml")).unwrap();
    assert_eq!(field(&root, "Parameters.EdgeRateLimit.Default").and_then(Value::as_u64), Some(limit));

    let (_, logging) = of_type(&template, "AWS::WAFv2::LoggingConfiguration").next().unwrap();
    let redacted = format!("{:?}", listed(logging, "Properties.RedactedFields"));
    for secret in ["authorization", "x-api-key", "cookie", "QueryString"] {
        assert!(redacted.contains(&format!("\"{secret}\"")), "{secret} would be in the log");
    }
}
