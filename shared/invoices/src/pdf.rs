//! From pages to the bytes of a file.

mod canvas;

pub(crate) use canvas::{Canvas, rounded};

use crate::{
    RenderError,
    sheet::{Area, Mark, Node, Role, Sheet, What},
    style::{PAGE_HEIGHT, PAGE_WIDTH},
    texts::Texts,
};
use domain::{
    Language, Timestamp,
    invoice::{Invoice, InvoiceKind},
};
use krilla::{
    Document, SerializeSettings,
    action::{Action, LinkAction},
    annotation::{Annotation, LinkAnnotation, Target},
    configure::{Accessibility, Archival, ConfigurationBuilder},
    destination::XyzDestination,
    geom::{Point, Rect},
    metadata::{DateTime, Metadata, TextDirection},
    outline::{Outline, OutlineNode},
    page::{Page, PageSettings},
    tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag, TagGroup, TagTree},
};

/// The file of these pages.
pub(crate) fn write(mut sheet: Sheet, invoice: &Invoice, language: Language) -> Result<Vec<u8>, RenderError> {
    // Both standards fit together, so the default is never taken; tests read the standards from the file.
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .unwrap_or_default();
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let structure = sheet.structure();
    let mut leaves = Vec::new();
    for marks in sheet.pages {
        let settings = PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT).unwrap_or_default();
        let mut page = document.start_page_with(settings);
        draw(&mut page, marks, &mut leaves);
        page.finish();
    }
    let mut tree = TagTree::new().with_lang(Some(language.code().to_owned()));
    structure.into_iter().filter_map(|node| tagged(node, &leaves)).for_each(|node| tree.push(node));
    document.set_tag_tree(tree);
    let title = title(invoice, language)?;
    let mut outline = Outline::new();
    outline.push_child(OutlineNode::new(title.clone(), XyzDestination::new(0, Point::from_xy(0.0, 0.0))));
    document.set_outline(outline);
    document.set_metadata(metadata(title, invoice, language));
    Ok(document.finish()?)
}

/// Draws the marks of a page, and notes the identifiers of its content.
fn draw(page: &mut Page, marks: Vec<Mark>, leaves: &mut Vec<Option<Identifier>>) {
    let mut links = Vec::new();
    let mut canvas = Canvas::new(page.surface());
    for mark in marks {
        let Mark { what, role } = mark;
        if let What::Link { area, address, description } = what {
            links.push((area, address, description, role));
            continue;
        }
        let artifact = |kind| ContentTag::Artifact(Artifact::with_kind(kind));
        let identifier = canvas.tagged(match role {
            Role::Content(_) if matches!(what, What::Text { .. }) => ContentTag::Span(SpanTag::empty()),
            Role::Content(_) => ContentTag::Other,
            Role::Decoration => artifact(ArtifactType::Layout),
            Role::Header => artifact(ArtifactType::Header),
            Role::Footer => artifact(ArtifactType::Footer),
        });
        canvas.draw(&what);
        canvas.end_tagged();
        note(leaves, role, identifier);
    }
    canvas.finish();
    for (area, address, description, role) in links {
        let Area { left, top, width, height } = area;
        let Some(area) = Rect::from_xywh(left, top, width, height) else { continue };
        let target = Target::Action(Action::Link(LinkAction::new(address)));
        let annotation = Annotation::new_link(LinkAnnotation::new(area, target), Some(description));
        let identifier = page.add_tagged_annotation(annotation);
        note(leaves, role, identifier);
    }
}

fn note(leaves: &mut Vec<Option<Identifier>>, role: Role, identifier: Identifier) {
    if let Role::Content(leaf) = role {
        leaves.resize(leaves.len().max(leaf + 1), None);
        leaves[leaf] = Some(identifier);
    }
}

fn tagged(node: Node, leaves: &[Option<Identifier>]) -> Option<krilla::tagging::Node> {
    match node {
        Node::Leaf(leaf) => leaves.get(leaf).copied().flatten().map(krilla::tagging::Node::Leaf),
        Node::Group(tag, nodes) => {
            let children = nodes.into_iter().filter_map(|node| tagged(node, leaves)).collect();
            Some(krilla::tagging::Node::Group(TagGroup::with_children(tag, children)))
        }
    }
}

/// The title of the file, such as `Invoice NMS-2026-000042`.
fn title(invoice: &Invoice, language: Language) -> Result<String, RenderError> {
    let attribute = match invoice.kind {
        InvoiceKind::Invoice => "invoice",
        InvoiceKind::CreditNote { .. } => "credit_note",
    };
    Ok(format!("{} {}", Texts::of(language).get("title", attribute)?, invoice.number))
}

/// The metadata, in which all times and identifiers are those of the invoice.
fn metadata(title: String, invoice: &Invoice, language: Language) -> Metadata {
    let direction = match language.direction() {
        domain::Direction::LeftToRight => TextDirection::LeftToRight,
        domain::Direction::RightToLeft => TextDirection::RightToLeft,
    };
    Metadata::new()
        .title(title)
        .language(language.code().to_owned())
        .text_direction(direction)
        .authors(vec![invoice.seller.name.to_string()])
        .creator("Namaskah SMS".to_owned())
        .producer("Namaskah SMS".to_owned())
        .creation_date(date_time(invoice.issued_at))
        .document_id(format!("{}/{language}", invoice.number))
}

fn date_time(at: Timestamp) -> DateTime {
    let (year, month, day) = at.date();
    let second = at.epoch_seconds().rem_euclid(86_400);
    let part = |value: i64| u8::try_from(value).unwrap_or_default();
    DateTime::new(year)
        .month(month)
        .day(day)
        .hour(part(second / 3600))
        .minute(part(second / 60 % 60))
        .second(part(second % 60))
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}
