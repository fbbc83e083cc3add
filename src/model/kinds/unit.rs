//! 机构: offices, centres and stations, and the 班子 itself. Holds no posts; posts point here.

use super::post::Post;
use crate::model::{Ref, Text};
use crate::{choices, record};

choices! {
    /// 机构来源 (XM-03)
    UnitOrigin {
        Town = "town", "乡镇本级";
        CountyStation = "county_station", "县级派驻、属地管理";
    }
}

choices! {
    /// 机构角色: its place in 1+4+X (ZJ-02) or 5办1站2中心 (XM-07).
    UnitRole {
        Leadership = "leadership", "领导班子";
        Command = "command", "综合信息指挥室";
        Party = "party", "基层党建平台";
        Economy = "economy", "经济生态平台";
        Safety = "safety", "平安法治平台";
        Service = "service", "公共服务平台";
        Special = "special", "特色机构（X）";
        Office = "office", "办公室";
        Station = "station", "站";
        Centre = "centre", "中心";
        Other = "other", "其他";
    }
}

record! {
    /// 机构
    Unit, "unit", "机构" {
        no: Option<i64>, "序号" .public().listed();
        name: Text, "机构名称" .required().public().search(6).title()
            .columns(&["unit", "机构", "部门", "站所", "所属机构"]);
        short: Text, "简称" .public().search(3);
        parent: Option<Ref<Unit>>, "上级机构" .public().tree();
        role: Option<UnitRole>, "机构角色" .public().listed();
        origin: Option<UnitOrigin>, "机构来源" .public().listed();
        /// 分管领导, as a post: the line stays when the person changes.
        led_by: Option<Ref<Post>>, "分管领导岗位" .public().listed();
        place: Text, "办公地点" .public();
        phone: Text, "办公电话" .phone().public();
        county_depts: Text, "对口县级部门" .public().hint("业务指导部门，多个用顿号隔开");
    }
}
