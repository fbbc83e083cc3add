//! 窗口: a counter of the 便民服务中心 (XM-16).

use super::post::Post;
use crate::model::{Ref, Text};
use crate::record;

record! {
    /// 窗口
    Window, "window", "窗口" {
        no: Option<i64>, "窗口号" .public().listed().unit("号");
        name: Text, "窗口名称" .required().public().search(4).title().columns(&["window", "窗口"]);
        place: Text, "位置" .public().listed();
        hours: Text, "办理时间" .public().listed();
        phone: Text, "窗口电话" .phone().public().listed();
        post: Option<Ref<Post>>, "值守岗位" .public().listed();
        matters_note: Text, "受理范围" .long().public();
    }
}
