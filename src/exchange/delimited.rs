//! Text with delimiters into a [`Table`], a slice at a time. Does not know what the columns mean.

use std::io::{Cursor, Read, Seek, SeekFrom};

use csv::{ByteRecord, ReaderBuilder, Trim};

use super::error::IntakeError;
use super::table::{Progress, RaggedRow, SheetRow, Table};
use crate::sorting::Sorting;

/// Most columns a table may have.
pub const MOST_COLUMNS: usize = 256;
/// Most rows a table may have.
pub const MOST_ROWS: usize = 500_000;
/// Longest cell in characters, the same as in spreadsheet programs.
pub const LONGEST_CELL: usize = 32_767;
/// Longest row in bytes, line ends inside quotes included: a quote that is never closed would make
/// one cell of all that follows.
pub const LONGEST_ROW: usize = 1024 * 1024;
/// Lines above the header that are looked at before giving up on finding it lower.
const PREAMBLE: usize = 6;

/// Reads a table row by row.
pub struct Reader {
    csv: csv::Reader<Fed>,
    total: u64,
    table: Table,
    record: ByteRecord,
    finished: bool,
    /// Line of the row that did not end where any row does.
    endless: Option<u64>,
}

/// The text as far as the row being read may reach; its end looks like the end of the file.
struct Fed {
    text: Cursor<String>,
    until: u64,
}

impl Read for Fed {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let room = self.until.saturating_sub(self.text.position()).min(into.len() as u64);
        self.text.read(&mut into[..room as usize])
    }
}

impl Seek for Fed {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.text.seek(to)
    }
}

impl Reader {
    /// Finds delimiter and header. The text is taken over, so that nothing is copied.
    pub fn new(text: String) -> Result<Reader, IntakeError> {
        refuse_other_formats(&text)?;
        let delimiter = guess_delimiter(&text);
        let total = text.len() as u64;
        let csv = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .trim(Trim::None)
            .from_reader(Fed { text: Cursor::new(text), until: 0 });
        let table = Table { delimiter: Some(char::from(delimiter)), ..Table::default() };
        let record = ByteRecord::new();
        let mut reader = Reader { csv, total, table, record, finished: false, endless: None };
        reader.read_header()?;
        Ok(reader)
    }

    pub fn headers(&self) -> &[String] {
        &self.table.headers
    }

    /// Reads up to `rows` more rows. Progress is in bytes of the text.
    pub fn step(&mut self, rows: usize) -> Result<Progress, IntakeError> {
        for _ in 0..rows {
            let Some((line, cells, raw)) = self.next_record() else {
                self.check_end()?;
                self.finished = true;
                break;
            };
            self.take(line, cells, raw);
            if self.table.rows.len() + self.table.ragged.len() > MOST_ROWS {
                return Err(IntakeError::TooManyRows);
            }
        }
        let done = if self.finished { self.total } else { self.csv.position().byte() };
        // The last byte belongs to whoever notices that nothing follows it.
        let done = if self.finished { done } else { done.min(self.total.saturating_sub(1)) };
        Ok(Progress { done, total: self.total })
    }

    fn check_end(&self) -> Result<(), IntakeError> {
        self.endless.map_or(Ok(()), |line| Err(IntakeError::EndlessRow { line }))
    }

    /// The table, once `step` has come to the end.
    pub fn finish(self) -> Result<Table, IntakeError> {
        if self.table.rows.is_empty() && self.table.ragged.is_empty() {
            return Err(IntakeError::NoRows);
        }
        Ok(self.table)
    }

    /// Real sheets carry a heading above the header: it is the first line with two filled cells.
    fn read_header(&mut self) -> Result<(), IntakeError> {
        let mut first: Option<(Vec<Box<str>>, csv::Position)> = None;
        for _ in 0..PREAMBLE {
            let before = self.csv.position().clone();
            let next = self.next_record();
            self.check_end()?;
            let Some((_, cells, raw)) = next else { break };
            if cells.iter().filter(|cell| !cell.is_empty()).count() >= 2 {
                return self.set_header(cells);
            }
            first.get_or_insert((cells, before));
            self.table.preamble.push(raw);
        }
        // A table of one column: its first line is the header after all.
        let (cells, before) = first.ok_or(IntakeError::NotATable)?;
        self.table.preamble.clear();
        self.csv.seek(before).map_err(|_| IntakeError::NotATable)?;
        self.next_record();
        self.set_header(cells)
    }

    fn set_header(&mut self, mut cells: Vec<Box<str>>) -> Result<(), IntakeError> {
        while cells.last().is_some_and(|cell| cell.is_empty()) {
            cells.pop();
        }
        if cells.len() > MOST_COLUMNS {
            return Err(IntakeError::TooManyColumns { columns: cells.len() });
        }
        // Prose has one column, and its first line is a sentence.
        let prose = cells.len() == 1 && cells[0].chars().count() > 30;
        if cells.is_empty() || prose {
            return Err(IntakeError::NotATable);
        }
        self.table.headers = cells.into_iter().map(String::from).collect();
        Ok(())
    }

