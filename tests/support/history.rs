//! Random histories of a township's copies, the same for the same seed on every machine: people edit,
//! decide, take back and import on computers whose clocks jump by years; files are lost, doubled, late,
//! cut short and changed; profiles are copied, old programs are still about. `run` says what broke.
//!
//! Everything goes through desks and bundle texts, as in the page; nothing here knows how they work.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::rc::Rc;

use gangtu::bundle::{Bundle, Header, Plan, Since, export, write};
use gangtu::journal::conflict::Conflict;
use gangtu::journal::memory::Memory;
use gangtu::journal::storage::{Found, Sealed};
use gangtu::journal::{Action, Desk, DeskError, Draft, Fold, Meta, Stamp, Storage, World};
use gangtu::model::{RecordId, Value, schema};

use super::oracle;

/// What the same seed rolls everywhere (splitmix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.roll() % n as u64) as usize
    }

    fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}

const HOUR: u64 = 3_600_000;
const YEAR: u64 = 365 * 24 * HOUR;
/// When histories begin: 2026-12-01.
const BEGAN: u64 = 1_796_083_200_000;

/// A computer: its clock moves on, and is set wrong at times.
struct Computer {
    now: Cell<u64>,
    dice: Cell<u64>,
}

impl Computer {
    fn new(now: u64, seed: u64) -> Rc<Computer> {
        Rc::new(Computer { now: Cell::new(now), dice: Cell::new(seed) })
    }
}

impl World for Computer {
    fn now_ms(&self) -> u64 {
        self.now.set(self.now.get() + 1_000);
        self.now.get()
    }

    fn random(&self) -> u128 {
        let mut dice = Dice(self.dice.get());
        let bits = u128::from(dice.roll()) << 64 | u128::from(dice.roll());
        self.dice.set(dice.0);
        bits
    }

    /// Nothing written here needs composing, and tables would differ between host and page.
    fn nfc(&self, text: &str) -> String {
        text.to_string()
    }
}

/// Somebody with a copy; sometimes it is open in a second tab.
struct Person {
    computer: Rc<Computer>,
    tabs: Vec<Desk<Memory>>,
    /// What the program said was saved.
    saved: Vec<Stamp>,
}

/// What broke, in words for whoever mends it.
pub type Broken = String;

/// What a history came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// State hash of every copy in the end.
    pub hash: String,
    pub copies: usize,
    pub actions: usize,
}

/// Plays the history of a seed.
pub async fn run(seed: u64) -> Result<Outcome, Broken> {
    let mut town = Town::begin(seed).await?;
    let steps = 8 + town.dice.below(28);
    for _ in 0..steps {
        town.step().await?;
    }
    town.meet().await?;
    town.check().await
}

struct Town {
    dice: Dice,
    people: Vec<Person>,
    /// Files under way: any may arrive, again, late or never.
    post: Vec<String>,
}

/// Most copies of a history, forks among them.
const MOST: usize = 12;

impl Town {
    async fn begin(seed: u64) -> Result<Town, Broken> {
        let mut dice = Dice::new(seed ^ 0x6A67_7400);
        let copies = if dice.percent(5) { 2 + dice.below(MOST - 1) } else { 2 + dice.below(3) };
        let mut town = Town { dice, people: Vec::new(), post: Vec::new() };
        for _ in 0..copies {
            let person = town.newcomer().await?;
            town.people.push(person);
        }
        Ok(town)
    }

    async fn newcomer(&mut self) -> Result<Person, Broken> {
        let seed = self.dice.roll();
        let wrong = self.dice.percent(25);
        let now =
            if wrong { self.some_clock() } else { BEGAN + self.dice.below(500) as u64 * HOUR };
        let computer = Computer::new(now, seed);
        let storage = Memory::default();
        let desk = if self.dice.percent(25) {
            self.old_base(&storage, &computer).await?;
            opened(storage, computer.clone()).await?
        } else {
            let made = Desk::create(storage, computer.clone(), "yunxi".into(), "王小满").await;
            made.map_err(|error| format!("creating: {error}"))?
        };
        let saved = lines_of(&desk).await?.iter().map(Action::stamp).collect();
        Ok(Person { computer, tabs: vec![desk], saved })
    }

    /// Up to ten years from the truth, either way.
    fn some_clock(&mut self) -> u64 {
        let off = self.dice.roll() % (10 * YEAR);
        if self.dice.percent(50) { BEGAN + off } else { BEGAN - off }
    }

