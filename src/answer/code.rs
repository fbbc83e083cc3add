//! A text as a QR code (GB/T 18284): readable by any telephone without a network. Holds the dark squares only; paints nothing.

use fast_qr::ECL;
use fast_qr::qr::QRBuilder;

/// A code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Squares along a side.
    pub size: usize,
    dark: Vec<bool>,
}

/// Light squares that must stay free around a code.
pub const QUIET: usize = 4;

impl Code {
    /// `None` where the text is longer than a code holds.
    pub fn of(text: &str) -> Option<Code> {
        let code = QRBuilder::new(text).ecl(ECL::L).build().ok()?;
        let size = code.size;
        let dark =
            (0..size).flat_map(|row| code[row][..size].iter().map(|at| at.value())).collect();
        Some(Code { size, dark })
    }

    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        self.dark[y * self.size + x]
    }

    /// The dark squares as one path in units of a square, the quiet zone before them.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for y in 0..self.size {
            let mut x = 0;
            while x < self.size {
                let run = (x..self.size).take_while(|at| self.is_dark(*at, y)).count();
                if run > 0 {
                    path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET));
                }
                x += run.max(1);
            }
        }
        path
    }

    /// Squares along a side with the quiet zone.
    pub fn span(&self) -> usize {
        self.size + 2 * QUIET
    }
}
