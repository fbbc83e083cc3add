//! The command line: switches (`--open`) and values (`--port 8080`), nothing cleverer.

pub struct Flags {
    given: Vec<(String, Option<String>)>,
}

impl Flags {
    /// As if nothing had been said.
    pub fn none() -> Self {
        Self { given: Vec::new() }
    }

    /// Errors name the first word that is neither a known switch nor a known value.
    pub fn parse(words: Vec<String>, switches: &[&str], values: &[&str]) -> Result<Self, String> {
        let mut given = Vec::new();
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            if switches.contains(&word.as_str()) {
                given.push((word, None));
            } else if values.contains(&word.as_str()) {
                let value = words.next().ok_or_else(|| format!("{word} needs a value after it"))?;
                given.push((word, Some(value)));
            } else {
                return Err(format!("`{word}` is not understood here; see `cargo xtask help`"));
            }
        }
        Ok(Self { given })
    }

    pub fn has(&self, switch: &str) -> bool {
        self.given.iter().any(|(name, _)| name == switch)
    }

    pub fn value(&self, name: &str) -> Option<&str> {
        self.given.iter().find(|(given, _)| given == name).and_then(|(_, value)| value.as_deref())
    }

    /// A value that has to be a whole number.
    pub fn number(&self, name: &str) -> Result<Option<u64>, String> {
        let read = |text: &str| text.parse().map_err(|_| format!("{name} needs a number after it"));
        self.value(name).map(read).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Result<Flags, String> {
        Flags::parse(words.iter().map(|w| w.to_string()).collect(), &["--open"], &["--port"])
    }

    #[test]
    fn switches_and_values_are_told_apart() {
        let flags = parse(&["--port", "81", "--open"]).unwrap();
        assert_eq!(flags.value("--port"), Some("81"));
        assert!(flags.has("--open"));
        assert!(!parse(&[]).unwrap().has("--open"));
        assert_eq!(flags.number("--port"), Ok(Some(81)));
        assert!(parse(&["--port", "x"]).unwrap().number("--port").is_err());
    }

    #[test]
    fn unknown_and_unfinished_words_are_named() {
        assert!(parse(&["--prot", "81"]).err().unwrap().contains("--prot"));
        assert!(parse(&["--port"]).err().unwrap().contains("needs a value"));
    }
}
