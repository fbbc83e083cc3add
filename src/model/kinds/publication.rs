//! 发布记录: the public files that were made, so that one in hand can be told from the newest (SPEC F4).

use crate::model::{Date, Text};
use crate::record;

record! {
    /// 发布记录
    Publication, "publication", "发布记录" {
        no: Option<i64>, "版次" .required().title().unit("版");
        made: Option<Date>, "发布日期" .required().title();
        last: Option<Date>, "有效期至" .listed();
        hash: Text, "内容校验码" .listed();
        checked: bool, "存下的文件已核对" .listed();
    }
}
