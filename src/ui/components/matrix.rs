//! 职责岗位对照 to scroll through, names always in sight. Only names and marks are elements: three hundred duties by
//! a hundred and fifty posts would be forty-five thousand cells.

use crate::picture::matrix::{Line, Matrix, Meeting, says};
use crate::route::Route;
use crate::ui::prelude::*;
use crate::view::record_of;

/// Width of a column and height of a row, in ems (style/pages/statistics.css).
const CELL: f64 = 1.7;

#[component]
pub fn MatrixView(matrix: Matrix, name: &'static str) -> impl IntoView {
    let Matrix { rows, columns, meetings } = matrix;
    let mut marks: Vec<Vec<Meeting>> = vec![Vec::new(); rows.len()];
    for meeting in meetings {
        marks[meeting.row].push(meeting);
    }
    let wide = format!("width:{}em", columns.len() as f64 * CELL);
    let mut heading = String::new();
    let body = rows.iter().zip(marks).map(|(row, marks)| {
        let begins = (*row.heading != *heading).then(|| row.heading.clone());
        heading.clone_from(&row.heading);
        view! {
            {begins.map(|words| view! { <p class="matrix-class">{words}</p> })}
            {line(row, &columns, &marks, &wide)}
        }
    });
    let body = body.collect_view();
    view! {
        <div class="matrix" tabindex="0" role="region" aria-label=name>
            <div class="matrix-head">
                <span class="matrix-corner" aria-hidden="true"></span>
                {heads(&columns)}
            </div>
            {body}
        </div>
    }
}

/// Posts under their units.
fn heads(columns: &[Line]) -> AnyView {
    let mut units: Vec<(&str, Vec<&Line>)> = Vec::new();
    for column in columns {
        match units.last_mut() {
            Some((unit, posts)) if *unit == column.heading => posts.push(column),
            _ => units.push((&column.heading, vec![column])),
        }
    }
    let post = |column: &&Line| {
        view! { <a class="matrix-post" href=href(&column.id) title=column.label.clone()>{column.label.clone()}</a> }
    };
    let unit = |(unit, posts): (&str, Vec<&Line>)| {
        view! {
            <div class="matrix-unit">
                <p class="matrix-unit-name" title=unit.to_string()>{unit.to_string()}</p>
                <div class="matrix-posts">{posts.iter().map(post).collect_view()}</div>
            </div>
        }
    };
    units.into_iter().map(unit).collect_view().into_any()
}

/// A duty with its marks; one that nobody leads says so.
fn line(row: &Line, columns: &[Line], marks: &[Meeting], wide: &str) -> AnyView {
    let led = marks.iter().any(|mark| mark.leads);
    let mark = |mark: &Meeting| {
        let said = says(row, &columns[mark.column], mark.leads);
        let left = format!("left:{}em", mark.column as f64 * CELL);
        view! {
            <a class="matrix-mark" class:matrix-leads=mark.leads style=left href=href(&row.id) title=said.clone() aria-label=said></a>
        }
    };
    let title =
        if led { row.label.clone() } else { [&*row.label, "（没有牵头岗位）"].concat() };
    view! {
        <div class="matrix-row" class:matrix-missing=!led>
            <a class="matrix-duty" href=href(&row.id) title=title>{row.label.clone()}</a>
            <div class="matrix-cells" style=wide.to_string()>{marks.iter().map(mark).collect_view()}</div>
        </div>
    }
    .into_any()
}

fn href(id: &str) -> String {
    record_of(id).map_or_else(String::new, |(kind, id)| Route::Record { kind, id }.href())
}
