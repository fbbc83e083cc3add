//! 网格: three levels of cells, each inside a village (XM-21). Geometry is optional.

use super::person::Person;
use super::village::{OutlineFrom, Village};
use crate::model::value::Outline;
use crate::model::{Ref, Text};
use crate::{choices, record};

choices! {
    /// 网格层级
    GridLevel {
        Grid = "grid", "网格";
        Sub = "sub", "子网格";
        Micro = "micro", "微网格";
    }
}

record! {
    /// 网格、子网格、微网格
    GridCell, "grid_cell", "网格" {
        name: Text, "网格名称" .required().public().search(4).title().columns(&["网格"]);
        code: Text, "网格编码" .public().listed().hint("12 位村码 + 3 位网格号，子网格、微网格各加 2 位");
        level: Option<GridLevel>, "层级" .required().public().listed();
        parent: Option<Ref<GridCell>>, "上级网格" .public().tree();
        village: Option<Ref<Village>>, "所属村（社区）" .public().listed();
        keeper: Option<Ref<Person>>, "网格员" .public().listed().columns(&["网格长", "微网格长"]);
        deputy: Option<Ref<Person>>, "兼职网格员" .public();
        phone: Text, "网格电话" .phone().public();
        households: Option<i64>, "户数" .unit("户").public().listed();
        places: Vec<Text>, "包含地点" .public().search(3).hint("村民组、小区、楼栋、路名；居民按它找自己的网格");
        /// 要素: 林田路井、矿产资源、河流沟壑 …
        elements: Vec<Text>, "网格要素";
        risks: Vec<Text>, "风险隐患点";
        outline: Outline, "边界" .public();
        outline_from: Option<OutlineFrom>, "边界来源" .public();
    }
}
