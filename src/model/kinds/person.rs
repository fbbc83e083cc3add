//! 人员: cadres of the township and its villages. Which post they hold is a `holding`.

use super::unit::Unit;
use crate::model::{Date, Photo, Ref, Text};
use crate::{choices, record};

choices! {
    /// 身份 (YC-12); everyone in one roster regardless of it.
    StaffIdentity {
        Administrative = "administrative", "行政";
        Institution = "institution", "事业";
        Stationed = "stationed", "派驻";
        Seconded = "seconded", "借调";
        Contract = "contract", "编外";
        Village = "village", "村干部";
        Grid = "grid", "网格员";
    }
}

choices! {
    Sex {
        Male = "male", "男";
        Female = "female", "女";
    }
}

record! {
    /// 人员
    Person, "person", "人员" {
        name: Text, "姓名" .required().consent().search(5).title().columns(&["姓名"]);
        /// 班子成员: their names are public by law.
        leader: bool, "班子成员" .public().listed();
        /// 公开姓名的决定, person by person; counts for the public file only with its reason (SPEC F2).
        named: bool, "姓名公开" .public().group("named").hint("不是班子成员的，记下决定和依据后，居民查询时才显示姓名");
        named_why: Text, "公开依据" .group("named").hint("如 本人书面同意、党务公开目录");
        identity: Option<StaffIdentity>, "身份" .listed().columns(&["人员身份", "编制"]);
        unit: Option<Ref<Unit>>, "所在单位" .public().listed().columns(&["所属单位"]);
        /// Counts against 应有编制 (YC-12); a secondee's quota lies elsewhere.
        on_quota: bool, "占本镇编制" .listed();
        sex: Option<Sex>, "性别";
        birth: Option<Date>, "出生日期" .columns(&["出生年月"]);
        education: Text, "最高学历";
        party: Text, "政治面貌";
        grade: Text, "专业技术等级";
        office_phone: Text, "办公电话" .phone().public();
        mobile: Text, "手机" .phone();
        /// 离岗: who is away is said to residents by the post, never by name, so the days are public.
        away_from: Option<Date>, "外出起" .public().group("away").hint("外出、请假、学习的第一天；这几天查询时会说明由B岗办理");
        away_until: Option<Date>, "外出止" .public().group("away").hint("最后一天；不填就是还没定");
        /// 派驻或借调来源 (ZJ-17, LX-07)
        from: Text, "派出单位";
        second_line: bool, "退二线" .hint("可安排专项工作岗");
        photo: Photo, "照片" .hint("存成 120×160 的小图，只在内部看；公开版、表格和居民页面里都没有");
        note: Text, "备注" .long();
    }
}

impl Person {
    /// Whether anybody may read the name.
    pub fn may_be_named(&self) -> bool {
        self.leader || self.named
    }
}
