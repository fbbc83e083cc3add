//! 诉求案件: what came to the 综治中心 and how far it got (YC-21, YC-22). Holds nothing about who brought it.

use super::grid_cell::GridCell;
use super::post::Post;
use super::village::Village;
use crate::model::{Date, Ref, Text};
use crate::{choices, record};

choices! {
    /// 案件类别
    CaseKind {
        Dispute = "dispute", "矛盾纠纷";
        Appeal = "appeal", "群众诉求";
        Petition = "petition", "信访积案";
        Hazard = "hazard", "风险隐患";
    }
}

choices! {
    /// 办理结果
    CaseOutcome {
        Settled = "settled", "办成（调处成功）";
        Unsettled = "unsettled", "未办成（调处未成功）";
        Withdrawn = "withdrawn", "撤回";
    }
}

record! {
    /// 诉求、案件: 受理 → 分办 → 办结 → 回访
    Case, "case", "诉求案件" {
        no: Text, "编号" .listed();
        subject: Text, "事由" .required().search(2).title().hint("不写当事人姓名、电话、住址").columns(&["诉求内容", "事由"]);
        kind: Option<CaseKind>, "类别" .listed();
        village: Option<Ref<Village>>, "发生在哪个村（社区）" .listed();
        cell: Option<Ref<GridCell>>, "发生在哪个网格";
        post: Option<Ref<Post>>, "承办岗位" .listed();
        accepted: Option<Date>, "受理日期" .listed();
        assigned: Option<Date>, "分办日期";
        closed: Option<Date>, "办结日期" .listed();
        visited: Option<Date>, "回访日期";
        outcome: Option<CaseOutcome>, "办理结果" .listed();
        note: Text, "办理经过" .long();
    }
}
