//! The objects of a batch: one with its new lines, one with what was tampered with. Their names follow from the batch,
//! so that a repeated delivery writes the same objects.

use domain::AuditId;
use runtime::stream::Placed;
use serde_json::{Value, json};
use store::AuditChange;

/// An object to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Object {
    /// Its name: kind, day of the first line, first and last sequence number.
    pub(crate) key: String,
    /// JSON lines.
    pub(crate) text: String,
}

/// The objects of a batch.
pub(crate) fn of(changes: &[Placed<AuditChange>]) -> Vec<Object> {
    let (mut added, mut tampered) = (Vec::new(), Vec::new());
    for Placed { sequence_number, change } in changes {
        match change {
            AuditChange::Added { id, item } => added.push((id, sequence_number, item.clone())),
            AuditChange::Tampered { id, before, after } => {
                tampered.push((id, sequence_number, json!({ "id": id, "before": before, "after": after })));
            }
        }
    }
    [("lines", added), ("tampered", tampered)].into_iter().filter_map(|(kind, lines)| object(kind, &lines)).collect()
}

fn object(kind: &str, lines: &[(&AuditId, &String, Value)]) -> Option<Object> {
    let ((id, first, _), (_, last, _)) = (lines.first()?, lines.last()?);
    let day = id.made_at().day().replace('-', "/");
    let text = lines.iter().flat_map(|(.., line)| [line.to_string(), "\n".to_owned()]).collect();
    Some(Object { key: format!("{kind}/{day}/{first}-{last}.jsonl"), text })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;

    fn id(millis: i64) -> AuditId {
        AuditId::new(Timestamp::from_millis(millis), 1)
    }

    fn placed(number: u32, change: AuditChange) -> Placed<AuditChange> {
        Placed { sequence_number: number.to_string(), change }
    }

    #[test]
    fn a_batch_is_one_object_of_each_kind() {
        let day = 86_400_000;
        let added = |millis| AuditChange::Added { id: id(millis), item: json!({ "at": millis }) };
        let removed = AuditChange::Tampered { id: id(day), before: json!({ "at": day }), after: Value::Null };
        let batch = [placed(7, added(day - 1)), placed(8, removed), placed(9, added(day))];
        let [lines, tampered] = of(&batch).try_into().unwrap();
        // The day of the first line names the whole batch.
        assert_eq!(
            lines,
            Object { key: "lines/1970/01/01/7-9.jsonl".into(), text: "{\"at\":86399999}\n{\"at\":86400000}\n".into() }
        );
        assert_eq!(tampered.key, "tampered/1970/01/02/8-8.jsonl");
        let line: Value = serde_json::from_str(&tampered.text).unwrap();
        assert_eq!(line, json!({ "id": id(day), "before": { "at": day }, "after": null }));
        assert_eq!(of(&[]), []);
    }
}
