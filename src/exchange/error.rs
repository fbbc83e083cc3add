//! Why a file cannot be read as a table at all, in words for the person who chose it.
//!
//! A row that cannot be read is no error: it is listed in the plan and the others go on.

use std::fmt;

use super::decode::{LONGEST_LINE, MOST_BYTES};
use super::delimited::{LONGEST_ROW, MOST_COLUMNS, MOST_ROWS};

/// A file that is refused whole. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IntakeError {
    Empty,
    TooLarge {
        bytes: usize,
    },
    Picture,
    /// `.xlsx`: a zip whose first entry belongs to a workbook.
    Workbook,
    /// `.xls` and other files of the older office format.
    OldOffice,
    Zip,
    Pdf,
    Program,
    /// Zero bytes or control characters where text should be.
    Binary,
    /// Neither UTF-8 nor GB18030.
    UnknownEncoding,
    /// A line longer than any table's; `line` counts from 1.
    LongLine {
        line: usize,
    },
    /// A row that goes on past any table's; `line` is where it begins.
    EndlessRow {
        line: u64,
    },
    Json,
    /// GeoJSON: it belongs on another page.
    Borders,
    WebPage,
    NotATable,
    NoRows,
    TooManyColumns {
        columns: usize,
    },
    TooManyRows,
    /// The division file does not have the shape of one.
    NotDivisions,
}

impl fmt::Display for IntakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let megabytes = |bytes: usize| bytes / (1024 * 1024);
        match self {
            IntakeError::TooLarge { bytes } => write!(
                f,
                "文件有 {} MB，超过 {} MB 的上限，没有读取。请分成几个文件再导入。",
                megabytes(*bytes),
                megabytes(MOST_BYTES)
            ),
            IntakeError::LongLine { line } => write!(
                f,
                "第 {line} 行超过 {} MB 还没有换行，不像表格，没有导入。请确认选对了文件。",
                megabytes(LONGEST_LINE)
            ),
            IntakeError::EndlessRow { line } => write!(
                f,
                "从第 {line} 行起超过 {} MB 这一行还没有结束，多半是有一个引号没有配对，没有导入。请在表格软件里检查这一行，重新另存为 CSV。",
                megabytes(LONGEST_ROW)
            ),
            IntakeError::TooManyColumns { columns } => {
                write!(
                    f,
                    "表格有 {columns} 列，超过 {MOST_COLUMNS} 列的上限，没有导入。请删去不用的列。"
                )
            }
            IntakeError::TooManyRows => {
                write!(f, "表格超过 {MOST_ROWS} 行，没有导入。请分成几个文件再导入。")
            }
            plain => f.write_str(plain.sentence()),
        }
    }
}

impl std::error::Error for IntakeError {}

impl IntakeError {
    fn sentence(&self) -> &'static str {
        match self {
            IntakeError::Empty => "文件是空的，没有可导入的内容。",
            IntakeError::Picture => {
                "这是一张图片，不是表格，没有导入。请选由表格软件另存的 CSV 文件。"
            }
            IntakeError::Workbook => {
                "这是 Excel 工作簿（xlsx），目前读不了，没有导入。请在表格软件里另存为 CSV 再选。"
            }
            IntakeError::OldOffice => {
                "这是旧版 Office 文件（xls 或 doc），读不了，没有导入。请在表格软件里另存为 CSV 再选。"
            }
            IntakeError::Zip => "这是压缩包，没有导入。请先解压，再选里面的 CSV 文件。",
            IntakeError::Pdf => {
                "这是 PDF 文件，不是表格，没有导入。请找到原来的表格，另存为 CSV 再选。"
            }
            IntakeError::Program => "这是程序文件，不是表格，没有导入。请确认文件来源可靠。",
            IntakeError::Binary => "文件里不是文字，读不成表格，没有导入。请确认选对了文件。",
            IntakeError::UnknownEncoding => {
                "文件的文字编码认不出来，没有导入。请在表格软件里另存为“CSV UTF-8”再选。"
            }
            IntakeError::Json => {
                "这是 JSON 文件，不是表格，没有导入。数据包请到“数据与备份”里导入；区划代码文件里应有乡镇和各村的代码、名称。"
            }
            IntakeError::Borders => {
                "这是网格边界文件，不是表格，没有导入。请到“网格图”里的“网格边界”导入。"
            }
            IntakeError::WebPage => "这是网页，不是表格，没有导入。请把其中的表格另存为 CSV 再选。",
            IntakeError::NotATable => {
                "没有找到表头和列，不像表格，没有导入。第一行应是各列的名称，各列用逗号隔开。"
            }
            IntakeError::NoRows => "表格只有表头，没有内容，没有可导入的行。",
            IntakeError::NotDivisions => {
                "这个文件不是行政区划代码文件，没有导入。其中应有乡镇和各村的代码、名称。"
            }
            // Sentences with figures are written where the figures are.
            _ => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x2_every_refusal_is_a_sentence_that_says_what_was_not_done() {
        use IntakeError::*;
        let all = [
            Empty,
            TooLarge { bytes: 70 << 20 },
            Picture,
            Workbook,
            OldOffice,
            Zip,
            Pdf,
            Program,
            Binary,
            UnknownEncoding,
            LongLine { line: 2 },
            EndlessRow { line: 3 },
            Json,
            Borders,
            WebPage,
            NotATable,
            NoRows,
            TooManyColumns { columns: 300 },
            TooManyRows,
            NotDivisions,
        ];
        let sentences: std::collections::BTreeSet<String> =
            all.iter().map(ToString::to_string).collect();
        assert_eq!(sentences.len(), all.len(), "each has its own");
        for sentence in sentences {
            assert!(sentence.ends_with('。'), "{sentence}");
            assert!(sentence.contains("没有"), "{sentence}");
        }
    }
}
