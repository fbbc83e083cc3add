//! Record kinds and their invariants: one declaration per kind. Knows no storage, no clock, no screen.