    /// A base an old program left: lines that name no line before them, and things nobody knows.
    async fn old_base(&mut self, storage: &Memory, computer: &Computer) -> Result<(), Broken> {
        let replica = gangtu::journal::ReplicaId::from_random(computer.random());
        let mut meta = Meta::new("yunxi".into(), &replica, "旧程序");
        storage.create(&meta).await.map_err(|error| error.to_string())?;
        let mut rows = Vec::new();
        for counter in 1..=1 + self.dice.below(3) as u64 {
            meta.clock = gangtu::journal::stamp::tick(meta.clock, computer.now_ms());
            rows.push(old_line(&mut self.dice, replica.as_str(), counter, meta.clock));
            meta.counter = counter;
        }
        meta.seq = rows.len() as u64;
        let mut seal =
            |_: Found<'_>| Sealed { meta: meta.clone(), rows: rows.clone(), parked: None };
        storage.append(0, &mut seal).await.map_err(|error| error.to_string())?;
        Ok(())
    }

    async fn step(&mut self) -> Result<(), Broken> {
        let who = self.dice.below(self.people.len());
        match self.dice.below(100) {
            0..35 => self.edit(who, 1).await,
            35..39 => self.edit(who, 12).await,
            39..47 => self.take_back(who).await,
            47..52 => self.decide(who).await,
            52..65 => self.send(who).await,
            65..85 => self.receive(who).await,
            85..91 => self.set_clock(who),
            91..95 => self.open_again(who).await,
            95..98 => self.second_tab(who).await,
            _ => self.copy_profile(who).await,
        }
    }

    fn set_clock(&mut self, who: usize) -> Result<(), Broken> {
        let right = BEGAN + self.dice.below(3_000) as u64 * HOUR;
        let now = if self.dice.percent(50) { right } else { self.some_clock() };
        self.people[who].computer.now.set(now);
        Ok(())
    }

    /// A form (a few fields) or a table that is imported (many).
    async fn edit(&mut self, who: usize, most: usize) -> Result<(), Broken> {
        let mut draft = Draft::new("改");
        for _ in 0..1 + self.dice.below(most) {
            self.draft_one(&mut draft);
        }
        self.write(who, &draft).await
    }

    async fn write(&mut self, who: usize, draft: &Draft) -> Result<(), Broken> {
        let person = &mut self.people[who];
        let tab = self.dice.below(person.tabs.len());
        let commit = person.tabs[tab].commit(draft).await;
        let commit = commit.map_err(|error| format!("an edit was not saved: {error}"))?;
        person.saved.extend(commit.stamp);
        Ok(())
    }

    fn draft_one(&mut self, draft: &mut Draft) {
        const FIELDS: [(&str, &str); 10] = [
            ("post", "title"),
            ("post", "title"),
            ("post", "seats"),
            ("post", "since"),
            ("post", "until"),
            ("matter", "terms"),
            ("unit", "parent"),
            ("unit", "parent"),
            ("holding", "person"),
            ("holding", "post"),
        ];
        let (kind, field) = *self.dice.of(&FIELDS);
        let n = self.dice.below(4);
        let value = match field {
            _ if n == 3 => Value::Null,
            "seats" => Value::Int(n as i64),
            "since" | "until" => Value::text(&format!("2026-0{}-01", n + 1)),
            "terms" => {
                Value::Set(["低保", "五保", "建房"][..n].iter().map(|at| (*at).into()).collect())
            }
            "parent" | "person" | "post" => Value::text(&format!("r{n}")),
            _ => Value::text(["文书岗", "信息岗", "档案岗"][n]),
        };
        let id = RecordId::parse(&format!("r{}", self.dice.below(3))).expect("id");
        let kind = schema().kind(kind).expect("kind");
        let field = schema().kinds[kind].field(field).expect("field");
        draft.set(kind, &id, field, value);
    }

    async fn take_back(&mut self, who: usize) -> Result<(), Broken> {
        let person = &mut self.people[who];
        let tab = self.dice.below(person.tabs.len());
        let desk = &person.tabs[tab];
        let done = if self.dice.percent(70) { desk.undo().await } else { desk.redo().await };
        match done {
            Ok(commit) => person.saved.extend(commit.stamp),
            Err(DeskError::NothingToUndo | DeskError::Superseded { .. }) => {}
            Err(error) => return Err(format!("taking back: {error}")),
        }
        Ok(())
    }

    /// Drafts a choice for a share of conflicts.
    fn settle(&mut self, conflicts: &[Conflict], share: usize, draft: &mut Draft) {
        for conflict in conflicts {
            if self.dice.percent(share) {
                let value = self.dice.of(&conflict.claims).value.clone();
                draft.decide(conflict.kind, &conflict.id, conflict.register, value);
            }
        }
    }

