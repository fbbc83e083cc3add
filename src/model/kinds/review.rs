//! 考评: five scores of a person in a quarter (五维考评, ZJ-19). Totals and bands are worked out by `rules::review`.

use super::person::Person;
use crate::model::{Ref, Text};
use crate::{choices, record};

choices! {
    /// 季度
    Quarter {
        First = "1", "第一季度";
        Second = "2", "第二季度";
        Third = "3", "第三季度";
        Fourth = "4", "第四季度";
    }
}

record! {
    /// 考评, each dimension out of 100
    Review, "review", "五维考评" {
        person: Option<Ref<Person>>, "人员" .required().title().group("who");
        year: Option<i64>, "年度" .required().title().group("who");
        quarter: Option<Quarter>, "季度" .required().title().group("who");
        loyalty: Option<f64>, "政治忠诚度" .unit("分").listed();
        diligence: Option<f64>, "勤勉敬业度" .unit("分").listed();
        competence: Option<f64>, "岗位胜任度" .unit("分").listed();
        drive: Option<f64>, "担当争先度" .unit("分").listed();
        integrity: Option<f64>, "廉洁自律度" .unit("分").listed();
        note: Text, "评语" .long();
    }
}
