//! Quality of look-up. What is measured: the share of queries whose target is among the first answers.

mod peers;

use gangtu::search::Index;
use gangtu::search::sound::Sounds;

/// Syllables of a text by its characters' commonest readings.
pub fn spell(text: &str) -> Vec<String> {
    let sounds = Sounds::get();
    let first = |c: char| sounds.spell(sounds.first(c as u16)).to_owned();
    text.chars().map(first).filter(|s| !s.is_empty()).collect()
}

#[test]
fn the_peers_queries_reach_their_titles() {
    let docs = peers::docs(10_000);
    let index = Index::build(peers::entries(&docs));
    let mut missed = Vec::new();
    for q in peers::queries(&docs, 200, spell) {
        let found = index
            .find(&q.text, 5)
            .iter()
            .any(|h| docs[h.id[1..].parse::<usize>().unwrap()].title.contains(&q.span));
        if !found {
            missed.push(format!("{} {} {}", q.kind, q.text, q.span));
        }
    }
    assert!(missed.len() <= 6, "{} missed: {missed:#?}", missed.len());
}
