//! Prometheus text format 0.0.4: metric families with help, type and labels. It knows the format,
//! not the metrics.

use std::fmt::{Display, Write};

/// The media type of the format.
pub(crate) const MEDIA_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// The type of a metric.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// Only increases, or restarts at zero.
    Counter,
    /// Goes up and down.
    Gauge,
}

/// A document that is written family by family.
#[derive(Debug, Default)]
pub(crate) struct Exposition(String);

/// The family that is being written.
pub(crate) struct Family<'a> {
    name: &'a str,
    text: &'a mut String,
}

impl Exposition {
    /// Starts a family. All its samples are written before the next family starts.
    pub(crate) fn family<'a>(&'a mut self, name: &'a str, kind: Kind, help: &str) -> Family<'a> {
        let kind = match kind {
            Kind::Counter => "counter",
            Kind::Gauge => "gauge",
        };
        let help = help.replace('\\', r"\\").replace('\n', r"\n");
        // Writing to a string can't fail.
        let _ = write!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}\n");
        Family { name, text: &mut self.0 }
    }

    /// The complete document.
    pub(crate) fn text(self) -> String {
        self.0
    }
}

impl Family<'_> {
    /// Adds a sample.
    pub(crate) fn sample(&mut self, labels: &[(&str, &str)], value: impl Display) {
        let labels: Vec<_> = labels.iter().map(|(name, text)| format!("{name}=\"{}\"", escaped(text))).collect();
        let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
        let _ = writeln!(self.text, "{}{labels} {value}", self.name);
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', r"\\").replace('"', "\\\"").replace('\n', r"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_and_families_stand_together() {
        let mut exposition = Exposition::default();
        let mut family = exposition.family("a_total", Kind::Counter, "Back\\slash\nand line.");
        family.sample(&[("x", "say \"hi\"\n\\"), ("y", "")], 1);
        family.sample(&[], "0.5");
        exposition.family("b", Kind::Gauge, "Nothing yet.");
        let expected = "# HELP a_total Back\\\\slash\\nand line.\n# TYPE a_total counter\n\
            a_total{x=\"say \\\"hi\\\"\\n\\\\\",y=\"\"} 1\na_total 0.5\n# HELP b Nothing yet.\n# TYPE b gauge\n";
        assert_eq!(exposition.text(), expected);
    }
}
