//! 战略目标: what the township is after for years (YC-29). Actions point here.

use crate::model::Text;
use crate::record;

record! {
    /// 战略目标
    Strategy, "strategy", "战略目标" {
        no: Option<i64>, "序号" .listed();
        name: Text, "目标名称" .required().public().search(3).title().columns(&["战略", "目标"]);
        note: Text, "说明" .long();
    }
}
