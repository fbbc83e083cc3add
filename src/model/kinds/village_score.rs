//! 村季度得分: what a village scored in a quarter (村级高质量发展考核, QJ-02). Ranks are worked out, never stored.

use super::review::Quarter;
use super::village::Village;
use crate::model::{Ref, Text};
use crate::record;

record! {
    /// 村季度得分
    VillageScore, "village_score", "村考核得分" {
        village: Option<Ref<Village>>, "村（社区）" .required().title().group("when");
        year: Option<i64>, "年度" .required().title().group("when");
        quarter: Option<Quarter>, "季度" .required().title().group("when");
        score: Option<f64>, "得分" .unit("分").listed();
        note: Text, "备注" .long();
    }
}
