//! Layouts place, painters paint: records to Scene to SVG. Never touches a canvas.
