//! Look-up: pinyin, everyday terms, index, ranking. Knows no screen.
