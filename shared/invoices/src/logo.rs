//! The logo: a message with a code of three signs, on a round square.

use crate::{
    pdf::{Canvas, rounded},
    sheet::Area,
    style::{ACCENT, PAPER},
};

/// Draws the logo into a square.
pub(crate) fn draw(canvas: &mut Canvas, area: Area) {
    let unit = area.width / 30.0;
    let at = |x: f32, y: f32| (area.left + x * unit, area.top + y * unit);
    let part = |(left, top): (f32, f32), width: f32, height: f32| Area {
        left,
        top,
        width: width * unit,
        height: height * unit,
    };
    canvas.fill(ACCENT);
    canvas.path(|path| rounded(path, area, 7.5 * unit));
    canvas.fill(PAPER);
    canvas.path(|path| {
        rounded(path, part(at(6.0, 7.0), 18.0, 12.5), 4.0 * unit);
        let (tip, left, right) = (at(10.0, 24.0), at(10.0, 18.5), at(16.0, 18.5));
        path.move_to(left.0, left.1);
        path.line_to(right.0, right.1);
        path.line_to(tip.0, tip.1);
        path.close();
    });
    canvas.fill(ACCENT);
    canvas.path(|path| {
        for x in [9.2, 13.6, 18.0] {
            rounded(path, part(at(x, 11.85), 2.8, 2.8), 1.4 * unit);
        }
    });
}
