//! The one icon set: strokes on a 24-unit square. No emoji, no icon font.

use crate::ui::prelude::*;

/// Path data of an icon by name; an unknown name draws a dot, so that nothing shifts.
fn path(name: &str) -> &'static str {
    match name {
        "mark" => "M12 3v6M12 9H6v5M12 9h6v5M12 9v5M3.5 14h5v5h-5zM9.5 14h5v5h-5zM15.5 14h5v5h-5z",
        "bars" => "M4 4v16h16M8 16v-4M12 16V8M16 16v-6",
        "projector" => "M3 5h18v11H3zM12 16v4M8 20h8M12 2v3",
        "home" => "M4 11 12 4l8 7M6 9.5V20h12V9.5M10 20v-6h4v6",
        "chart" => "M9 3h6v4H9zM3 17h6v4H3zM15 17h6v4h-6zM12 7v5M6 17v-5h12v5",
        "map" => "M4 6l5-2 6 2 5-2v14l-5 2-6-2-5 2zM9 4v14M15 6v14",
        "find" => "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 21 21",
        "post" => "M4 20V8h16v12zM9 8V4h6v4M4 13h16",
        "person" => "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c0-4.5 3.5-7 8-7s8 2.5 8 7",
        "duty" => "M6 3h12v18H6zM9 8h6M9 12h6M9 16h4",
        "unit" => "M4 21V5l8-2v18M12 8h8v13M7 9h2M7 13h2M7 17h2M15 12h2M15 16h2M3 21h18",
        "village" => "M3 21h18M5 21V11l5-4 5 4v10M15 14h4v7M9 21v-5h2v5",
        "window" => "M4 4h16v12H4zM4 20h16M12 4v12",
        "matter" => "M5 3h10l4 4v14H5zM14 3v5h5M8 13h8M8 17h5",
        "task" => "M5 4h14v17H5zM9 3h6v3H9zM8 13l3 3 5-6",
        "case" => "M4 5h16v11H10l-5 4v-4H4zM8 9h8M8 12h5",
        "list" => "M4 6h16M4 12h16M4 18h16",
        "import" => "M12 3v12M7 10l5 5 5-5M4 17v4h16v-4",
        "data" => "M4 6c0-2 16-2 16 0v12c0 2-16 2-16 0zM4 6c0 2 16 2 16 0M4 12c0 2 16 2 16 0",
        "log" => "M12 4a8 8 0 1 0 8 8M12 8v5l3 2M20 4v4h-4",
        "sort-up" => "M12 19V5M6 11l6-6 6 6",
        "sort-down" => "M12 5v14M6 13l6 6 6-6",
        "bell" => "M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 21h4",
        "settings" => "M4 7h10M18 7h2M4 17h2M10 17h10M16 5v4M8 15v4",
        "close" => "M5 5l14 14M19 5 5 19",
        "undo" => "M8 5 3 10l5 5M3 10h11a6 6 0 0 1 0 12h-3",
        "redo" => "M16 5l5 5-5 5M21 10H10a6 6 0 0 0 0 12h3",
        "plus" => "M12 4v16M4 12h16",
        "minus" => "M4 12h16",
        "fit" => "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
        "export" => "M12 15V3M7 8l5-5 5 5M4 15v6h16v-6",
        "check" => "M4 12l6 6L20 6",
        "warn" => "M12 3 2 21h20zM12 9v6M12 18v.5",
        "more" => "M5 12h.01M12 12h.01M19 12h.01",
        "right" => "M9 5l7 7-7 7",
        "left" => "M15 5l-7 7 7 7",
        "down" => "M5 9l7 7 7-7",
        "up" => "M5 15l7-7 7 7",
        "columns" => "M4 4h16v16H4zM9 4v16M15 4v16",
        "filter" => "M3 5h18l-7 8v6l-4 2v-8z",
        "edit" => "M4 20l1-5L16 4l4 4L9 19zM14 6l4 4",
        "calendar" => "M4 6h16v15H4zM4 10h16M8 3v5M16 3v5",
        "screen" => "M3 4h18v12H3zM8 20h8M12 16v4",
        "phone" => "M5 4h4l2 5-3 2c1 3 3 5 6 6l2-3 5 2v4c-9 1-17-7-16-16z",
        "place" => {
            "M12 21c-5-6-7-9-7-12a7 7 0 0 1 14 0c0 3-2 6-7 12zM12 7a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z"
        }
        "take" => "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2M20 14v2M14 20h2M18 18h2v2",
        "speak" => "M4 9v6h4l5 4V5L8 9zM16 9a4 4 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11",
        "time" => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l4 2",
        _ => "M12 12h.01",
    }
}

/// Decoration beside a word, never instead of one: hidden from readers of screens.
#[component]
pub fn Icon(name: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=path(name)></path>
        </svg>
    }
}
