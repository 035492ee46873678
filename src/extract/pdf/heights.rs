//! Which glyphs of a page stand on one height.

use super::page::Glyph;

/// What stands this much higher or lower still stands on the line: m², 4th.
const SAME_LINE: f32 = 0.42;
/// And where nothing else stands around it, this much: no two lines are as near.
const RAISED: f32 = 0.5;
/// Letters that are raised higher, up to this, are smaller than this and touch the letter they belong to.
const RAISED_HIGH: f32 = 0.55;
const RAISED_SIZE: f32 = 0.75;
const TOUCHING: f32 = 0.2;
/// Type that is so much larger may be as high as two lines.
const LARGER: f32 = 1.25;
/// Beside type that is so much larger, small type is on a line of its own, and no raised or lowered letter.
const MUCH_LARGER: f32 = 3.0;
/// What stands this far apart, in parts of the size of type, stands beside each other.
const BESIDE: f32 = 0.6;

/// Glyphs from top to bottom, put together where they stand on one height.
pub(super) fn heights(order: Vec<&Glyph>) -> impl Iterator<Item = Vec<&Glyph>> {
    let ends = lowered(&order, &on_heights(&order, SAME_LINE));
    let mut start = 0;
    ends.into_iter().flat_map(move |end| {
        let line = order.get(start..end).unwrap_or_default().to_vec();
        start = end;
        by_columns(line)
    })
}

/// Puts small letters that are raised high onto the line whose letters they follow: "1st". Lines are told by where each ends.
fn lowered(order: &[&Glyph], ends: &[usize]) -> Vec<usize> {
    let mut joined: Vec<usize> = Vec::with_capacity(ends.len());
    // Where the last of them begins, and ends.
    let (mut start, mut last) = (0, 0);
    for &end in ends {
        let parts = order.get(start..last).zip(order.get(last..end));
        let raised = parts.is_some_and(|(raised, line)| are_raised(raised, line));
        if let Some(joined) = joined.last_mut().filter(|_| raised) {
            *joined = end;
        } else {
            joined.push(end);
            start = last;
        }
        last = end;
    }
    joined
}

/// Whether each of these letters follows one of the line that is larger, or one that does.
fn are_raised(letters: &[&Glyph], line: &[&Glyph]) -> bool {
    let (Some(one), Some(other)) = (letters.first(), line.last()) else { return false };
    let near = |large: &Glyph, small: &Glyph| {
        small.size < RAISED_SIZE * large.size && large.base - small.base <= RAISED_HIGH * large.size
    };
    let after = |before: &Glyph, letter: &Glyph| (letter.left - before.right).abs() < TOUCHING * letter.size;
    near(other, one)
        && letters.iter().all(|letter| {
            line.iter().any(|large| near(large, letter) && after(large, letter))
                || letters.iter().any(|before| before.left < letter.left && after(before, letter))
        })
}

/// Where each line ends, going by the largest type of a line alone.
fn on_heights(order: &[&Glyph], near: f32) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    // Height and size of the largest type of the last line.
    let mut last = (f32::NEG_INFINITY, 0.0_f32);
    for (at, glyph) in order.iter().enumerate() {
        let tall = last.1.max(glyph.size).min(MUCH_LARGER * last.1.min(glyph.size));
        if at > 0 && (glyph.base - last.0).abs() <= near * tall {
            if glyph.size > last.1 {
                last = (glyph.base, glyph.size);
            }
        } else {
            last = (glyph.base, glyph.size);
            if at > 0 {
                ends.push(at);
            }
        }
    }
    if !order.is_empty() {
        ends.push(order.len());
    }
    ends
}