    fn take(&mut self, line: u64, mut cells: Vec<Box<str>>, raw: String) {
        let width = self.table.headers.len();
        while cells.len() > width && cells.last().is_some_and(|cell| cell.is_empty()) {
            cells.pop();
        }
        match ragged_reason(&cells, width, raw.trim_end().contains('\n')) {
            None => self.table.rows.push(SheetRow { line, cells }),
            Some(reason) => self.table.ragged.push(RaggedRow { line, raw, reason }),
        }
    }

    /// The next line that is not empty: where it begins, its cells, and the text itself.
    fn next_record(&mut self) -> Option<(u64, Vec<Box<str>>, String)> {
        loop {
            let start = self.csv.position().clone();
            let until = start.byte() + LONGEST_ROW as u64;
            self.csv.get_mut().until = until;
            if !self.csv.read_byte_record(&mut self.record).unwrap_or(false) {
                return None;
            }
            if self.csv.position().byte() >= until && until < self.total {
                self.endless = Some(start.line());
                return None;
            }
            let cells: Vec<Box<str>> = self.record.iter().map(cell_text).collect();
            if cells.iter().all(|cell| cell.is_empty()) {
                continue;
            }
            let end = self.csv.position().byte() as usize;
            let text = self.csv.get_ref().text.get_ref();
            let slice = text.get(start.byte() as usize..end).unwrap_or_default();
            // The reader stands before line ends it has yet to skip.
            let row = slice.trim_start_matches(['\r', '\n']);
            let skipped = slice[..slice.len() - row.len()].matches('\n').count() as u64;
            return Some((start.line() + skipped, cells, row.trim_end().to_string()));
        }
    }
}

/// Reads a whole table at once.
pub fn table(text: String) -> Result<Table, IntakeError> {
    let mut reader = Reader::new(text)?;
    while !reader.step(1024)?.finished() {}
    reader.finish()
}

fn cell_text(bytes: &[u8]) -> Box<str> {
    // The text was valid and delimiters are ASCII, so every cell is valid too.
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    text.trim_matches(|at: char| at.is_whitespace() || at == '\u{FEFF}' || at.is_control()).into()
}

fn ragged_reason(cells: &[Box<str>], width: usize, several_lines: bool) -> Option<String> {
    let quotes = if several_lines { "，可能有一个引号没有配对" } else { "" };
    if cells.len() != width {
        return Some(format!("这一行有 {} 格，表头有 {width} 格{quotes}。", cells.len()));
    }
    let long = |cell: &str| cell.len() > LONGEST_CELL && cell.chars().count() > LONGEST_CELL;
    let at = cells.iter().position(|cell| long(cell))?;
    Some(format!("第 {} 格超过 {LONGEST_CELL} 字{quotes}。", at + 1))
}

fn refuse_other_formats(text: &str) -> Result<(), IntakeError> {
    let start: String = text.trim_start().chars().take(64).collect::<String>().to_ascii_lowercase();
    let json = start.starts_with('{') || start.starts_with("[{") || start.starts_with("[\n");
    match start {
        _ if json => Err(IntakeError::Json),
        web if web.starts_with("<!doctype")
            || web.starts_with("<html")
            || web.starts_with("<?xml") =>
        {
            Err(IntakeError::WebPage)
        }
        _ => Ok(()),
    }
}

const DELIMITERS: [char; 3] = [',', '\t', ';'];
/// Lines looked at to find the delimiter.
const SAMPLE: usize = 10;

/// The delimiter that the first lines use most evenly: comma unless another does better.
fn guess_delimiter(text: &str) -> u8 {
    let counts = count_delimiters(text);
    let typical = |at: usize| -> usize {
        let mut counts: Vec<usize> = counts.iter().map(|line| line[at]).collect();
        counts.arrange(Ord::cmp);
        counts.get(counts.len().saturating_sub(1) / 2).copied().unwrap_or(0)
    };
    let best = (0..DELIMITERS.len()).rev().max_by_key(|at| typical(*at));
    DELIMITERS[best.unwrap_or(0)] as u8
}

