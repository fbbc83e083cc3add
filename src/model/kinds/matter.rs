//! 办事事项: what a resident comes for, in the words they use for it (ZJ-10).

use super::post::Post;
use super::window::Window;
use crate::model::{Ref, Text};
use crate::record;

record! {
    /// 办事事项. Fields follow the shortest public 办事指南 card.
    Matter, "matter", "办事事项" {
        name: Text, "事项名称" .required().public().search(10).title()
            .columns(&["name", "matter", "事项"]);
        code: Text, "事项编码" .public().columns(&["item_code", "实施编码", "编码"]);
        department: Text, "业务主管部门" .public().listed().search(1).columns(&["department", "部门"]);
        main_item: Text, "主项名称" .public().search(2).columns(&["main_item", "主项"]);
        window: Option<Ref<Window>>, "办理窗口" .public().listed().columns(&["window", "窗口"]);
        post: Option<Ref<Post>>, "办理岗位" .public().listed();
        common: bool, "高频事项" .public().listed();
        /// 相似问法: each phrase stands alone, so two people may add at the same time.
        terms: Vec<Text>, "日常叫法" .public().search(9).columns(&["term", "俗称"]);
        /// 人生大事: the events a kiosk leads in by.
        life: Vec<Text>, "人生大事" .public().hint("如 出生、上学、就业、建房、养老、看病、丧葬；查询机首页按这个分");
        condition: Text, "谁能办" .long().public();
        materials: Text, "带什么" .long().public().hint("一行一样，注明原件或复印件、份数");
        steps: Text, "怎么办" .long().public().hint("一行一步");
        legal_days: Option<i64>, "法定时限" .unit("个工作日").public();
        promise_days: Option<i64>, "承诺时限" .unit("个工作日").public();
        fee: Text, "收费" .public();
        hours: Text, "办理时间" .public();
        place: Text, "办理地点" .public();
        phone: Text, "咨询电话" .phone().public();
        proxy: Text, "能否代办" .public();
        online: Text, "网上办理" .public();
    }
}
