//! Classes of the chosen field: categories as given, numbers cut into equal or equally full parts.

use super::{MapInput, Value};
use crate::choices;
use crate::picture::style::{CATEGORY, PATTERNS, Pattern, Role, SEQUENCE};
use crate::sorting::Sorting;

#[derive(Clone, Debug, PartialEq)]
pub struct Category {
    pub label: String,
    /// A role with a meaning of its own (红 → vermilion); `None` takes the next category colour.
    pub role: Option<Role>,
}

choices! {
    /// How figures are cut into classes.
    Method {
        /// Parts of equal width.
        Equal = "equal", "等间距";
        /// Parts with equally many cells.
        Quantile = "quantile", "等数量";
        /// Parts whose values lie close together (Jenks, by Fisher's exact way).
        Natural = "natural", "自然分段";
    }
}

/// What the colours mean. `title` names the field in the legend.
#[derive(Clone, Debug, PartialEq)]
pub enum Scheme {
    /// No colour: names and borders only.
    Plain,
    Categories {
        title: String,
        categories: Vec<Category>,
    },
    /// `unit` stands after the figures (户, 件).
    Numbers {
        title: String,
        unit: String,
        method: Method,
    },
}

/// One row of the legend.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    pub label: String,
    pub fill: Role,
    pub pattern: Pattern,
    /// Numbers up to this belong to the class; unused for categories.
    pub upto: f64,
    pub cells: usize,
}

/// The classes of a map with the number of cells in each.
pub fn classes(input: &MapInput) -> Vec<Class> {
    let mut classes = match &input.scheme {
        Scheme::Plain => Vec::new(),
        Scheme::Categories { categories, .. } => {
            categories.iter().enumerate().map(|(at, c)| category(at, c)).collect()
        }
        Scheme::Numbers { unit, method, .. } => numbers(input, unit, *method),
    };
    for cell in &input.cells {
        let value = cell.value.and_then(|value| class_of(input, &classes, value));
        if let Some(at) = value {
            classes[at].cells += 1;
        }
    }
    classes
}

/// The class of a value; `None` for values the scheme does not speak of.
pub(super) fn class_of(input: &MapInput, classes: &[Class], value: Value) -> Option<usize> {
    match (value, &input.scheme) {
        (Value::Category(at), Scheme::Categories { .. }) => (at < classes.len()).then_some(at),
        (Value::Number(v), Scheme::Numbers { .. }) if v.is_finite() => {
            let found = classes.iter().position(|class| v <= class.upto);
            found.or(classes.len().checked_sub(1))
        }
        _ => None,
    }
}

fn category(at: usize, category: &Category) -> Class {
    Class {
        label: category.label.clone(),
        fill: category.role.map_or(CATEGORY[at % CATEGORY.len()], land),
        pattern: PATTERNS[at % PATTERNS.len()],
        upto: f64::NAN,
        cells: 0,
    }
}

/// A colour with a meaning, as ground for names and borders.
fn land(role: Role) -> Role {
    match role {
        Role::Vermilion => Role::LandRed,
        Role::Amber => Role::LandAmber,
        Role::Jade => Role::LandJade,
        other => other,
    }
}

fn numbers(input: &MapInput, unit: &str, method: Method) -> Vec<Class> {
    let values = input.cells.iter().filter_map(|cell| match cell.value {
        Some(Value::Number(v)) if v.is_finite() => Some(v),
        _ => None,
    });
    let mut values: Vec<f64> = values.collect();
    values.arrange(f64::total_cmp);
    let (Some(&least), Some(&most)) = (values.first(), values.last()) else { return Vec::new() };
    let mut cuts = match method {
        Method::Natural => natural(&values, SEQUENCE.len()),
        _ => (1..=SEQUENCE.len()).map(|part| cut(&values, part, method)).collect(),
    };
    cuts.dedup();
    if let Some(last) = cuts.last_mut() {
        *last = most;
    }
    let mut low = least;
    let mut classes = Vec::new();
    for (at, upto) in cuts.iter().enumerate() {
        let label =
            if low == *upto { show(low) } else { format!("{}–{}", show(low), show(*upto)) };
        let shade = if cuts.len() == 1 { 2 } else { at * (SEQUENCE.len() - 1) / (cuts.len() - 1) };
        classes.push(Class {
            label: format!("{label} {unit}"),
            fill: SEQUENCE[shade],
            pattern: Pattern::None,
            upto: *upto,
            cells: 0,
        });
        low = *upto;
    }
    classes
}

fn cut(values: &[f64], part: usize, method: Method) -> f64 {
    let parts = SEQUENCE.len();
    match method {
        Method::Equal => {
            let (least, most) = (values[0], values[values.len() - 1]);
            least + (most - least) * part as f64 / parts as f64
        }
        Method::Quantile | Method::Natural => {
            values[(values.len() * part).div_ceil(parts).max(1) - 1]
        }
    }
}

/// Different values looked at; of more, as many evenly taken.
const DIFFERENT: usize = 400;

/// Upper ends of the classes within which values differ least from their mean: sums of squares over all ways to cut,
/// by dynamic programming. Values in order, at least one.
fn natural(values: &[f64], classes: usize) -> Vec<f64> {
    let (ends, counts) = distinct(values);
    let n = ends.len();
    // Sums up to each value, for the squares of any stretch at once.
    let (mut count, mut sum, mut square) = (vec![0.0; n + 1], vec![0.0; n + 1], vec![0.0; n + 1]);
    for at in 0..n {
        let weight = counts[at] as f64;
        count[at + 1] = count[at] + weight;
        sum[at + 1] = sum[at] + weight * ends[at];
        square[at + 1] = square[at] + weight * ends[at] * ends[at];
    }
    let spread = |from: usize, to: usize| {
        let (count, sum) = (count[to] - count[from], sum[to] - sum[from]);
        square[to] - square[from] - sum * sum / count
    };
    let classes = classes.min(n);
    let mut least: Vec<f64> = (0..=n).map(|to| if to == 0 { 0.0 } else { spread(0, to) }).collect();
    let mut began = vec![vec![0; n + 1]];
    for class in 1..classes {
        let mut next = vec![f64::INFINITY; n + 1];
        let mut from = vec![0; n + 1];
        for to in class + 1..=n {
            for (at, before) in least.iter().enumerate().take(to).skip(class) {
                let sum = before + spread(at, to);
                if sum < next[to] {
                    (next[to], from[to]) = (sum, at);
                }
            }
        }
        least = next;
        began.push(from);
    }
    let mut cuts = Vec::with_capacity(classes);
    let mut to = n;
    for class in (0..classes).rev() {
        cuts.push(ends[to - 1]);
        to = began[class][to];
    }
    cuts.reverse();
    cuts
}

/// Different values with how often each is there; of too many, the nearest of those kept stands for a value.
fn distinct(values: &[f64]) -> (Vec<f64>, Vec<usize>) {
    let (mut ends, mut counts): (Vec<f64>, Vec<usize>) = (Vec::new(), Vec::new());
    let step = values.len().div_ceil(DIFFERENT);
    for part in values.chunks(step) {
        let end = part[part.len() - 1];
        if ends.last() == Some(&end) {
            let last = counts.len() - 1;
            counts[last] += part.len();
        } else {
            ends.push(end);
            counts.push(part.len());
        }
    }
    (ends, counts)
}

/// A figure short enough for a legend.
fn show(v: f64) -> String {
    let rounded = if v.abs() >= 100.0 { v.round() } else { (v * 10.0).round() / 10.0 };
    rounded.to_string()
}
