//! What may be wrong with something sealed, each with its own sentence. Nothing was changed by any.

use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SealError {
    /// Not one of our sealed files.
    NotSealed,
    /// Made by a newer program, or with a cipher this one does not know.
    Newer,
    /// The cost of a guess it asks for is beyond what an honest file asks.
    Absurd,
    /// The first lines are not as they were written.
    DamagedHead,
    /// A chunk (from 1) of so many is not as it was sealed.
    DamagedChunk {
        at: u32,
        of: u32,
    },
    /// The file ends before it should.
    Truncated {
        found: u32,
        of: u32,
    },
    /// Something stands behind the end.
    Trailing,
    WrongPassphrase,
    /// The computer has not the memory that Argon2id needs.
    NoMemory,
    /// Opened, and yet not what was packed: only a broken program makes such.
    Unpacked,
    /// No key, or no signature, of the kind that was named.
    BadKey,
}

impl SealError {
    /// A number that stands for the error between worker and page; never reused.
    pub const fn code(&self) -> u8 {
        match self {
            SealError::NotSealed => 1,
            SealError::Newer => 2,
            SealError::Absurd => 3,
            SealError::DamagedHead => 4,
            SealError::DamagedChunk { .. } => 5,
            SealError::Truncated { .. } => 6,
            SealError::Trailing => 7,
            SealError::WrongPassphrase => 8,
            SealError::NoMemory => 9,
            SealError::Unpacked => 10,
            SealError::BadKey => 11,
        }
    }
}

impl fmt::Display for SealError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SealError::NotSealed => f.write_str("这不是岗图的加密文件。现有数据没有变化。请选岗图“加密导出”的文件。"),
            SealError::Newer => f.write_str("这个加密文件由新版岗图导出，本版打不开；文件没有问题，现有数据没有变化。请换新版岗图打开。"),
            SealError::Absurd => f.write_str("这个加密文件要求的运算量超出正常范围，可能有人故意改过，所以没有照做；现有数据没有变化。请找发送人重新导出。"),
            SealError::DamagedHead => f.write_str("加密文件的开头被改动或损坏，不是口令的问题；现有数据没有变化。请用原文件，或找发送人重新导出。"),
            SealError::DamagedChunk { at, of } => write!(f, "加密文件的第 {at} 块（共 {of} 块）被改动或损坏，不是口令的问题；没有打开任何内容，现有数据没有变化。请重新拷贝，或找发送人重新导出。"),
            SealError::Truncated { found, of } => write!(f, "加密文件不完整：共 {of} 块，只有前 {found} 块，可能拷贝中断或 U 盘被提前拔出；现有数据没有变化。请重新拷贝，或找发送人重新导出。"),
            SealError::Trailing => f.write_str("加密文件末尾多出了别的内容，可能两个文件被拼在了一起；现有数据没有变化。请用原文件。"),
            SealError::WrongPassphrase => f.write_str("口令不对。文件没有损坏，现有数据没有变化。请检查大小写和输入法后再试；口令忘了谁也打不开，只能找发送人重新导出。"),
            SealError::NoMemory => f.write_str("这台电脑的可用内存不够（需要 64 MB），没有打开；文件和现有数据都没有变化。请关掉其他程序或标签页后再试。"),
            SealError::Unpacked => f.write_str("口令对了，但里面的内容展不开，这个文件不是完好的岗图导出的；现有数据没有变化。请找发送人重新导出。"),
            SealError::BadKey => f.write_str("密钥或签名的格式不对，没有使用；现有数据没有变化。请用原文件。"),
        }
    }
}
