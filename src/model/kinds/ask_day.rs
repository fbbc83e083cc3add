//! 查询统计: how a day's look-up went (SPEC S14). Counts, and questions nothing answered; nothing of who asked.

use crate::model::{Date, Text};
use crate::record;

record! {
    /// 查询统计
    AskDay, "ask_day", "查询统计" {
        place: Text, "查询点" .required().title().hint("哪台电脑或查询机，如 大厅查询机");
        day: Option<Date>, "日期" .required().title();
        visits: Option<i64>, "来查的人次" .listed().unit("人次");
        asked: Option<i64>, "问的次数" .listed().unit("次");
        missed: Option<i64>, "没找到" .listed().unit("次");
        words: Vec<Text>, "没找到的问法" .listed();
    }
}
