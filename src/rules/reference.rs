//! References of any kind: to records that are not there, that have ended, or that run in a ring.
//!
//! After a merge such things happen; data is never dropped for it.

use super::finding::{Finding, Rule, Severity};
use crate::model::{Day, FieldSpec, FieldType, KindIx, Row, schema};

pub(super) fn check(day: &Day, found: &mut Vec<Finding>) {
    for (kind, info) in schema().kinds.iter().enumerate() {
        let refs: Vec<(usize, KindIx)> = info
            .spec
            .fields
            .iter()
            .enumerate()
            .filter_map(|(at, field)| Some((at, target_kind(field)?)))
            .collect();
        let rows = day.township.table(kind).rows().filter(|row| row.holds_on(day.day));
        for row in rows {
            for (field, target) in &refs {
                found.extend(check_cell(day, (kind, row), *field, *target));
            }
        }
    }
    check_rings(day, found);
}

fn target_kind(field: &FieldSpec) -> Option<KindIx> {
    match field.ty {
        FieldType::Ref(kind) => schema().kind(kind),
        _ => None,
    }
}

fn check_cell(
    day: &Day,
    (kind, row): (KindIx, &Row),
    field: usize,
    target: KindIx,
) -> Option<Finding> {
    let id = row.cells[field].as_str()?;
    let there = day.township.table(target).get(id);
    if there.is_some_and(|there| there.holds_on(day.day)) {
        return None;
    }
    let info = &schema().kinds[kind];
    let (title, label) = (day.township.title(kind, row), info.spec.fields[field].label);
    let what = schema().kinds[target].spec.label;
    let (rule, severity, sentence) = match there {
        None => (
            Rule::Dangling,
            Severity::Error,
            format!("“{title}”的{label}指向不存在的{what}（{id}），请重新选择。"),
        ),
        Some(there) => {
            let name = day.township.title(target, there);
            (
                Rule::Ended,
                Severity::Warning,
                format!(
                    "“{title}”的{label}是“{name}”，它在这一天不在有效期内，请重新选择或结束这条记录。"
                ),
            )
        }
    };
    Some(Finding {
        rule,
        severity,
        sentence,
        kind: info.spec.id,
        record: row.id.clone(),
        field: info.spec.fields[field].id,
    })
}

fn check_rings(day: &Day, found: &mut Vec<Finding>) {
    for (kind, row) in day.township.rings().filter(|(_, row)| row.holds_on(day.day)) {
        let spec = schema().kinds[kind].spec;
        let Some(field) = spec.fields.iter().find(|field| field.tree) else { continue };
        let title = day.township.title(kind, row);
        let sentence =
            format!("“{title}”的{}绕成了圈，暂按原来的上级显示，请重新选择。", field.label);
        found.push(Finding {
            rule: Rule::Ring,
            severity: Severity::Error,
            sentence,
            kind: spec.id,
            record: row.id.clone(),
            field: field.id,
        });
    }
}
