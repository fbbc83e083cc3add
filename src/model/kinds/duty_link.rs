//! 岗位事项: which post leads or assists which duty, many to many (YC-09).

use super::duty::Duty;
use super::post::Post;
use crate::model::{Ref, Text};
use crate::{choices, record};

choices! {
    /// 主责或协助
    DutyRole {
        Lead = "lead", "主责";
        Assist = "assist", "协助";
    }
}

record! {
    /// 岗位与履职事项的对应
    DutyLink, "duty_link", "岗位事项" {
        post: Option<Ref<Post>>, "岗位" .required().public().title().group("link");
        duty: Option<Ref<Duty>>, "履职事项" .required().public().title().group("link");
        role: Option<DutyRole>, "承担方式" .required().public().listed();
        scope: Text, "范围" .public().listed().hint("原表中的写法或括号里的范围");
    }
}
