//! What a person hands over, read into a sheet. Does not know what the columns mean.

use std::rc::Rc;

use web_sys::File;

use crate::exchange::divisions::{self, DivisionTown};
use crate::exchange::{
    Decoded, IntakeError, MOST_BYTES, Progress, Rank, Reader, Table, decode_with, rank,
};
use crate::sorting::Sorting;
use crate::ui::turn::{Halt, Turn};
use crate::web::files;
use crate::web::world::nfc;

/// Rows read between two looks at the clock.
const ROWS_A_STEP: usize = 300;

/// A file, or text from the clipboard.
#[derive(Clone)]
pub enum Source {
    File(File),
    Pasted(String),
}

/// A table as it was read, with what is told about it.
#[derive(Clone)]
pub struct Sheet {
    pub name: String,
    pub encoding: &'static str,
    pub table: Rc<Table>,
    /// Chosen from a file of division codes: its columns are known.
    pub of_divisions: bool,
}

/// What a source turned out to hold.
pub enum Content {
    Sheet(Sheet),
    Towns(Vec<DivisionTown>),
}

impl Source {
    pub fn name(&self) -> String {
        match self {
            Source::File(file) => file.name(),
            Source::Pasted(_) => "粘贴的表格".to_string(),
        }
    }

    async fn decoded(self, turn: &Turn) -> Result<Decoded, Halt> {
        let bytes = match self {
            Source::Pasted(text) => text.into_bytes(),
            Source::File(file) => {
                if file.size() > MOST_BYTES as f64 {
                    return Err(refused(IntakeError::TooLarge { bytes: file.size() as usize }));
                }
                let handed = files::read(&file).await;
                turn.check()?;
                handed
                    .ok_or_else(|| {
                        Halt::Refused("文件读不出来，可能 U 盘已拔出，或文件正被别的程序占用。现有数据没有变化，请插好后重选。".to_string())
                    })?
                    .bytes
            }
        };
        decode_with(&bytes, &files::gb18030, &nfc).map_err(refused)
    }

    /// Reads all of it, in slices.
    pub async fn read(self, turn: &Turn, show: &dyn Fn(Progress)) -> Result<Content, Halt> {
        let name = self.name();
        // The bar is painted before the one step that cannot be cut: bytes into text.
        turn.pause(16).await?;
        let Decoded { text, encoding } = self.decoded(turn).await?;
        if is_json(&text) {
            return towns_of(&text).map(Content::Towns);
        }
        let mut reader = Reader::new(text).map_err(refused)?;
        turn.slices(&mut || reader.step(ROWS_A_STEP).map_err(refused), show).await?;
        let table = Rc::new(reader.finish().map_err(refused)?);
        let encoding = encoding.label();
        Ok(Content::Sheet(Sheet { name, encoding, table, of_divisions: false }))
    }

    /// Its place among others; a file that cannot be read comes first, so that this is told first.
    async fn rank(self, turn: &Turn) -> Result<Option<Rank>, Halt> {
        let name = self.name();
        let text = match self.decoded(turn).await {
            Ok(decoded) => decoded.text,
            Err(Halt::Refused(_)) => return Ok(None),
            Err(stopped) => return Err(stopped),
        };
        if is_json(&text) {
            return Ok(Some(Rank::of_divisions()));
        }
        Ok(Reader::new(text).ok().map(|reader| rank(reader.headers(), &name)))
    }
}

/// Several sources in the order in which each finds the records it names.
pub async fn in_order(sources: Vec<Source>, turn: &Turn) -> Result<Vec<Source>, Halt> {
    if sources.len() < 2 {
        return Ok(sources);
    }
    let mut ranked = Vec::with_capacity(sources.len());
    for source in sources {
        turn.pause(0).await?;
        ranked.push((source.clone().rank(turn).await?, source));
    }
    ranked.arrange_by(|(rank, _)| *rank);
    Ok(ranked.into_iter().map(|(_, source)| source).collect())
}

fn refused(error: IntakeError) -> Halt {
    Halt::Refused(error.to_string())
}

fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

fn towns_of(text: &str) -> Result<Vec<DivisionTown>, Halt> {
    // A bundle handed in here by mistake is told where it belongs.
    let error = |error| match text {
        text if text.contains("\"towns\"") => error,
        text if text.contains("\"coordinates\"") => IntakeError::Borders,
        _ => IntakeError::Json,
    };
    divisions::read(text).map_err(error).map_err(refused)
}
