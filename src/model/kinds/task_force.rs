//! 专班: people of several posts put together for an action (一行动一专班, YC-06) or a village (一村一专班, YC-23).
//! Who belongs to it are `force_member` records.

use super::action::Action;
use super::post::Post;
use super::village::Village;
use crate::model::{Ref, Text};
use crate::record;

record! {
    /// 工作专班
    TaskForce, "task_force", "专班" {
        no: Option<i64>, "序号" .listed();
        name: Text, "专班名称" .required().public().search(3).title().columns(&["专班"]);
        action: Option<Ref<Action>>, "所属行动" .listed();
        village: Option<Ref<Village>>, "负责的村（社区）" .listed();
        lead: Option<Ref<Post>>, "组长岗位" .listed().columns(&["组长"]);
        charge: Text, "专班职责" .long();
    }
}
