//! Reads back the text of a file, by its own mapping of glyphs to characters.

use flate2::read::ZlibDecoder;
use std::{collections::HashMap, io::Read};

/// Something that was printed: text, or an area.
pub struct Printed {
    /// The page, from 0.
    pub page: usize,
    /// Whether reading programs skip it.
    pub is_artifact: bool,
    /// The text, from left to right, as parts that stay together.
    pub parts: Vec<String>,
}

impl Printed {
    /// The text from left to right. Letters from right to left are in the reverse order.
    pub fn text(&self) -> String {
        let is_reversed = |sign: char| matches!(unicode_bidi::bidi_class(sign), unicode_bidi::BidiClass::AL);
        let visual = |part: &String| {
            if part.contains(is_reversed) { part.chars().rev().collect() } else { part.clone() }
        };
        self.parts.iter().map(visual).collect()
    }
}

/// The objects of a file.
pub struct File<'a> {
    objects: HashMap<usize, &'a [u8]>,
}

impl<'a> File<'a> {
    pub fn read(bytes: &'a [u8]) -> Self {
        let mut objects = HashMap::new();
        let mut rest = bytes;
        while let Some(at) = find(rest, b" 0 obj") {
            let digits = rest[..at].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
            let number = text(&rest[at - digits..at]).parse().unwrap();
            rest = &rest[at + 6..];
            let end = find(rest, b"endobj").unwrap();
            objects.insert(number, &rest[..end]);
            rest = &rest[end..];
        }
        Self { objects }
    }

    /// How many pages the file says that it has.
    pub fn count(&self) -> usize {
        let pages = self.objects.values().find(|object| find(object, b"/Type/Pages").is_some()).unwrap();
        after(pages, "/Count ").unwrap()
    }

    /// Everything that is printed, page by page.
    pub fn printed(&self) -> Vec<Printed> {
        let mut pages: Vec<_> =
            self.objects.iter().filter(|(_, object)| find(object, b"/Type/Page/").is_some()).collect();
        pages.sort();
        let pages = pages.into_iter().enumerate();
        pages.flat_map(|(page, (_, object))| self.page(page, object)).collect()
    }

    fn page(&self, page: usize, object: &[u8]) -> Vec<Printed> {
        let resources = self.objects[&after(object, "/Resources ").unwrap()];
        let fonts = &text(resources)[text(resources).find("/Font<<").unwrap() + 7..];
        let fonts = fonts[..fonts.find(">>").unwrap()].split('/').filter_map(|font| {
            let (name, number) = font.split_once(' ')?;
            Some((name.to_owned(), self.font(number.trim_end_matches(" 0 R").parse().ok()?)))
        });
        let stream = self.stream(after(object, "/Contents ").unwrap());
        Content { page, fonts: fonts.collect(), ..Content::default() }.read(&stream)
    }

    /// The characters of each glyph.
    fn font(&self, number: usize) -> HashMap<u16, String> {
        let map = self.stream(after(self.objects[&number], "/ToUnicode ").unwrap());
        let lines = text(&map).lines().filter_map(|line| line.strip_prefix('<')?.strip_suffix('>')?.split_once("> <"));
        let glyph = |hex: &str| u16::from_str_radix(hex, 16).ok();
        lines.filter(|(id, _)| id.len() == 4).filter_map(|(id, hex)| Some((glyph(id)?, utf16(hex)))).collect()
    }

    fn stream(&self, number: usize) -> Vec<u8> {
        let object = self.objects[&number];
        let begin = find(object, b"stream").unwrap() + 6;
        let mut bytes = Vec::new();
        let data = &object[begin..];
        ZlibDecoder::new(&data[data.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap()..])
            .read_to_end(&mut bytes)
            .unwrap();
        bytes
    }
}

/// A page's content while it is read.
#[derive(Default)]
struct Content {
    page: usize,
    fonts: HashMap<String, HashMap<u16, String>>,
    font: String,
    printed: Vec<Printed>,
    /// For each open tag, whether it says what its glyphs mean.
    open: Vec<bool>,
}

impl Content {
    fn read(mut self, stream: &[u8]) -> Vec<Printed> {
        let mut meaning = None;
        let mut rest = stream;
        while let Some((&byte, more)) = rest.split_first() {
            rest = more;
            match byte {
                b'(' => rest = self.glyphs(more),
                b'/' => {
                    let end = more.iter().position(|b| b"/<> ([\n".contains(b)).unwrap_or(more.len());
                    let (name, after) = more.split_at(end);
                    rest = after;
                    match text(name) {
                        "ActualText" => meaning = Some(utf16(text(&after[5..find(after, b">").unwrap()]))),
                        name @ ("MCID" | "Artifact") => {
                            let is_artifact = name == "Artifact";
                            self.printed.push(Printed { page: self.page, is_artifact, parts: Vec::new() });
                        }
                        font if self.fonts.contains_key(font) => font.clone_into(&mut self.font),
                        _ => {}
                    }
                }
                b'B' if more.starts_with(b"DC") || more.starts_with(b"MC") => {
                    self.open.push(meaning.is_some());
                    let part = meaning.take();
                    self.printed.last_mut().unwrap().parts.extend(part);
                }
                b'E' if more.starts_with(b"MC") => _ = self.open.pop(),
                _ => {}
            }
        }
        self.printed
    }

    /// Reads a string of glyphs, and returns what follows it.
    fn glyphs<'a>(&mut self, mut rest: &'a [u8]) -> &'a [u8] {
        let (mut bytes, mut depth) = (Vec::new(), 0);
        loop {
            let (byte, more) = (rest[0], &rest[1..]);
            rest = more;
            match byte {
                b')' if depth == 0 => break,
                b'\\' if more[0].is_ascii_digit() => {
                    bytes.push(u8::from_str_radix(text(&more[..3]), 8).unwrap());
                    rest = &more[3..];
                }
                b'\\' => {
                    let escaped = b"nrtbf".iter().position(|letter| *letter == more[0]);
                    bytes.push(escaped.map_or(more[0], |at| b"\n\r\t\x08\x0c"[at]));
                    rest = &more[1..];
                }
                _ => {
                    // Parentheses in pairs are part of the string.
                    depth += i32::from(byte == b'(') - i32::from(byte == b')');
                    bytes.push(byte);
                }
            }
        }
        if !self.open.iter().any(|means| *means) {
            let font = &self.fonts[&self.font];
            let parts = bytes.chunks(2).map(|id| font[&u16::from_be_bytes([id[0], id[1]])].clone());
            self.printed.last_mut().unwrap().parts.extend(parts);
        }
        rest
    }
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

/// The number behind a name.
fn after(object: &[u8], name: &str) -> Option<usize> {
    let rest = &object[find(object, name.as_bytes())? + name.len()..];
    text(&rest[..rest.iter().position(|byte| !byte.is_ascii_digit())?]).parse().ok()
}

fn utf16(hex: &str) -> String {
    let units: Vec<u16> = hex.as_bytes().chunks(4).map(|unit| u16::from_str_radix(text(unit), 16).unwrap()).collect();
    String::from_utf16(&units).unwrap()
}

/// Bytes as text; those that are none become empty.
fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}
