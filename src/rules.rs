//! Pure answers about a township: coverage, staffing, findings. Writes nothing.
