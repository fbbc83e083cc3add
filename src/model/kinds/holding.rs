//! 任职: a person in a post for a period, as A or as stand-in B.

use super::person::Person;
use super::post::Post;
use crate::model::Ref;
use crate::{choices, record};

choices! {
    /// AB岗
    HoldRole {
        Primary = "a", "A岗";
        Backup = "b", "B岗";
    }
}

record! {
    /// 任职
    Holding, "holding", "任职" {
        person: Option<Ref<Person>>, "人员" .required().consent().title().group("seat");
        post: Option<Ref<Post>>, "岗位" .required().public().title().group("seat");
        role: Option<HoldRole>, "A/B岗" .required().public().listed();
        /// One person may hold several posts; the main one counts in 在岗.
        main: bool, "主要岗位" .listed().hint("一人多岗时，只勾一个");
    }
}
