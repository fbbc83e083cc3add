//! The project's only build scripts. Nothing here reaches the packed file.
fn main() {}
