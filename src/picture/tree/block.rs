//! Blocks: cards in a grid, subtrees on shelves or in stacks. Places boxes of given size; knows no tree.

/// Where each box of a block stands, relative to the block, and the size of the block.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Block {
    pub at: Vec<(f64, f64)>,
    pub w: f64,
    pub h: f64,
}

/// A grid of `columns`, filled row by row; every column is as wide as the widest card, every row
/// as high as its highest.
pub(super) fn grid(sizes: &[(f64, f64)], columns: usize, gap: f64) -> Block {
    let columns = columns.clamp(1, sizes.len().max(1));
    let wide = sizes.iter().map(|s| s.0).fold(0.0, f64::max);
    let mut block = Block { at: Vec::with_capacity(sizes.len()), ..Block::default() };
    let mut y = 0.0;
    for row in sizes.chunks(columns) {
        for column in 0..row.len() {
            block.at.push((column as f64 * (wide + gap), y));
        }
        block.h = y + row.iter().map(|s| s.1).fold(0.0, f64::max);
        y = block.h + gap;
    }
    block.w = columns as f64 * (wide + gap) - gap;
    block
}

/// Rows in order, none wider than `width` unless one box is; each row is centred. The rows are as
/// even as their number allows.
pub(super) fn shelves(sizes: &[(f64, f64)], width: f64, gap: f64, between: f64) -> Block {
    let width = even(sizes, width, gap);
    let rows = rows(sizes, width, gap);
    let wide = rows.iter().map(|r| r.w).fold(0.0, f64::max);
    let mut block = Block { at: Vec::with_capacity(sizes.len()), w: wide, h: 0.0 };
    let mut y = 0.0;
    for row in &rows {
        let mut x = (wide - row.w) / 2.0;
        for (w, h) in &sizes[row.from..row.to] {
            block.at.push((x, y));
            x += w + gap;
            block.h = block.h.max(y + h);
        }
        y = block.h + between;
    }
    block
}

/// So many columns; each box goes to the column that is shortest so far, the first of equal ones.
pub(super) fn stacks(sizes: &[(f64, f64)], columns: usize, gap: f64) -> Block {
    let columns = columns.clamp(1, sizes.len().max(1));
    let wide = sizes.iter().map(|s| s.0).fold(0.0, f64::max);
    let mut feet = vec![0.0f64; columns];
    let mut block = Block { at: Vec::with_capacity(sizes.len()), ..Block::default() };
    for (_, h) in sizes {
        let shortest = |best: usize, column: usize| {
            if feet[column] < feet[best] - 1e-9 { column } else { best }
        };
        let column = (1..columns).fold(0, shortest);
        block.at.push((column as f64 * (wide + gap), feet[column]));
        block.h = block.h.max(feet[column] + h);
        feet[column] += h + gap;
    }
    block.w = columns as f64 * (wide + gap) - gap;
    block
}

struct Row {
    from: usize,
    to: usize,
    w: f64,
}

fn rows(sizes: &[(f64, f64)], width: f64, gap: f64) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (at, (w, _)) in sizes.iter().enumerate() {
        match rows.last_mut() {
            Some(row) if row.w + gap + w <= width + 1e-9 => {
                row.w += gap + w;
                row.to = at + 1;
            }
            _ => rows.push(Row { from: at, to: at + 1, w: *w }),
        }
    }
    rows
}

/// The smallest width that needs no more rows than `width` does.
fn even(sizes: &[(f64, f64)], width: f64, gap: f64) -> f64 {
    let most = rows(sizes, width, gap).len();
    let mut low = sizes.iter().map(|s| s.0).fold(0.0, f64::max);
    let mut high = width.max(low);
    for _ in 0..16 {
        let middle = (low + high) / 2.0;
        if rows(sizes, middle, gap).len() <= most {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_has_straight_columns_and_rows() {
        let block = grid(&[(10.0, 5.0), (8.0, 9.0), (6.0, 5.0)], 2, 2.0);
        assert_eq!(block.at, [(0.0, 0.0), (12.0, 0.0), (0.0, 11.0)]);
        assert_eq!((block.w, block.h), (22.0, 16.0));
    }

    #[test]
    fn shelves_share_their_boxes_evenly() {
        let block = shelves(&[(10.0, 5.0); 8], 75.0, 0.0, 1.0);
        let second = block.at.iter().filter(|(_, y)| *y > 0.0).count();
        assert_eq!((block.w, second), (block.w.min(41.0), 4));
    }

    #[test]
    fn stacks_grow_where_they_are_shortest() {
        let block = stacks(&[(10.0, 5.0), (8.0, 9.0), (6.0, 5.0)], 2, 2.0);
        assert_eq!(block.at, [(0.0, 0.0), (12.0, 0.0), (0.0, 7.0)]);
        assert_eq!((block.w, block.h), (22.0, 12.0));
    }

    #[test]
    fn a_box_wider_than_the_shelf_still_stands() {
        let block = shelves(&[(100.0, 5.0), (10.0, 5.0)], 50.0, 1.0, 1.0);
        assert_eq!(block.at.len(), 2);
        assert_eq!(block.w, 100.0);
    }
}
