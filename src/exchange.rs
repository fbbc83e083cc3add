//! Foreign tables in and out: CSV with any encoding. Never writes records itself; it yields a plan.
