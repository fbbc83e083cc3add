//! 履职事项: what the township must do, assist with, or has handed back. Who does it is a `duty_link`.

use super::unit::Unit;
use crate::model::{Ref, Text};
use crate::{choices, record};

choices! {
    /// 三张清单
    DutyList {
        Basic = "basic", "基本履职事项";
        Assist = "assist", "配合履职事项";
        Recalled = "recalled", "上级部门收回事项";
    }
}

record! {
    /// 履职事项 (YC-09, XM-02)
    Duty, "duty", "履职事项" {
        no: Option<i64>, "序号" .public().listed().columns(&["no"]);
        name: Text, "事项名称" .required().public().search(6).title()
            .columns(&["name", "事项", "工作事项", "履职事项"]);
        list: Option<DutyList>, "清单" .public().listed().columns(&["事项类型"]);
        /// 类别 is text, not a list: every county names its own (six, seven, nine …).
        class: Text, "类别" .public().listed().columns(&["class"]);
        unit: Option<Ref<Unit>>, "牵头机构" .public().listed()
            .columns(&["unit", "机构", "部门", "牵头单位"]);
        shared: bool, "县乡共同" .public();
        upper_dept: Text, "对应上级部门" .public().columns(&["关联单位"]);
        upper_duty: Text, "上级部门职责" .long().public();
        town_duty: Text, "乡镇配合职责" .long().public().columns(&["镇街配合职责"]);
        receiving_dept: Text, "承接部门" .public();
        work_mode: Text, "工作方式" .long().public().columns(&["承接部门及工作方式"]);
        basis: Text, "政策依据" .long();
    }
}
