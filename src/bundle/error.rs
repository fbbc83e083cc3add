//! Why a file is not taken, each cause by its own name and sentence. Nothing has changed when one is met.

use std::fmt;

use crate::journal::intake::Refused;

/// What is wrong with a file offered as a bundle.
#[derive(Clone, Debug, PartialEq)]
pub enum BundleError {
    Empty,
    /// Nothing but zero bytes: the stick or the copy failed.
    Zeros,
    TooLarge {
        bytes: usize,
    },
    /// A packed archive: messengers zip files on their own.
    Archive,
    /// Recognised as something else, named.
    OtherFile(&'static str),
    /// Neither UTF-8 nor GBK text.
    NotText,
    /// Text, but no JSON object.
    NotABundle,
    /// It begins as a bundle and stops before its end.
    Truncated,
    /// Something stands behind the end of the bundle.
    TrailingBytes,
    /// A name twice in one object.
    DuplicateKey {
        said: String,
    },
    /// JSON that does not read at a place.
    Broken {
        line: usize,
        column: usize,
    },
    /// Made by a program with a newer format.
    NewerFormat {
        format: u32,
    },
    /// One person's extract: to be opened by itself, not merged.
    AnExtract,
    /// What was changed in an extract, with no township here it could be merged into.
    OfAnExtract,
    /// The content hash does not fit: changed on the way or by hand.
    HashMismatch,
    /// The counts in the envelope are not those of its content.
    CountMismatch,
    /// An action that cannot be read, by its position.
    BadAction {
        at: usize,
        said: String,
    },
    /// Actions of one copy whose times run backwards.
    TimeRunsBack {
        replica: String,
        counter: u64,
    },
    /// An action from a time no clock shows: after the year 9999.
    TimeTooFar {
        replica: String,
        counter: u64,
    },
    /// Lines that no honest copy writes: altered or doubled on the way.
    Refused(Refused),
    /// A signature that is not of what it stands for.
    BadSignature {
        replica: String,
    },
    /// A bundle of another township.
    OtherTownship {
        ours: String,
        theirs: String,
    },
}

impl fmt::Display for BundleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.what(f)?;
        f.write_str("现有数据没有任何改动。")
    }
}

impl BundleError {
    fn what(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BundleError::Empty => f.write_str("这个文件是空的（0 字节），可能上次保存没有完成。请找发送人重新导出。"),
            BundleError::Zeros => f.write_str("这个文件里全是空白字节，多半是 U 盘写坏了。请换一份备份或重新导出。"),
            BundleError::TooLarge { bytes } => write!(
                f,
                "这个文件有 {} MB，超过一份数据包的上限 {} MB。请确认选对了文件。",
                bytes >> 20,
                super::LARGEST >> 20
            ),
            BundleError::Archive => f.write_str("这是一个压缩包。请先解压，再选里面的 .json 数据包。"),
            BundleError::OtherFile(what) => write!(f, "这是{what}，不是岗图数据包。请选导出的 .json 文件。"),
            BundleError::NotText => f.write_str("这个文件不是文字内容，读不出来。请选岗图导出的 .json 文件。"),
            BundleError::NotABundle => f.write_str("这个文件不是岗图数据包。请选岗图导出的 .json 文件。"),
            BundleError::Truncated => f.write_str("数据包不完整，后半截丢了，可能拷贝中断或 U 盘被提前拔出。请重新拷贝或重新导出。"),
            BundleError::TrailingBytes => f.write_str("数据包末尾多出了别的内容，可能两个文件被拼在了一起。请用原文件。"),
            BundleError::DuplicateKey { said } => write!(f, "数据包里有重复的名称（{said}），内容有歧义，不能导入。请找发送人重新导出。"),
            BundleError::Broken { line, column } => write!(f, "数据包第 {line} 行第 {column} 字处读不下去，文件可能被改动或损坏。请用原文件。"),
            BundleError::NewerFormat { format } => write!(f, "这份数据包由新版岗图导出（格式 {format}），本版读不懂。请换新版岗图打开。"),
            BundleError::AnExtract => f.write_str("这是一个人的提取件，不是整个乡镇的数据包，不能合并。要看它、改它，请单独打开。"),
            BundleError::OfAnExtract => f.write_str("这里面只有一个人的提取件上的改动，单独打不开。请在完整的乡镇里合并它。"),
            BundleError::HashMismatch => f.write_str("数据包的校验码对不上，内容在途中被改动或损坏。请找发送人重新导出，不要手工修改数据包。"),
            BundleError::CountMismatch => f.write_str("数据包自报的条数与内容不符，可能缺了一段。请重新拷贝或重新导出。"),
            BundleError::BadAction { at, said } => write!(f, "数据包第 {at} 条操作读不出来（{said}）。请找发送人重新导出。"),
            BundleError::TimeRunsBack { replica, counter } => write!(f, "数据包里 {replica} 的第 {counter} 条操作时间倒退，顺序不可信。请找发送人重新导出。"),
            BundleError::TimeTooFar { replica, counter } => write!(f, "数据包里 {replica} 的第 {counter} 条操作的时间在公元 9999 年以后，不可信。请找发送人校对电脑时钟后重新导出。"),
            BundleError::Refused(refused) => write!(f, "{refused}"),
            BundleError::BadSignature { replica } => write!(f, "副本 {replica} 的签名与内容对不上，这份数据包被改动过或签名是伪造的，所以没有导入。请向原作者要一份没有动过的数据包。"),
            BundleError::OtherTownship { ours, theirs } => write!(f, "这是“{theirs}”的数据包，当前打开的是“{ours}”，不能合并。要看它，请先另开一份。"),
        }
    }
}
