//! How 公示栏 was left: what stands on the board and on what paper, as a small text a browser keeps. Reads no records;
//! where the text is kept is not its affair.

use rustc_hash::FxHashSet;

use super::board::Said;
use crate::model::RecordId;
use crate::sorting::Sorting;

#[derive(Clone, Debug, PartialEq)]
pub struct BoardWishes {
    /// None: the township's name and 岗位公示栏.
    pub title: Option<String>,
    /// Units left out.
    pub without: FxHashSet<RecordId>,
    pub said: Vec<Said>,
    // Not whether everybody is named: who agreed is asked each time.
    pub apart: bool,
    /// Place in the list of papers.
    pub paper: usize,
    pub lying: bool,
    /// Size of type in tenths.
    pub size: usize,
}

impl Default for BoardWishes {
    fn default() -> Self {
        BoardWishes {
            title: None,
            without: FxHashSet::default(),
            said: vec![Said::Names, Said::Phone, Said::Place, Said::Windows, Said::Matters],
            apart: false,
            paper: 1,
            lying: false,
            size: 10,
        }
    }
}

impl BoardWishes {
    /// As kept in the browser; what cannot be read is as usual.
    pub fn read(text: &str) -> BoardWishes {
        let mut wishes = BoardWishes::default();
        for (key, value) in text.lines().filter_map(|line| line.split_once('=')) {
            wishes.take(key, value);
        }
        wishes
    }

    fn take(&mut self, key: &str, value: &str) {
        match key {
            "title" => self.title = Some(value.to_string()),
            "without" => self.without = value.split(',').filter_map(RecordId::parse).collect(),
            "said" => self.said = value.split(',').filter_map(said).collect(),
            "apart" => self.apart = value == "1",
            "paper" => self.paper = value.parse().unwrap_or(self.paper),
            "lying" => self.lying = value == "1",
            "size" => self.size = value.parse().unwrap_or(self.size),
            _ => {}
        }
    }

    pub fn to_text(&self) -> String {
        let mut without: Vec<&str> = self.without.iter().map(RecordId::as_str).collect();
        without.arrange(Ord::cmp);
        let said: Vec<&str> = self.said.iter().map(|said| said.id()).collect();
        let title = self.title.as_deref().and_then(|title| title.lines().next());
        let mut lines: Vec<String> =
            title.map(|title| format!("title={title}")).into_iter().collect();
        lines.push(format!("without={}", without.join(",")));
        lines.push(format!("said={}", said.join(",")));
        lines.push(format!("apart={}", u8::from(self.apart)));
        lines.push(format!("paper={}", self.paper));
        lines.push(format!("lying={}", u8::from(self.lying)));
        lines.push(format!("size={}", self.size));
        lines.join("\n")
    }
}

fn said(id: &str) -> Option<Said> {
    Said::from_id(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p29_a_board_is_found_as_it_was_left() {
        let without =
            [RecordId::parse("u1"), RecordId::parse("u2")].into_iter().flatten().collect();
        let left = BoardWishes {
            title: Some("便民 = 公示".to_string()),
            without,
            said: vec![Said::Phone],
            apart: true,
            paper: 0,
            lying: true,
            size: 16,
        };
        assert_eq!(BoardWishes::read(&left.to_text()), left);
        let bare = BoardWishes { said: Vec::new(), ..BoardWishes::default() };
        assert_eq!(BoardWishes::read(&bare.to_text()), bare);
    }

    #[test]
    fn p29_what_cannot_be_read_is_as_usual() {
        let usual = BoardWishes::default();
        for text in ["", "size=大\npaper=-1", "那时=有过", "==\n="] {
            assert_eq!(BoardWishes::read(text), usual, "{text}");
        }
    }
}
