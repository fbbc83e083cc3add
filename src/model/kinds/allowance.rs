//! 公开放行: what the scan of the public file found and somebody decided may go out, with the reason (SPEC F3).

use crate::model::{Date, Text};
use crate::record;

record! {
    /// 公开放行
    Allowance, "allowance", "公开放行" {
        found: Text, "放行的内容" .required().title();
        what: Text, "是什么" .listed();
        why: Text, "理由" .required().listed();
        day: Option<Date>, "决定日期" .listed();
    }
}
