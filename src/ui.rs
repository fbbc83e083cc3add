//! The interface, wasm only: live signals, commands, components, pages. Does no rule, no merge, no layout.