    /// Settles some of the conflicts that stand.
    async fn decide(&mut self, who: usize) -> Result<(), Broken> {
        let tab = self.dice.below(self.people[who].tabs.len());
        let conflicts = self.people[who].tabs[tab].read(Fold::conflicts);
        let mut draft = Draft::new("定");
        self.settle(&conflicts, 60, &mut draft);
        let commit = self.people[who].tabs[tab].commit(&draft).await;
        let commit = commit.map_err(|error| format!("a decision was not saved: {error}"))?;
        self.people[who].saved.extend(commit.stamp);
        Ok(())
    }

    /// A file of everything, of what somebody lacks, or of the latest rows only.
    async fn send(&mut self, who: usize) -> Result<(), Broken> {
        let desk = &self.people[who].tabs[0];
        let mut rows = rows_of(desk).await?;
        let mut part = None;
        let since = match self.dice.below(3) {
            0 => Since::Start,
            1 => {
                let other = self.dice.below(self.people.len());
                let known = self.people[other].tabs[0].knows();
                Since::Version(desk.read(|fold| fold.heads().lacked_by(&known)))
            }
            _ => {
                rows.drain(..self.dice.below(rows.len() + 1));
                part = Some((2, 2));
                Since::Start
            }
        };
        let header = Header::next(&desk.meta(), "云溪镇", desk.knows(), BEGAN);
        let lines = rows.iter().flat_map(|row| row.lines());
        let text = write(&Header { part, ..header }, lines, &since);
        self.post.push(text);
        Ok(())
    }

    /// One or more files arrive, perhaps hurt.
    async fn receive(&mut self, who: usize) -> Result<(), Broken> {
        if self.post.is_empty() {
            return Ok(());
        }
        let mut files = Vec::new();
        for _ in 0..1 + self.dice.below(2) {
            let text = self.dice.of(&self.post).clone();
            let hurt = self.dice.percent(15);
            let bytes = if hurt { self.hurt(text) } else { text.into_bytes() };
            match read(&bytes) {
                Ok(bundle) => files.push(bundle),
                Err(_) if hurt => {}
                Err(error) => return Err(format!("a sound file was refused: {error}")),
            }
        }
        let tab = self.dice.below(self.people[who].tabs.len());
        self.take(who, tab, files).await
    }

    fn hurt(&mut self, text: String) -> Vec<u8> {
        let mut bytes = text.into_bytes();
        let at = self.dice.below(bytes.len());
        if self.dice.percent(50) {
            bytes.truncate(at);
        } else {
            bytes[at] = bytes[at].wrapping_add(1 + self.dice.below(255) as u8);
        }
        bytes
    }

    /// Plans, decides some of what it brings, takes; what was known stays known.
    async fn take(&mut self, who: usize, tab: usize, files: Vec<Bundle>) -> Result<(), Broken> {
        let desk = &self.people[who].tabs[tab];
        let before = desk.read(|fold| fold.heads().version());
        let plan = desk.plan(|base| Plan::of(&files, base));
        let plan = plan.map_err(|error| format!("files were refused: {error}"))?;
        let mut decided = Draft::new("合并");
        self.settle(&plan.conflicts, 30, &mut decided);
        let desk = &self.people[who].tabs[tab];
        let taken = desk.merge(Bundle::offer(files), &decided).await;
        let taken = taken.map_err(|error| format!("taking: {error}"))?;
        if self.people[who].tabs.len() == 1 && taken.applied != plan.new_actions {
            return Err(format!("{} planned, {} taken", plan.new_actions, taken.applied));
        }
        let after = desk.read(|fold| fold.heads().version());
        let kept = |(replica, n): &(_, u64)| after.iter().any(|(at, m)| at == replica && m >= n);
        if before.iter().all(kept) { Ok(()) } else { Err("a merge forgot actions".to_string()) }
    }

    /// The page is closed and opened, with or without a snapshot.
    async fn open_again(&mut self, who: usize) -> Result<(), Broken> {
        let snapshot = self.dice.percent(50);
        let person = &mut self.people[who];
        person.tabs.truncate(1);
        caught_up(&person.tabs[0]).await?;
        let before = hash(&person.tabs[0]);
        if snapshot {
            let written = person.tabs[0].snapshot().await;
            written.map_err(|error| format!("a snapshot: {error}"))?;
        }
        let storage = person.tabs[0].storage().clone();
        person.tabs[0] = opened(storage, person.computer.clone()).await?;
        if hash(&person.tabs[0]) == before { Ok(()) } else { Err("opened as another".to_string()) }
    }