/// Large type beside small type is as high as two lines of it: these are parted again.
fn by_columns(mut glyphs: Vec<&Glyph>) -> Vec<Vec<&Glyph>> {
    let (small, tall) = glyphs
        .iter()
        .fold((f32::INFINITY, 0.0_f32), |(small, tall), glyph| (small.min(glyph.size), tall.max(glyph.size)));
    let (Some(first), Some(last)) = (glyphs.first(), glyphs.last()) else { return Vec::new() };
    if tall < LARGER * small || last.base - first.base <= SAME_LINE * small {
        return vec![glyphs];
    }
    glyphs.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut end = f32::NEG_INFINITY;
    let mut columns: Vec<Vec<&Glyph>> = Vec::new();
    for &glyph in &glyphs {
        match columns.last_mut().filter(|_| glyph.left - end < BESIDE * glyph.size) {
            Some(column) => column.push(glyph),
            None => columns.push(vec![glyph]),
        }
        end = end.max(glyph.right);
    }
    let mut parts: Vec<Vec<&Glyph>> = Vec::new();
    let mut any = false;
    for mut column in columns {
        column.sort_by(|a, b| a.base.total_cmp(&b.base));
        let ends = on_heights(&column, RAISED);
        any |= ends.len() > 1;
        let starts = std::iter::once(0).chain(ends.iter().copied());
        parts.extend(starts.zip(&ends).filter_map(|(start, &end)| Some(column.get(start..end)?.to_vec())));
    }
    if !any {
        return vec![glyphs];
    }
    // What stands on one height in its own size is one line across the columns.
    let measured = |part: &Vec<&Glyph>| {
        let largest = part.iter().max_by(|a, b| a.size.total_cmp(&b.size));
        largest.map_or((0.0, 0.0), |glyph| (glyph.base, glyph.size))
    };
    parts.sort_by(|a, b| measured(a).0.total_cmp(&measured(b).0));
    let mut lines: Vec<((f32, f32), Vec<&Glyph>)> = Vec::new();
    for part in parts {
        let (base, size) = measured(&part);
        match lines.last_mut() {
            Some(((height, tall), line)) if base - *height <= SAME_LINE * size.min(*tall) => line.extend(part),
            _ => lines.push(((base, size), part)),
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

#[cfg(test)]
mod tests {
    use crate::extract::pdf::lines::lines;
    use crate::extract::pdf::lines::tests::page;

    #[test]
    fn letters_that_are_raised_high_stand_with_their_word() {
        let raise = |words: &[(&str, f32, f32)]| {
            let mut page = page(words);
            for glyph in page.glyphs.iter_mut().filter(|glyph| glyph.base < 30.0) {
                (glyph.size, glyph.right) = (6.0, glyph.left + 5.0);
            }
            let all: Vec<usize> = (0..page.glyphs.len()).collect();
            lines(&page, &all).into_iter().map(|line| line.text).collect::<Vec<_>>()
        };
        let line = [("the", 0.0, 30.0), ("1", 20.0, 30.0), ("st", 25.0, 25.3), ("of", 40.0, 30.0), ("2", 55.0, 30.0)];
        assert_eq!(raise(&line), ["the 1st of 2"]);
        assert_eq!(raise(&[("the", 0.0, 30.0), ("st", 25.0, 25.3)]), ["st", "the"]);
    }

    #[test]
    fn large_type_holds_small_type_neither_together_nor_apart() {
        let sized = |words: &[(&str, f32, f32)], size: f32| {
            let mut page = page(words);
            page.glyphs.iter_mut().filter(|glyph| glyph.left < 100.0).for_each(|glyph| glyph.size = size);
            let all: Vec<usize> = (0..page.glyphs.len()).collect();
            lines(&page, &all).into_iter().map(|line| line.text).collect::<Vec<_>>()
        };
        // Spaces that nobody wrote are as wide as the type around them is large.
        assert_eq!(sized(&[("PLAN", 0.0, 30.0), ("3", 200.0, 30.0), ("June", 208.0, 30.0)], 24.0), ["PLAN 3 June"]);
        // Two lines of small type beside one of large type.
        let columns = [("PLAN", 0.0, 38.5), ("one", 200.0, 30.0), ("two", 200.0, 41.0), ("three", 300.0, 30.0)];
        assert_eq!(sized(&columns, 24.0), ["one three", "PLAN two"]);
        // A line under a poster.
        assert_eq!(sized(&[("BIG", 0.0, 30.0), ("small", 200.0, 65.0)], 116.0), ["BIG", "small"]);
    }
}
