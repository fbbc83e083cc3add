//! What can go wrong between the township and its file, each by its own sentence. Whatever it is,
//! nothing is lost: the township is where it was, and the file keeps what it had.

use std::fmt;

/// Why a file was not written, or does not count.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// The file or its folder is not there: a stick pulled out, a folder moved.
    Gone,
    /// The browser does not let the page write there, or no longer.
    Denied,
    /// No room.
    Full,
    /// Something else holds the file, or the stick is write-protected.
    Busy,
    /// Another copy wrote the file since: it holds so many actions that are not here.
    Changed { actions: usize },
    /// The file holds something that is no bundle of ours; what it is, as a sentence.
    Foreign(String),
    /// The file belongs to another township.
    OtherTownship { theirs: String },
    /// What was read back is not what was written.
    Unlike,
    /// Anything else the browser said.
    Other(String),
}

impl Trouble {
    /// By the name and the words of the browser's exception.
    pub fn named(name: &str, message: &str) -> Trouble {
        match name {
            "NotFoundError" | "NotReadableError" => Trouble::Gone,
            "NotAllowedError" | "SecurityError" => Trouble::Denied,
            "QuotaExceededError" => Trouble::Full,
            "NoModificationAllowedError" | "InvalidModificationError" => Trouble::Busy,
            _ => Trouble::Other(format!("{name} {message}")),
        }
    }
}

impl fmt::Display for Trouble {
    /// What happened, what is safe, what to do.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = match self {
            Trouble::Gone => {
                "存档文件找不到了，可能 U 盘已拔出或文件夹被移走。改动都还在本页，文件里是上一次存的。请插好 U 盘后点“重试”。"
            }
            Trouble::Denied => {
                "浏览器没有允许写存档文件。改动都还在本页，文件没有动。请点“允许写入”，再在浏览器的询问里点“允许”。"
            }
            Trouble::Full => {
                "U 盘或磁盘满了，这次没有存进文件。改动都还在本页，文件里是上一次存的。请腾出空间后点“重试”，或换个位置。"
            }
            Trouble::Busy => {
                "存档文件写不进去，可能 U 盘开了写保护，或文件正被别的程序打开。改动都还在本页。请关掉它或打开写保护开关后点“重试”。"
            }
            Trouble::Changed { actions } => {
                return write!(
                    f,
                    "存档文件被另一台电脑改过，里面有 {actions} 条操作这里没有。为免丢失没有覆盖它，两边的改动都在。请先合并，合并后会自动存入。"
                );
            }
            Trouble::Foreign(said) => {
                return write!(
                    f,
                    "存档文件里现在不是岗图存的内容，没有覆盖。改动都还在本页。打开它时：{said}"
                );
            }
            Trouble::OtherTownship { theirs } => {
                return write!(
                    f,
                    "这个文件是“{theirs}”的存档，没有覆盖，改动都还在本页。请换个位置存本镇。"
                );
            }
            Trouble::Unlike => {
                "写完再打开，内容对不上，这次不算存好，可能 U 盘快坏了。改动都还在本页。请点“重试”，仍不行请换一个 U 盘。"
            }
            Trouble::Other(said) => {
                return write!(
                    f,
                    "浏览器没能写成存档文件（{said}）。改动都还在本页，文件里是上一次存的。请点“重试”，仍不行请下载数据包。"
                );
            }
        };
        f.write_str(said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v3_every_failure_has_its_own_sentence_that_says_what_is_safe() {
        let names = [
            "NotFoundError",
            "NotAllowedError",
            "QuotaExceededError",
            "NoModificationAllowedError",
            "AbortError",
        ];
        let mut said: Vec<String> =
            names.iter().map(|name| Trouble::named(name, "x").to_string()).collect();
        said.push(Trouble::Changed { actions: 3 }.to_string());
        said.push(Trouble::Foreign("这个文件是空的。".into()).to_string());
        said.push(Trouble::OtherTownship { theirs: "青石镇".into() }.to_string());
        said.push(Trouble::Unlike.to_string());
        assert!(said.iter().all(|one| one.contains("都在") || one.contains("都还在")));
        let count = said.len();
        said.sort();
        said.dedup();
        assert_eq!(said.len(), count);
    }
}
