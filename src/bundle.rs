//! The JSON bundle: canonical form, checks, import plan. Does not touch storage.
