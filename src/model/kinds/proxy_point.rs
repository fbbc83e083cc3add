//! 代办点: where in a village somebody goes to the hall for you (XM-17).

use super::person::Person;
use super::village::Village;
use crate::model::{Ref, Text};
use crate::record;

record! {
    /// 代办点
    ProxyPoint, "proxy_point", "代办点" {
        name: Text, "代办点名称" .required().public().search(5).title().columns(&["代办点", "服务点"]);
        village: Option<Ref<Village>>, "所在村（社区）" .public().listed().columns(&["village", "村"]);
        place: Text, "地点" .public().listed().hint("不填就用村党群服务中心的地点");
        hours: Text, "服务时间" .public();
        phone: Text, "代办电话" .phone().public().listed();
        /// 专职代办员; the name is shown by the rule for names of people.
        agent: Option<Ref<Person>>, "代办员" .public().listed();
        scope: Text, "代办范围" .long().public();
    }
}
