//! 乡镇: the township itself. One record; it carries the settings the rules read, never figures of others.

use super::person::Person;
use crate::model::{Ref, Text};
use crate::{choices, record};

choices! {
    /// 机构设置模板: which set of units the structure is checked against (ZJ-02, XM-07).
    Template {
        OnePlusFour = "1+4+X", "1+4+X（综合信息指挥室+四平台+特色）";
        FiveOneTwo = "5+1+2", "5办1站2中心";
        Free = "free", "不套模板";
    }
}

choices! {
    /// 排名公布: how often ranks may be shown; the county forbids frequent ones (LX-05), so nothing is ranked unless it is set.
    Ranking {
        Never = "never", "不公布";
        Quarter = "quarter", "按季";
        HalfYear = "half_year", "按半年";
        Year = "year", "按年";
    }
}

record! {
    /// 乡镇(街道)
    Town, "town", "乡镇" {
        name: Text, "乡镇名称" .required().public().search(4).title().columns(&["town"]);
        county: Text, "所属县（市、区）" .public().listed().columns(&["county"]);
        code: Text, "区划代码" .public().listed().hint("统计用区划代码前 9 位");
        /// 党委包总 (YC-03)
        lead: Option<Ref<Person>>, "党委包总" .public();
        template: Option<Template>, "机构设置模板" .hint("用来检查机构是否设全");
        /// 规模小的只设综合性岗位 (ZJ-02)
        small: bool, "规模较小" .hint("只设综合性岗位，不设办公室");
        /// 应有编制 (YC-12)
        quota: Option<i64>, "应有编制" .unit("名").listed().hint("编制部门核定的总数");
        /// 岗位上限 (ZJ-06)
        post_cap: Option<i64>, "岗位上限" .unit("个").hint("按乡镇类型核定，超过即提醒");
        /// Planned figures of the two tracks (YC-08)
        steady_planned: Option<i64>, "精业实干岗计划数" .unit("个");
        vanguard_planned: Option<i64>, "勤政先锋岗计划数" .unit("个");
        /// What the four colours of villages mean here (YC-23); red and yellow are the source's, the others free.
        colour_red: Text, "红色村指什么" .hint("四色管理，如 软弱涣散村；显示在地图图例里");
        colour_yellow: Text, "黄色村指什么";
        colour_blue: Text, "蓝色村指什么";
        colour_green: Text, "绿色村指什么";
        /// 考评档次, by the mean of the five dimensions
        band_good: Option<i64>, "考评优秀线" .unit("分").hint("不填按 90 分");
        band_fair: Option<i64>, "考评良好线" .unit("分").hint("不填按 80 分");
        band_pass: Option<i64>, "考评合格线" .unit("分").hint("不填按 60 分");
        ranking: Option<Ranking>, "排名公布" .hint("不填就是不排名");
        population: Option<i64>, "常住人口" .unit("人").public();
        area: Option<f64>, "面积" .unit("平方公里").public();
        hall: Text, "便民服务中心地点" .public().search(2);
        hall_hours: Text, "服务时间" .public();
        hall_phone: Text, "服务总机" .phone().public();
        /// XM-17 promises four hours.
        proxy_hours: Option<i64>, "代办时限" .unit("小时").hint("从受理到办结的服务时间，不填按 4 小时");
        /// 地图单位说明: cells lie on a plane of metres unless a survey says otherwise.
        map_note: Text, "地图说明" .public();
        /// Where the plane of metres begins, WGS-84 degrees. Unset: outlines are a sketch and lie nowhere on earth.
        map_lon: Option<f64>, "地图原点经度" .unit("度").public().hint("导入边界时自动填写，WGS-84");
        map_lat: Option<f64>, "地图原点纬度" .unit("度").public().hint("导入边界时自动填写，WGS-84");
    }
}