/// How often each delimiter stands outside quotes, for each of the first lines that have text.
fn count_delimiters(text: &str) -> Vec<[usize; 3]> {
    let (mut lines, mut line, mut quoted, mut blank) = (Vec::new(), [0; 3], false, true);
    for at in text.chars().take(LONGEST_ROW).chain(['\n']) {
        quoted ^= at == '"';
        if at == '\n' && !quoted {
            if !blank {
                lines.push(line);
            }
            (line, blank) = ([0; 3], true);
            if lines.len() == SAMPLE {
                break;
            }
            continue;
        }
        blank &= at.is_whitespace();
        if !quoted && let Some(which) = DELIMITERS.iter().position(|delimiter| *delimiter == at) {
            line[which] += 1;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Table {
        table(text.to_string()).expect("table")
    }

    fn cells(row: &SheetRow) -> Vec<&str> {
        row.cells.iter().map(|cell| &**cell).collect()
    }

    #[test]
    fn x1_quoted_cells_keep_commas_and_lines_and_rows_keep_their_line() {
        let table = read("a,b\r\n1,\"x,\"\"y\"\"\r\nz\"\r\n\r\n2,y\r\n");
        assert_eq!(table.rows[0].line, 2);
        assert_eq!(cells(&table.rows[0]), ["1", "x,\"y\"\r\nz"]);
        assert_eq!(table.rows[1].line, 5);
    }

    #[test]
    fn x1_tabs_and_semicolons_are_found() {
        assert_eq!(read("a\tb,c\n1\t2\n").headers, ["a", "b,c"]);
        assert_eq!(read("a,b\n\"x;y;\n;;z\",1\n").headers, ["a", "b"]);
        assert_eq!(read("a;b\n1;2,5\n").delimiter, Some(';'));
        assert_eq!(read("名称\n甲\n").headers, ["名称"]);
    }

    #[test]
    fn x3_ragged_rows_are_listed_with_line_and_reason() {
        let table = read("a,b,c\n1,2\n1,2,3\n1,2,3,4\n1,2,3,,\n");
        assert_eq!(table.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 5]);
        assert_eq!(table.ragged[0].reason, "这一行有 2 格，表头有 3 格。");
        assert_eq!((table.ragged[1].line, table.ragged[1].raw.as_str()), (4, "1,2,3,4"));
    }

    #[test]
    fn x3_an_open_quote_does_not_lose_the_rest() {
        let table = read("a,b\n1,\"2\n3,4\n5,6\n");
        let raw = table.ragged.iter().map(|row| row.raw.as_str());
        let kept = table.rows.iter().flat_map(|row| row.cells.iter().map(|cell| &**cell));
        assert!(raw.chain(kept).any(|text| text.contains("5,6")));
    }

    #[test]
    fn x1_a_heading_above_the_header_is_passed_over() {
        let table = read("某镇岗位一览表,,\n,,\n机构,岗位,职责\n党政办,文书岗,文书\n");
        assert_eq!(table.headers, ["机构", "岗位", "职责"]);
        assert_eq!(table.preamble, ["某镇岗位一览表,,"]);
        assert_eq!(table.rows[0].line, 4);
    }

    #[test]
    fn x2_what_is_no_table_is_refused() {
        let refused = |text: &str| table(text.to_string()).expect_err("refused");
        assert_eq!(refused("{\"a\":1}"), IntakeError::Json);
        assert_eq!(refused("<!DOCTYPE html><p>"), IntakeError::WebPage);
        assert_eq!(refused("机构,岗位\n"), IntakeError::NoRows);
        assert_eq!(refused(&"很长的一句话没有任何分隔符号".repeat(5)), IntakeError::NotATable);
        assert!(matches!(refused(&",x".repeat(300)), IntakeError::TooManyColumns { .. }));
    }

    #[test]
    fn a_quote_that_is_never_closed_is_named_by_its_line_and_does_not_swallow_the_file() {
        let mut text = String::from("机构,岗位\n党政办,文书岗\n党政办,\"信息岗\n");
        text.push_str(&"x,y\n".repeat(2 * LONGEST_ROW / 4));
        assert_eq!(table(text), Err(IntakeError::EndlessRow { line: 3 }));
        let mut first = String::from("\"机构,岗位\n");
        first.push_str(&"x,y\n".repeat(2 * LONGEST_ROW / 4));
        assert_eq!(table(first), Err(IntakeError::EndlessRow { line: 1 }));
    }

    #[test]
    fn a_long_table_of_short_rows_is_read_to_its_end() {
        let text = format!("机构,岗位\n{}", "党政办,文书岗\n".repeat(150_000));
        assert!(text.len() > 2 * LONGEST_ROW);
        assert_eq!(read(&text).rows.len(), 150_000);
    }

    #[test]
    fn x10_slices_give_the_same_table_as_one_piece() {
        let text: String = "a,b\n".to_string() + &"1,2\n".repeat(1000);
        let mut reader = Reader::new(text.clone()).expect("reader");
        let mut last = 0;
        loop {
            let progress = reader.step(7).expect("step");
            assert!(progress.done >= last && progress.total == text.len() as u64);
            last = progress.done;
            if progress.finished() {
                break;
            }
        }
        assert_eq!(reader.finish(), table(text));
    }
}