    async fn second_tab(&mut self, who: usize) -> Result<(), Broken> {
        let person = &mut self.people[who];
        let storage = person.tabs[0].storage().clone();
        person.tabs.truncate(1);
        person.tabs.push(opened(storage, person.computer.clone()).await?);
        Ok(())
    }

    /// The browser's profile goes to another computer as it is, its copy's name too.
    async fn copy_profile(&mut self, who: usize) -> Result<(), Broken> {
        if self.people.len() == MOST {
            return Ok(());
        }
        let person = &self.people[who];
        caught_up(&person.tabs[0]).await?;
        let storage = Memory::default();
        let meta = person.tabs[0].meta();
        let start = Meta { seq: 0, snapshot: 0, ..meta.clone() };
        storage.create(&start).await.map_err(|error| error.to_string())?;
        let (rows, parked) = (rows_of(&person.tabs[0]).await?, person.tabs[0].parked());
        let copy = Meta { seq: rows.len() as u64, snapshot: 0, ..meta };
        let mut seal = |_: Found<'_>| Sealed {
            meta: copy.clone(),
            rows: rows.clone(),
            parked: Some(parked.clone()),
        };
        storage.append(0, &mut seal).await.map_err(|error| error.to_string())?;
        let saved = person.saved.clone();
        let computer = Computer::new(BEGAN + self.dice.below(900) as u64 * HOUR, self.dice.roll());
        let desk = opened(storage, computer.clone()).await?;
        self.people.push(Person { computer, tabs: vec![desk], saved });
        Ok(())
    }

    /// Everybody hears everything, until nobody has anything to say.
    async fn meet(&mut self) -> Result<(), Broken> {
        for person in &mut self.people {
            person.tabs.truncate(1);
            caught_up(&person.tabs[0]).await?;
        }
        for _ in 0..8 {
            let mut news = 0;
            for at in 1..self.people.len() {
                news += self.tell(at, 0).await?;
            }
            for at in 1..self.people.len() {
                news += self.tell(0, at).await?;
            }
            if news == 0 {
                return Ok(());
            }
        }
        Err("copies that hear everything do not come to rest".to_string())
    }

    /// Hands over everything; says how many actions were new.
    async fn tell(&self, from: usize, to: usize) -> Result<usize, Broken> {
        let bundle = bundle_of(&self.people[from].tabs[0]).await?;
        let desk = &self.people[to].tabs[0];
        let plan = desk.plan(|base| Plan::of(std::slice::from_ref(&bundle), base));
        plan.map_err(|error| format!("in the end, a file was refused: {error}"))?;
        let taken = desk.take(bundle.into_lines(), "导入").await;
        Ok(taken.map_err(|error| format!("in the end, taking: {error}"))?.applied)
    }

    async fn check(&mut self) -> Result<Outcome, Broken> {
        let first = &self.people[0].tabs[0];
        let hash_of_first = hash(first);
        let rows = lines(&rows_of(first).await?);
        for person in &self.people {
            let desk = &person.tabs[0];
            if lines(&rows_of(desk).await?) != rows {
                return Err("copies hold different lines".to_string());
            }
            if hash(desk) != hash_of_first {
                return Err("copies with the same lines differ".to_string());
            }
            if !desk.parked().is_empty() {
                return Err("something still waits though everything came".to_string());
            }
        }
        let actions = lines_of(first).await?;
        let known: BTreeSet<Stamp> = actions.iter().map(Action::stamp).collect();
        let mut saved = self.people.iter().flat_map(|person| &person.saved);
        if let Some(lost) = saved.find(|stamp| !known.contains(stamp)) {
            return Err(format!("what was saved is lost: {lost}"));
        }
        idempotent(first).await?;
        let wrong = first.read(|fold| oracle::differs(fold, &actions));
        wrong.map_or(Ok(()), |what| Err(format!("the oracle says otherwise: {what}")))?;
        self.any_order(actions.clone(), &hash_of_first)?;
        let outcome =
            Outcome { hash: hash_of_first, copies: self.people.len(), actions: actions.len() };
        Ok(outcome)
    }

    /// The same set in any order, any grouping and twice is the same township.
    fn any_order(&mut self, mut actions: Vec<Action>, wanted: &str) -> Result<(), Broken> {
        let straight = folded(&actions);
        self.dice.shuffle(&mut actions);
        let again = actions.clone();
        actions.extend(again);
        let shuffled = folded(&actions);
        if straight.state_hash() != wanted || shuffled.state_hash() != wanted {
            return Err("the order of arrival shows".to_string());
        }
        if parents(&straight) != parents(&shuffled) {
            return Err("rings are settled by the order of arrival".to_string());
        }
        let again = Fold::from_snapshot(&shuffled.to_snapshot());
        let again = again.ok_or("a snapshot does not read")?;
        if again.state_hash() != wanted || parents(&again) != parents(&straight) {
            return Err("a snapshot opens as another".to_string());
        }
        Ok(())
    }
}

