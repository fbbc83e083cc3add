//! 村(社区): who looks after it, where it lies. Says nothing of its grids; they point here.

use super::person::Person;
use super::zone::Zone;
use crate::model::value::Outline;
use crate::model::{Ref, Text};
use crate::{choices, record};

choices! {
    /// 村或社区
    VillageKind {
        Village = "village", "村";
        Community = "community", "社区";
    }
}

choices! {
    /// 四色管理 (YC-23); the source names red and yellow, the other two are ours to configure.
    VillageColour {
        Red = "red", "红";
        Yellow = "yellow", "黄";
        Blue = "blue", "蓝";
        Green = "green", "绿";
    }
}

choices! {
    /// 边界来源: how much an outline may be trusted.
    OutlineFrom {
        Survey = "survey", "测绘导入";
        Points = "points", "由点位推算";
        Drawn = "drawn", "手工绘制";
        Sketch = "sketch", "示意";
    }
}

record! {
    /// 村(社区)
    Village, "village", "村（社区）" {
        name: Text, "名称" .required().public().search(5).title()
            .columns(&["village", "村", "村名", "村（社区）名称"]);
        code: Text, "区划代码" .public().listed().hint("统计用区划代码 12 位").columns(&["code"]);
        kind: Option<VillageKind>, "类别" .public().listed();
        zone: Option<Ref<Zone>>, "所属片区" .public().listed();
        /// 包村干部 (YC-03)
        contact: Option<Ref<Person>>, "包村干部" .public().listed();
        secretary: Option<Ref<Person>>, "党组织书记" .public();
        colour: Option<VillageColour>, "四色管理" .listed();
        households: Option<i64>, "户数" .unit("户").public();
        population: Option<i64>, "常住人口" .unit("人").public();
        place: Text, "党群服务中心地点" .public();
        phone: Text, "值班电话" .phone().public();
        outline: Outline, "边界" .public();
        outline_from: Option<OutlineFrom>, "边界来源" .public();
    }
}
