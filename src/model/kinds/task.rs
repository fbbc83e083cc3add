//! 任务: one piece of work with one post that answers for it (一任务一岗位, YC-06). Approval and reports are not its affair.

use super::action::Action;
use super::post::Post;
use super::unit::Unit;
use super::village::Village;
use crate::model::{Date, Ref, Text};
use crate::{choices, record};

choices! {
    /// 任务类别 (QJ-09)
    TaskKind {
        Daily = "daily", "日常工作";
        Annual = "annual", "年度工作";
    }
}

record! {
    /// 任务. Fields follow QJ-08 and QJ-10.
    Task, "task", "任务" {
        no: Option<i64>, "序号" .listed();
        name: Text, "任务名称" .required().public().search(3).title().columns(&["任务"]);
        action: Option<Ref<Action>>, "所属行动" .listed();
        /// 一村一专班 (YC-23): what is done for one village
        village: Option<Ref<Village>>, "所在村（社区）";
        kind: Option<TaskKind>, "任务类别" .listed();
        /// 执行责任
        post: Option<Ref<Post>>, "责任岗位" .listed();
        /// 第一直接责任
        lead: Option<Ref<Post>>, "分管领导岗位";
        /// 牵头
        host: Option<Ref<Unit>>, "责任部门";
        helper: Option<Ref<Unit>>, "执行部门";
        stars: Option<i64>, "难度" .unit("星").hint("1 到 5 星");
        points: Option<i64>, "分值" .unit("分").hint("1 到 10 分，星越多分值越高");
        begin: Option<Date>, "开始日期" .listed();
        due: Option<Date>, "完成期限" .listed();
        remind: Option<Date>, "提醒时间";
        progress: Option<i64>, "进度" .unit("%").listed();
        done: Option<Date>, "完成日期" .listed().hint("做完才填");
        note: Text, "备注" .long();
    }
}
