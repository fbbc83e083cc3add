//! 片: the layer between town and village, headed by a 片长 (YC-03).

use super::person::Person;
use crate::model::{Ref, Text};
use crate::record;

record! {
    /// 片区 (also 共建委 and the like)
    Zone, "zone", "片区" {
        no: Option<i64>, "序号" .public().listed();
        name: Text, "片区名称" .required().public().search(3).title().columns(&["zone", "片"]);
        head: Option<Ref<Person>>, "片长" .public().listed();
        note: Text, "备注" .long();
    }
}
