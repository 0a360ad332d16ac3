//! Generates parts of the templates from the code: the endpoints' functions, and the limits of the routes that need no
//! key. Everything else is written by hand.

use crate::surface::{Callers, DOMAINS, callers, file, gateway_routes};
use api::{Api, Domain, Endpoint};
use std::fmt::Write;

/// The lines around the generated functions.
const MARKS: [&str; 2] = ["  # Begin of what `make template` writes.\n", "  # End of what `make template` writes.\n"];
/// The lines around the generated limits of routes.
const LIMITS: [&str; 2] = [
    "      # Begin of the limits that `make template` writes.\n",
    "      # End of the limits that `make template` writes.\n",
];

/// The templates with generated parts: the file, its API, and the way from it to the zips.
pub const GENERATED: [(&str, Api, &str); 2] =
    [("template.yaml", Api::Public, ""), ("functions/backoffice/template.yaml", Api::Staff, "../../")];

/// A template in its committed form.
///
/// # Panics
/// If the template has no marks, or an endpoint has no role.
pub fn template((name, api, to_zips): (&str, Api, &str)) -> String {
    let text = std::fs::read_to_string(file(name)).expect("a template");
    let (before, after) = around(&text, MARKS);
    let of_api = |domain: &'static Domain| domain.endpoints.iter().filter(move |endpoint| endpoint.api == api);
    let endpoints = DOMAINS.iter().flat_map(|domain| of_api(domain).map(move |endpoint| (*domain, endpoint)));
    let functions: String = endpoints.clone().map(|(domain, endpoint)| function(domain, endpoint, to_zips)).collect();
    for (needed, by) in endpoints.clone().flat_map(|(domain, endpoint)| needs(domain, endpoint)) {
        let stands = [before, after].iter().any(|part| part.contains(&format!("\n  {needed}:")));
        assert!(stands, "{needed}, which {by} needs, is not in {name}: write it in the section of its domain");
    }
    let [begin, end] = MARKS;
    let text = format!("{before}{begin}\n{functions}{end}{after}");
    let (before, after) = around(&text, LIMITS);
    let [begin, end] = LIMITS;
    format!("{before}{begin}{}{end}{after}", limits(endpoints.map(|(_, endpoint)| endpoint)))
}

/// The text before and after the marks.
fn around<'a>(text: &'a str, [begin, end]: [&str; 2]) -> (&'a str, &'a str) {
    let (before, rest) = text.split_once(begin).expect("the first mark");
    let (_, after) = rest.split_once(end).expect("the last mark");
    (before, after)
}

/// The limits of the routes that need no key: requests per second, and at one instant. Numbers, not parameters: in
/// this property CloudFormation does not convert the text of a parameter.
fn limits(endpoints: impl Iterator<Item = &'static Endpoint>) -> String {
    let mut text = "      RouteSettings:\n".to_owned();
    for endpoint in endpoints {
        let (rate, burst) = match callers(endpoint) {
            Callers::Customers => continue,
            // Customers need these routes to buy.
            Callers::Everybody => (200, 400),
            Callers::Strangers => (50, 100),
        };
        for route in gateway_routes(endpoint) {
            // Writing to a string can't fail.
            let _ = writeln!(text, "        {route}: {{ThrottlingRateLimit: {rate}, ThrottlingBurstLimit: {burst}}}");
        }
    }
    text
}

/// The resources that an endpoint needs, which are written by hand, each with who needs it.
fn needs(domain: &Domain, endpoint: &Endpoint) -> [(String, String); 2] {
    let role = (endpoint.function.role.to_owned(), format!("{}.{}", domain.name, endpoint.name));
    [role, (format!("{}Logs", pascal_case(domain.name)), format!("the domain {}", domain.name))]
}

/// Every worker: its function's logical id, and the name of its sample event.
pub fn workers() -> impl Iterator<Item = (String, String)> {
    let of = |domain: &'static Domain| domain.workers.iter().map(|worker| (domain.name, worker.name));
    DOMAINS.iter().copied().flat_map(of).map(|(domain, worker)| {
        let logical_id = format!("{}{}Function", pascal_case(domain), pascal_case(worker));
        (logical_id, format!("{domain}.{worker}"))
    })
}

fn function(domain: &Domain, endpoint: &Endpoint, to_zips: &str) -> String {
    let (binary, name, settings) = (domain.name, endpoint.name, endpoint.function);
    assert!(!settings.role.is_empty(), "{binary}.{name} has no role: endpoint!(…).role(\"…Role\")");
    let mut text = format!(
        "  {domain}{endpoint}Function:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: {to_zips}dist/lambda/{binary}/bootstrap.zip
      Handler: {binary}.{name}
      Role: !GetAtt {role}.Arn
      LoggingConfig: {{LogGroup: !Ref {domain}Logs}}
",
        domain = pascal_case(binary),
        endpoint = pascal_case(name),
        role = settings.role,
    );
    let optional = [
        settings.memory.map(|megabytes| format!("      MemorySize: {megabytes}\n")),
        settings.timeout.map(|seconds| format!("      Timeout: {seconds}\n")),
        settings.reserved.map(|parameter| {
            let reserved = format!("!If [Has{parameter}, !Ref {parameter}, !Ref AWS::NoValue]");
            format!("      ReservedConcurrentExecutions: {reserved}\n")
        }),
        settings.gradual.then(|| GRADUAL.to_owned()),
    ];
    text.extend(optional.into_iter().flatten());
    text.push_str("      Events:\n");
    for (n, route) in gateway_routes(endpoint).iter().enumerate() {
        let number = if n == 0 { String::new() } else { (n + 1).to_string() };
        let at = route
            .split_once(' ')
            .map_or_else(String::new, |(method, path)| format!(", Method: {method}, Path: '{path}'"));
        let event = format!("{{Type: HttpApi, Properties: {{ApiId: !Ref Api{at}}}}}");
        // Writing to a string can't fail.
        let _ = writeln!(text, "        Route{number}: {event}");
    }
    text + "\n"
}

/// An alias for the versions of a function, which moves to a new one gradually.
const GRADUAL: &str = "      Description: !Ref Deployment
      AutoPublishAlias: live
      AutoPublishCodeSha256: !Ref Deployment
      VersionDeletionPolicy: Delete
      DeploymentPreference: {Type: !Ref Shift, Alarms: !If [OnAws, [!Ref NewVersionFailingAlarm], []]}
";

/// `NotFound` for `not_found`.
fn pascal_case(name: &str) -> String {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    name.split('_').filter(|word| !word.is_empty()).map(capital).collect()
}
