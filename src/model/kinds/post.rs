//! 岗位: a seat that exists whether or not anybody sits in it. Who sits there is a `holding`.

use super::unit::Unit;
use crate::model::{Ref, Text};
use crate::{choices, record};

choices! {
    /// 双轨岗位 (YC-08) and 专项工作岗 (ZJ-07)
    Track {
        Steady = "steady", "精业实干岗";
        Vanguard = "vanguard", "勤政先锋岗";
        Special = "special", "专项工作岗";
    }
}

choices! {
    /// 岗位来源 (ZJ-03)
    PostOrigin {
        CountyCatalogue = "county_catalogue", "县级目录";
        LocalSpecial = "local_special", "本镇特设";
    }
}

record! {
    /// 岗位. Sections follow the 岗位说明书 (YC-10, ZJ-08).
    Post, "post", "岗位" {
        no: Option<i64>, "岗位序号" .public().listed().columns(&["no", "序号", "编号", "岗位编号"]);
        title: Text, "岗位名称" .required().public().search(8).title().columns(&["post", "岗位"]);
        unit: Option<Ref<Unit>>, "所属机构" .public().listed().columns(&["unit", "机构", "部门"]);
        track: Option<Track>, "岗位类别" .public().listed().columns(&["双轨", "类别"]);
        origin: Option<PostOrigin>, "岗位来源";
        seats: Option<i64>, "岗位人数" .unit("人").hint("不填按 1 人算").columns(&["编制数"]);
        identity: Text, "身份要求" .hint("如 行政、事业、派驻");
        requirements: Text, "任职要求" .long();
        /// The sheet's own words; what matched became 岗位事项 records.
        duties: Text, "岗位职责" .long().public().search(3).columns(&["duties", "职责", "岗位职责"]);
        standard: Text, "工作标准" .long();
        powers: Text, "权限" .long();
        flow: Text, "工作流程" .long();
        policy: Text, "政策依据" .long();
        /// Was `upper` until format 2.
        counterpart: Text, "上级对口部门" .public();
        /// 民呼我为
        place: Text, "办公地点" .public();
        phone: Text, "办公电话" .phone().public().columns(&["电话", "联系电话"]);
        risk: Text, "廉政风险点与防控" .long();
        score_rule: Text, "考核指标" .long();
        /// What a vanguard post is for (YC-08)
        key_task: Text, "关联重点任务";
    }
}
