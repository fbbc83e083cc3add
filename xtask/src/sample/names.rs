//! Invented names of people, no two alike. Names known from the news are left out.

use std::collections::BTreeSet;

use gangtu::model::kinds::person::Sex;

use super::dice::Dice;
use super::source::text;

pub struct Names {
    surnames: Vec<char>,
    single: Vec<char>,
    first: Vec<char>,
    second: Vec<char>,
    /// Given already, or not to be given.
    taken: BTreeSet<String>,
    dice: Dice,
}

impl Names {
    pub fn new(seed: u64) -> Result<Names, String> {
        let chars = |name: &str| Ok::<_, String>(text(name)?.chars().collect());
        let avoided = text("yunxi/names_avoided.txt")?;
        Ok(Names {
            surnames: chars("yunxi/surnames.txt")?,
            single: chars("yunxi/given_one.txt")?,
            first: chars("yunxi/given_two_first.txt")?,
            second: chars("yunxi/given_two_second.txt")?,
            taken: avoided.split_whitespace().map(str::to_string).collect(),
            dice: Dice::new(seed),
        })
    }

    pub fn take(&mut self) -> String {
        loop {
            let name = self.draw();
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }

    pub fn sex(&mut self) -> Sex {
        if self.dice.below(5) < 3 { Sex::Male } else { Sex::Female }
    }

    fn draw(&mut self) -> String {
        let mut name = String::from(*self.dice.pick(&self.surnames));
        if self.dice.below(4) == 0 {
            name.push(*self.dice.pick(&self.single));
        } else {
            name.push(*self.dice.pick(&self.first));
            name.push(*self.dice.pick(&self.second));
        }
        name
    }
}