/// A line as the first program wrote it, with what only other programs understand.
fn old_line(dice: &mut Dice, replica: &str, counter: u64, time: u64) -> String {
    let odd = ["", r#",{"op":"fly"}"#, r#",["robot","x",{"arm":[1,2]}]"#][dice.below(3)];
    let n = dice.below(3);
    format!(
        concat!(
            r#"{{"by":"旧程序","n":{},"novel":{},"ops":[["post","r{}",{{"hologram":{},"title":"老岗"}}]{}],"#,
            r#""r":"{}","t":"{:016x}","what":"旧"}}"#
        ),
        counter, n, n, counter, odd, replica, time
    )
}

/// A fold of actions in the given order; ones that come too early wait.
pub fn folded(actions: &[Action]) -> Fold {
    use gangtu::journal::fold::Applied;
    let mut fold = Fold::default();
    let mut waiting: Vec<&Action> = actions.iter().collect();
    let mut before = usize::MAX;
    while waiting.len() < before {
        before = waiting.len();
        waiting.retain(|action| matches!(fold.apply(action), Applied::Gap { .. }));
    }
    fold.settle_trees();
    fold
}

/// Every unit and the one above it, as settled.
fn parents(fold: &Fold) -> BTreeSet<(String, Option<String>)> {
    let Some(kind) = schema().kind("unit") else { return BTreeSet::new() };
    let table = fold.township().table(kind);
    let id = |slot: usize| table.at(slot).id.to_string();
    let units = 0..table.slots().len();
    units.map(|slot| (id(slot), fold.township().parent(kind, slot).map(id))).collect()
}

async fn opened(storage: Memory, computer: Rc<Computer>) -> Result<Desk<Memory>, Broken> {
    let opened = Desk::open(storage, computer).await;
    opened.map_err(|error| format!("opening: {error}"))?.ok_or("nothing to open".to_string())
}

async fn caught_up(desk: &Desk<Memory>) -> Result<(), Broken> {
    desk.catch_up().await.map(drop).map_err(|error| format!("catching up: {error}"))
}

async fn rows_of(desk: &Desk<Memory>) -> Result<Vec<String>, Broken> {
    desk.rows().await.map_err(|error| format!("rows: {error}"))
}

/// Each line once, in no order.
fn lines(rows: &[String]) -> BTreeSet<String> {
    rows.iter().flat_map(|row| row.lines()).map(str::to_string).collect()
}

async fn lines_of(desk: &Desk<Memory>) -> Result<Vec<Action>, Broken> {
    let rows = rows_of(desk).await?;
    let read = |line: &str| Action::from_line(line).map_err(|error| format!("{error}: {line}"));
    rows.iter().flat_map(|row| row.lines()).map(read).collect()
}

async fn bundle_of(desk: &Desk<Memory>) -> Result<Bundle, Broken> {
    let text = export(&desk.meta(), "云溪镇", &rows_of(desk).await?, &Since::Start, BEGAN);
    read(text.as_bytes()).map_err(|error| format!("an export does not read: {error}"))
}

fn read(bytes: &[u8]) -> Result<Bundle, gangtu::bundle::BundleError> {
    let mut bundle = Bundle::open(bytes, &|_| None)?;
    bundle.read_all()?;
    Ok(bundle)
}

fn hash(desk: &Desk<Memory>) -> String {
    desk.read(Fold::state_hash)
}

/// Its own file changes nothing.
async fn idempotent(desk: &Desk<Memory>) -> Result<(), Broken> {
    let (seq, before) = (desk.meta().seq, hash(desk));
    let bundle = bundle_of(desk).await?;
    let taken = desk.take(bundle.into_lines(), "导入").await;
    let taken = taken.map_err(|error| format!("taking its own file: {error}"))?;
    let same = taken.applied == 0 && desk.meta().seq == seq && hash(desk) == before;
    if same { Ok(()) } else { Err("its own file changed a copy".to_string()) }
}
