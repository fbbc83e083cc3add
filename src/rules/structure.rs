//! Is the township set up as its template says: units, their leaders, numbers against plan and cap.

use super::finding::{Finding, Rule, Severity};
use super::links::Links;
use super::staffing::Staffing;
use crate::model::kinds::post::Track;
use crate::model::kinds::town::Template;
use crate::model::kinds::unit::UnitRole;
use crate::model::kinds::{Town, Unit};

pub(super) fn check(links: &Links, found: &mut Vec<Finding>) {
    if let Some(town) = &links.town {
        check_template(links, town, found);
        check_figures(links, town, found);
        if links.people.find(town.lead.as_ref()).is_none() {
            let sentence = "还没有写明党委包总的负责人，请在乡镇信息里选定。".to_string();
            found.push(Finding::new(Rule::TownLead, Severity::Warning, town, "lead", sentence));
        }
    }
    for unit in links.units.all() {
        check_unit(links, unit, found);
    }
}

/// Units a template asks for, with how many of each (ZJ-02, XM-07).
fn wanted(template: Template) -> &'static [(UnitRole, usize)] {
    match template {
        Template::OnePlusFour => &[
            (UnitRole::Command, 1),
            (UnitRole::Party, 1),
            (UnitRole::Economy, 1),
            (UnitRole::Safety, 1),
            (UnitRole::Service, 1),
        ],
        Template::FiveOneTwo => {
            &[(UnitRole::Office, 5), (UnitRole::Station, 1), (UnitRole::Centre, 2)]
        }
        Template::Free => &[],
    }
}

fn check_template(links: &Links, town: &Town, found: &mut Vec<Finding>) {
    let Some(template) = town.template.filter(|_| !town.small) else { return };
    for (role, count) in wanted(template) {
        let units = links.units.all().iter();
        let actual = units.filter(|unit| unit.role == Some(*role)).count();
        if actual != *count {
            let (template, role) = (template.label(), role.label());
            let sentence = format!(
                "按{template}应有“{role}”{count}个，现在是{actual}个，请核对各机构的机构角色。"
            );
            found.push(Finding::new(Rule::Structure, Severity::Error, town, "template", sentence));
        }
    }
}

fn check_figures(links: &Links, town: &Town, found: &mut Vec<Finding>) {
    let staffing = Staffing::of(links);
    for count in &staffing.tracks {
        let Some(planned) = count.planned.filter(|planned| *planned != count.actual as i64) else {
            continue;
        };
        let field =
            if count.track == Track::Steady { "steady_planned" } else { "vanguard_planned" };
        let (label, actual) = (count.track.label(), count.actual);
        let sentence = format!("{label}计划{planned}个，实际{actual}个，请核对岗位类别或计划数。");
        found.push(Finding::new(Rule::TrackCount, Severity::Warning, town, field, sentence));
    }
    if let Some(cap) = town.post_cap.filter(|cap| staffing.posts as i64 > *cap) {
        let posts = staffing.posts;
        let sentence = format!("全镇岗位{posts}个，超过核定上限{cap}个，请合并或撤销岗位。");
        found.push(Finding::new(Rule::PostCap, Severity::Error, town, "post_cap", sentence));
    }
    if let Some(quota) = town.quota.filter(|quota| staffing.in_post as i64 > *quota) {
        let in_post = staffing.in_post;
        let sentence =
            format!("占编在岗{in_post}人，超过应有编制{quota}名，请核对人员是否占本镇编制。");
        found.push(Finding::new(Rule::OverQuota, Severity::Error, town, "quota", sentence));
    }
}

fn check_unit(links: &Links, unit: &Unit, found: &mut Vec<Finding>) {
    let leads = unit.role == Some(UnitRole::Leadership);
    if !leads && links.leader_of(&unit.id).is_none() {
        let sentence = format!("机构“{}”没有分管领导，请选定分管领导岗位。", unit.name);
        found.push(Finding::new(Rule::UnitLeader, Severity::Warning, unit, "led_by", sentence));
    }
    if links.posts_in(&unit.id).is_empty() && links.units_under(&unit.id).is_empty() {
        let sentence = format!("机构“{}”下面还没有岗位。", unit.name);
        found.push(Finding::new(Rule::UnitEmpty, Severity::Note, unit, "name", sentence));
    }
}
