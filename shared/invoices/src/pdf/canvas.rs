//! Drawing on a page.

use crate::{
    line::Line,
    logo,
    sheet::{Area, What},
    style::Ink,
};
use krilla::{
    color::rgb,
    geom::{PathBuilder, Point, Rect},
    num::NormalizedF32,
    paint::{Fill, FillRule},
    surface::Surface,
    tagging::{ContentTag, Identifier},
};

/// A page to draw on.
pub(crate) struct Canvas<'a>(Surface<'a>);

impl<'a> Canvas<'a> {
    /// The canvas of a page's surface.
    pub(super) const fn new(surface: Surface<'a>) -> Self {
        Self(surface)
    }

    /// Begins something with a tag, which must end before the next one.
    pub(super) fn tagged(&mut self, tag: ContentTag) -> Identifier {
        self.0.start_tagged(tag)
    }

    /// Ends it.
    pub(super) fn end_tagged(&mut self) {
        self.0.end_tagged();
    }

    /// Ends the page.
    pub(super) fn finish(self) {
        self.0.finish();
    }

    /// Draws a mark. Links have nothing to draw.
    pub(super) fn draw(&mut self, what: &What) {
        match what {
            What::Text { left, baseline, line } => self.text(*left, *baseline, line),
            What::Box { area, radius, ink } => {
                self.fill(*ink);
                self.path(|path| rounded(path, *area, *radius));
            }
            What::Logo { area } => logo::draw(self, *area),
            What::Code { area, modules } => self.code(*area, modules),
            What::Link { .. } => {}
        }
    }

    /// Takes a colour.
    pub(crate) fn fill(&mut self, Ink(red, green, blue): Ink) {
        let paint = rgb::Color::new(red, green, blue).into();
        self.0.set_fill(Some(Fill { paint, opacity: NormalizedF32::ONE, rule: FillRule::NonZero }));
    }

    /// Fills a path with the colour.
    pub(crate) fn path(&mut self, build: impl FnOnce(&mut PathBuilder)) {
        let mut path = PathBuilder::new();
        build(&mut path);
        if let Some(path) = path.finish() {
            self.0.draw_path(&path);
        }
    }

    fn text(&mut self, left: f32, baseline: f32, line: &Line) {
        self.fill(line.style.ink);
        let mut x = left;
        for run in &line.runs {
            let start = Point::from_xy(x, baseline);
            self.0.draw_glyphs(start, &run.glyphs, run.font.clone(), &line.text, line.style.size, false);
            x += run.width * line.style.size;
        }
    }

    /// Draws the dark modules, those beside each other as one, so that no gap shows between them.
    #[allow(clippy::cast_precision_loss)]
    fn code(&mut self, area: Area, modules: &[Vec<bool>]) {
        self.fill(crate::style::INK);
        let unit = area.width / modules.len().max(1) as f32;
        self.path(|path| {
            for (y, row) in modules.iter().enumerate() {
                let mut x = 0;
                for stretch in row.chunk_by(|a, b| a == b) {
                    let (left, top) = (area.left + x as f32 * unit, area.top + y as f32 * unit);
                    let rect = Rect::from_xywh(left, top, stretch.len() as f32 * unit, unit);
                    if let Some(rect) = rect.filter(|_| stretch.first() == Some(&true)) {
                        path.push_rect(rect);
                    }
                    x += stretch.len();
                }
            }
        });
    }
}

/// A rectangle with round corners.
pub(crate) fn rounded(path: &mut PathBuilder, area: Area, radius: f32) {
    let Area { left, top, width, height } = area;
    let (right, bottom) = (left + width, top + height);
    if radius <= 0.0 {
        if let Some(rect) = Rect::from_xywh(left, top, width, height) {
            path.push_rect(rect);
        }
        return;
    }
    // Where the handles of a curve are that looks like a quarter of a circle.
    let handle = radius * 0.447_715;
    path.move_to(left + radius, top);
    path.line_to(right - radius, top);
    path.cubic_to(right - handle, top, right, top + handle, right, top + radius);
    path.line_to(right, bottom - radius);
    path.cubic_to(right, bottom - handle, right - handle, bottom, right - radius, bottom);
    path.line_to(left + radius, bottom);
    path.cubic_to(left + handle, bottom, left, bottom - handle, left, bottom - radius);
    path.line_to(left, top + radius);
    path.cubic_to(left, top + handle, left + handle, top, left + radius, top);
    path.close();
}
