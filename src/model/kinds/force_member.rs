//! 专班成员: a post in a task force, many to many. The line stays when the person in the post changes.

use super::post::Post;
use super::task_force::TaskForce;
use crate::model::Ref;
use crate::{choices, record};

choices! {
    /// 专班里的分工; the head is named by the task force itself.
    ForceRole {
        Deputy = "deputy", "副组长";
        Member = "member", "成员";
    }
}

record! {
    /// 专班成员
    ForceMember, "force_member", "专班成员" {
        force: Option<Ref<TaskForce>>, "专班" .required().title().group("link");
        post: Option<Ref<Post>>, "岗位" .required().title().group("link");
        role: Option<ForceRole>, "分工" .listed();
    }
}
