//! Ops, clock, fold, history: the only way to write. Knows no browser and no file format.
