//! 行动: one of the 九大行动 (YC-06), between a strategy and its tasks. Not the action of the journal.

use super::post::Post;
use super::strategy::Strategy;
use crate::model::{Ref, Text};
use crate::record;

record! {
    /// 行动
    Action, "action", "行动" {
        no: Option<i64>, "序号" .listed();
        name: Text, "行动名称" .required().public().search(3).title().columns(&["行动"]);
        strategy: Option<Ref<Strategy>>, "战略目标" .listed();
        lead: Option<Ref<Post>>, "牵头领导岗位" .listed();
        note: Text, "说明" .long();
    }
}
