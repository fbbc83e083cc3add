//! By what an incoming row is recognised as a record that is already there: one table, a line a kind.

/// How records of a kind are recognised.
#[derive(Debug)]
pub struct Keys {
    pub kind: &'static str,
    /// Field lists, surest first. A list counts where the row fills all of it.
    pub ladder: &'static [&'static [&'static str]],
    /// Fields that tell records apart: two different values are never the same record.
    pub firm: &'static [&'static str],
    /// The field that, with the title, names a record among others of the same title.
    pub owner: &'static str,
    /// Another table may name a record that is not there yet; it is then planned as new.
    pub made_by_name: bool,
}

/// A person is made by name only where the importer says so (`Options::create_people`).
pub const KEYS: &[Keys] = &[
    Keys {
        kind: "town",
        ladder: &[&["code"], &["name"]],
        firm: &["code"],
        owner: "",
        made_by_name: false,
    },
    Keys { kind: "zone", ladder: &[&["name"]], firm: &[], owner: "", made_by_name: true },
    Keys {
        kind: "village",
        ladder: &[&["code"], &["name"]],
        firm: &[],
        owner: "",
        made_by_name: true,
    },
    Keys { kind: "unit", ladder: &[&["name"]], firm: &[], owner: "", made_by_name: true },
    // A sheet that was renumbered still means the same posts: without the number, then.
    Keys {
        kind: "post",
        ladder: &[&["unit", "no", "title"], &["unit", "title"], &["title"]],
        firm: &["unit"],
        owner: "unit",
        made_by_name: false,
    },
    Keys {
        kind: "duty",
        ladder: &[&["unit", "name", "list"], &["unit", "name"], &["list", "name"]],
        firm: &["unit", "list"],
        owner: "unit",
        made_by_name: false,
    },
    Keys {
        kind: "duty_link",
        ladder: &[&["post", "duty"]],
        firm: &[],
        owner: "",
        made_by_name: false,
    },
    Keys {
        kind: "person",
        ladder: &[&["name", "unit"], &["name"]],
        firm: &["unit"],
        owner: "unit",
        made_by_name: false,
    },
    // The same person may come back to the same post: the period tells the two apart.
    Keys {
        kind: "holding",
        ladder: &[
            &["person", "post", "role", "since"],
            &["person", "post", "role"],
            &["person", "post"],
        ],
        firm: &["role", "since"],
        owner: "",
        made_by_name: false,
    },
    Keys {
        kind: "grid_cell",
        ladder: &[&["code"], &["village", "level", "name"], &["village", "name"]],
        firm: &["code", "village", "level"],
        owner: "village",
        made_by_name: false,
    },
    Keys {
        kind: "matter",
        ladder: &[&["code"], &["name", "department"], &["name"]],
        firm: &["code", "department"],
        owner: "department",
        made_by_name: false,
    },
    Keys {
        kind: "window",
        ladder: &[&["name"], &["no"]],
        firm: &[],
        owner: "",
        made_by_name: true,
    },
    Keys { kind: "slide", ladder: &[&["title"]], firm: &[], owner: "", made_by_name: false },
    Keys { kind: "strategy", ladder: &[&["name"]], firm: &[], owner: "", made_by_name: true },
    Keys { kind: "action", ladder: &[&["name"]], firm: &[], owner: "", made_by_name: true },
    Keys { kind: "task_force", ladder: &[&["name"]], firm: &[], owner: "", made_by_name: true },
    Keys {
        kind: "force_member",
        ladder: &[&["force", "post"]],
        firm: &[],
        owner: "",
        made_by_name: false,
    },
    // The same work comes back the next year: its term tells the two apart.
    Keys {
        kind: "task",
        ladder: &[&["action", "name", "due"], &["action", "name"], &["name", "due"], &["name"]],
        firm: &["action", "due"],
        owner: "action",
        made_by_name: false,
    },
    Keys {
        kind: "review",
        ladder: &[&["person", "year", "quarter"]],
        firm: &[],
        owner: "",
        made_by_name: false,
    },
    Keys {
        kind: "village_score",
        ladder: &[&["village", "year", "quarter"]],
        firm: &[],
        owner: "",
        made_by_name: false,
    },
    Keys {
        kind: "case",
        ladder: &[&["no"], &["subject", "accepted"]],
        firm: &["no"],
        owner: "",
        made_by_name: false,
    },
    Keys {
        kind: "proxy_point",
        ladder: &[&["name", "village"], &["name"]],
        firm: &["village"],
        owner: "village",
        made_by_name: true,
    },
    // The same errand is run for one after the other.
    Keys {
        kind: "proxy_job",
        ladder: &[&["no"], &["subject", "accepted", "accepted_at"]],
        firm: &["no", "accepted"],
        owner: "",
        made_by_name: false,
    },
    Keys {
        kind: "ask_day",
        ladder: &[&["place", "day"]],
        firm: &[],
        owner: "",
        made_by_name: false,
    },
    Keys { kind: "allowance", ladder: &[&["found"]], firm: &[], owner: "", made_by_name: false },
    Keys {
        kind: "hall_spot",
        ladder: &[&["window"], &["floor", "what", "label"]],
        firm: &[],
        owner: "",
        made_by_name: false,
    },
    Keys { kind: "publication", ladder: &[&["no"]], firm: &[], owner: "", made_by_name: false },
];

/// A kind without a line of its own is recognised by its title.
const BY_TITLE: Keys = Keys { kind: "", ladder: &[], firm: &[], owner: "", made_by_name: false };

/// How records of a kind are recognised.
pub fn keys_of(kind: &str) -> &'static Keys {
    KEYS.iter().find(|keys| keys.kind == kind).unwrap_or(&BY_TITLE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::kinds::KINDS;
    use crate::model::schema;

    #[test]
    fn x6_every_kind_has_its_line_and_every_line_names_fields() {
        for spec in KINDS {
            assert_eq!(keys_of(spec.id).kind, spec.id, "{}: no line", spec.id);
        }
        for keys in KEYS {
            let info = schema().info(keys.kind).expect("kind");
            let owner = Some(&keys.owner).filter(|owner| !owner.is_empty());
            for field in keys.ladder.concat().iter().chain(keys.firm).chain(owner) {
                assert!(info.field(field).is_some(), "{}.{field}", keys.kind);
            }
        }
    }
}
