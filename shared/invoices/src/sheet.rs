//! Pages as lists of marks, and the structure that reading programs follow.
//!
//! The layout measures from the side where the language begins. Only this module and [`crate::pdf`] know left and
//! right.

use crate::{
    line::Line,
    style::{Ink, MARGIN, PAGE_WIDTH},
};
use domain::Direction;
use krilla::tagging::TagKind;

/// A rectangle on the page, from its top left corner.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Area {
    pub left: f32,
    pub top: f32,
    pub width: f32,
    pub height: f32,
}

/// Something on a page.
pub(crate) enum What {
    /// A line of text, by its left end and its baseline.
    Text { left: f32, baseline: f32, line: Line },
    /// An area in a colour, with round corners.
    Box { area: Area, radius: f32, ink: Ink },
    /// The logo.
    Logo { area: Area },
    /// A QR code: its dark modules, row by row.
    Code { area: Area, modules: Vec<Vec<bool>> },
    /// A link to open.
    Link { area: Area, address: String, description: String },
}

/// What a mark is for reading programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Content, by its place in the structure.
    Content(usize),
    /// Not to be read.
    Decoration,
    /// The head of a further page.
    Header,
    /// The foot of a page.
    Footer,
}

/// A mark on a page.
pub(crate) struct Mark {
    pub what: What,
    pub role: Role,
}

/// A part of the structure.
pub(crate) enum Node {
    Group(TagKind, Vec<Node>),
    Leaf(usize),
}

/// At which end of its space a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Start,
    End,
    /// Always right, so that the digits of numbers are below each other.
    Right,
}

/// All pages.
pub(crate) struct Sheet {
    direction: Direction,
    pub pages: Vec<Vec<Mark>>,
    /// The page that is printed on.
    page: usize,
    /// The groups that are open; the first is the document.
    open: Vec<Vec<Node>>,
    leaves: usize,
    role: Option<Role>,
}

impl Sheet {
    /// One empty page.
    pub(crate) fn new(direction: Direction) -> Self {
        Self { direction, pages: vec![Vec::new()], page: 0, open: vec![Vec::new()], leaves: 0, role: None }
    }

    /// Begins another page.
    pub(crate) fn turn(&mut self) {
        self.page = self.pages.len();
        self.pages.push(Vec::new());
    }

    /// Puts what `fill` prints into a group of the structure.
    pub(crate) fn group<T>(&mut self, tag: impl Into<TagKind>, layout: impl FnOnce(&mut Self) -> T) -> T {
        self.begin();
        let result = layout(self);
        self.end(tag);
        result
    }

    /// Opens a group of the structure.
    pub(crate) fn begin(&mut self) {
        self.open.push(Vec::new());
    }

    /// Closes the group that was opened last.
    pub(crate) fn end(&mut self, tag: impl Into<TagKind>) {
        let nodes = self.open.pop().unwrap_or_default();
        self.push(Node::Group(tag.into(), nodes));
    }

    /// Prints something outside of the structure.
    pub(crate) fn aside<T>(&mut self, role: Role, layout: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.set_aside(Some(role));
        let result = layout(self);
        self.role = before;
        result
    }

    /// Decides what follows is for reading programs; `None` is content. Returns what was before.
    pub(crate) const fn set_aside(&mut self, role: Option<Role>) -> Option<Role> {
        std::mem::replace(&mut self.role, role)
    }

    /// Prints on an earlier page.
    pub(crate) fn on(&mut self, page: usize, layout: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.page, page);
        layout(self);
        self.page = before;
    }

    /// Prints a line between `start` and `start + width`, measured from the margin where the language begins.
    pub(crate) fn text(&mut self, (start, width): (f32, f32), align: Align, baseline: f32, line: Line) {
        let left = self.left(start, width);
        let is_right = match align {
            Align::Start => self.direction == Direction::RightToLeft,
            Align::End => self.direction == Direction::LeftToRight,
            Align::Right => true,
        };
        let left = if is_right { left + width - line.width } else { left };
        self.mark(What::Text { left, baseline, line });
    }

    /// Fills an area with a colour.
    pub(crate) fn fill(&mut self, (start, width): (f32, f32), (top, height): (f32, f32), radius: f32, ink: Ink) {
        let area = self.area((start, width), (top, height));
        self.aside(Role::Decoration, |sheet| sheet.mark(What::Box { area, radius, ink }));
    }

    /// The area between `start` and `start + width`, and below `top`.
    pub(crate) fn area(&self, (start, width): (f32, f32), (top, height): (f32, f32)) -> Area {
        Area { left: self.left(start, width), top, width, height }
    }

    /// Prints something.
    pub(crate) fn mark(&mut self, what: What) {
        let role = self.role.unwrap_or_else(|| {
            self.leaves += 1;
            self.push(Node::Leaf(self.leaves - 1));
            Role::Content(self.leaves - 1)
        });
        if let Some(page) = self.pages.get_mut(self.page) {
            page.push(Mark { what, role });
        }
    }

    /// The structure of the whole.
    pub(crate) fn structure(&mut self) -> Vec<Node> {
        self.open.drain(..).next().unwrap_or_default()
    }

    fn push(&mut self, node: Node) {
        if let Some(group) = self.open.last_mut() {
            group.push(node);
        }
    }

    fn left(&self, start: f32, width: f32) -> f32 {
        match self.direction {
            Direction::LeftToRight => MARGIN + start,
            Direction::RightToLeft => PAGE_WIDTH - MARGIN - start - width,
        }
    }
}
