//! 大厅位置: where something stands on the plan of the 便民服务中心 (XM-16): windows, and what helps to find them.

use super::window::Window;
use crate::model::{Ref, Text};
use crate::{choices, record};

choices! {
    /// What stands there.
    SpotKind {
        Window = "window", "窗口";
        Desk = "desk", "服务台";
        Door = "door", "出入口";
        Machine = "machine", "自助机";
        Seats = "seats", "等候区";
        Stairs = "stairs", "楼梯电梯";
        Other = "other", "其他";
    }
}

record! {
    /// 大厅位置
    HallSpot, "hall_spot", "大厅位置" {
        label: Text, "写什么" .public().title().hint("窗口不填就写窗口号和名称");
        what: Option<SpotKind>, "是什么" .required().public().title();
        window: Option<Ref<Window>>, "窗口" .public().listed();
        floor: Text, "楼层" .public().listed().hint("如 一楼；只有一层可以不填");
        /// Half metres from the left and the top of the plan.
        x: Option<i64>, "从左" .unit("半米").public().group("place");
        y: Option<i64>, "从上" .unit("半米").public().group("place");
        w: Option<i64>, "宽" .unit("半米").public().group("place");
        h: Option<i64>, "深" .unit("半米").public().group("place");
    }
}
