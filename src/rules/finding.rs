//! A finding: what is missing or wrong, and the field where it is put right. Refuses nothing.

use crate::choices;
use crate::model::{Record, RecordId};

choices! {
    /// How pressing a finding is.
    Severity {
        Error = "error", "必须处理";
        Warning = "warning", "应当处理";
        Note = "note", "可以留意";
    }
}

choices! {
    /// Every rule, in the order findings are shown. Ids start with the mechanism they come from.
    Rule {
        DutyLead = "YC-09.duty-lead", "事项没有主责岗位";
        PostDuty = "YC-09.post-duty", "岗位没有履职事项";
        RecalledLinked = "YC-09.recalled-linked", "已收回事项仍有岗位承担";
        TrackCount = "YC-08.track-count", "双轨岗位数与计划不符";
        TaskPost = "YC-08.task-post", "先锋岗、专项岗缺少任务或期限";
        PostVacant = "YC-11.post-vacant", "岗位无人";
        PostNoBackup = "LX-12.post-no-backup", "岗位没有B岗";
        PostAway = "YC-11.post-away", "岗位的人外出又没有人顶岗";
        PostOverfull = "YC-11.post-overfull", "岗位人数超过定员";
        PostTwin = "ZJ-03.post-twin", "同一机构内岗位重名";
        PostCap = "ZJ-06.post-cap", "岗位数超过上限";
        OverQuota = "YC-12.over-quota", "在岗人数超过编制";
        MainTwice = "YC-12.main-twice", "一人有多个主要岗位";
        PersonNoPost = "YC-12.person-no-post", "人员没有岗位";
        Secondment = "LX-07.secondment", "借调派驻手续不全";
        Structure = "ZJ-02.structure", "机构没有设全";
        UnitLeader = "XM-04.unit-leader", "机构没有分管领导";
        UnitEmpty = "XM-09.unit-empty", "机构没有岗位";
        TownLead = "YC-03.town-lead", "没有写明党委包总";
        ZoneHead = "YC-03.zone-head", "片区没有片长";
        VillageContact = "YC-03.village-contact", "村没有包村干部";
        VillageZone = "YC-03.village-zone", "村没有划入片区";
        CellKeeper = "XM-21.cell-keeper", "网格没有网格员";
        CellPlace = "XM-21.cell-place", "网格归属不清";
        CellCode = "XM-21.cell-code", "网格编码不合规则";
        MatterWindow = "XM-16.matter-window", "事项没有窗口或岗位";
        MatterCard = "ZJ-10.matter-card", "高频事项办事卡不全";
        MatterParts = "ZJ-10.matter-parts", "办事事项有没写的内容";
        WindowPost = "XM-16.window-post", "窗口没有人值守";
        ProxyAgent = "XM-17.proxy-agent", "代办点没有代办员";
        ProxyLate = "XM-17.proxy-late", "代办超过承诺时限";
        ActionForce = "YC-06.action-force", "行动没有专班或不止一个";
        TaskAnswers = "YC-06.task-answers", "任务没有责任岗位";
        TaskLate = "YC-06.task-late", "任务过了期限";
        VillageForce = "YC-23.village-force", "红色、黄色村没有专班";
        VillageTask = "YC-23.village-task", "红色、黄色村没有任务";
        Dangling = "sync.dangling", "指向的记录不存在";
        Ended = "sync.ended", "指向的记录已结束";
        Ring = "sync.ring", "上下级绕成了圈";
    }
}

/// One thing to put right.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub rule: Rule,
    pub severity: Severity,
    /// What is wrong and what to do, for a clerk.
    pub sentence: String,
    /// Kind id of the record to open.
    pub kind: &'static str,
    pub record: RecordId,
    /// Id of the field to fix.
    pub field: &'static str,
}

impl Finding {
    pub fn new<K: Record>(
        rule: Rule,
        severity: Severity,
        record: &K,
        field: &'static str,
        sentence: String,
    ) -> Finding {
        let record = record.id().clone();
        Finding { rule, severity, sentence, kind: K::ID, record, field }
    }
}

/// Sorted findings, rule by rule.
pub fn grouped(findings: &[Finding]) -> impl Iterator<Item = (Rule, &[Finding])> {
    findings.chunk_by(|a, b| a.rule == b.rule).map(|group| (group[0].rule, group))
}
