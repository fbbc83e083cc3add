//! 口令: the one dialog in which a passphrase is typed, whatever it opens or closes, with what happened
//! to it. Knows no cipher and keeps no passphrase; `web::vault` has it worked on.

mod dialog;

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;

use gangtu_seal::names::Suite;
use gangtu_seal::strength::Strength;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use crate::ui::later::{Part, later_piece};
use crate::ui::prelude::*;
use crate::web::files::Handed;
use crate::web::vault::{self, Closed, Told, VaultError, Why};

/// What somebody typed and chose.
#[derive(Clone, Default)]
pub struct Given {
    pub old: String,
    pub new: String,
    pub suite: Suite,
}

pub type Work = Pin<Box<dyn Future<Output = Result<(), String>>>>;

/// What is asked, and what is done with it. An `Err` is shown and asked again.
#[derive(Clone)]
pub struct Form {
    pub title: &'static str,
    pub note: String,
    pub verb: &'static str,
    /// Label of the passphrase that holds now, where it is asked.
    pub old: Option<&'static str>,
    /// Whether a new one is asked, twice.
    pub new: bool,
    /// Whether the suite may be chosen.
    pub suites: bool,
    pub run: Rc<dyn Fn(Given, Told) -> Work>,
}

/// The place on the page where passphrases are asked.
pub type Passphrases = Handle<PassphrasesParts>;

pub struct PassphrasesParts {
    part: Option<Part>,
    form: RwSignal<Option<Form>, LocalStorage>,
    ended: StoredValue<Option<js_sys::Function>, LocalStorage>,
    old: RwSignal<String>,
    new: RwSignal<String>,
    again: RwSignal<String>,
    suite: RwSignal<Suite>,
    shown: RwSignal<bool>,
    problem: RwSignal<Option<String>>,
    /// Chunks done and in all; none in all while the key is made.
    busy: RwSignal<Option<(u32, u32)>>,
}

impl Passphrases {
    /// Makes the place, and has sealed files ask here.
    pub fn begin() -> Passphrases {
        let place = Handle::to(PassphrasesParts {
            part: use_context::<Part>(),
            form: RwSignal::new_local(None),
            ended: StoredValue::new_local(None),
            old: RwSignal::new(String::new()),
            new: RwSignal::new(String::new()),
            again: RwSignal::new(String::new()),
            suite: RwSignal::new(Suite::default()),
            shown: RwSignal::new(false),
            problem: RwSignal::new(None),
            busy: RwSignal::new(None),
        });
        vault::opens_with(Rc::new(move |closed| Box::pin(place.opened(closed))));
        place
    }

    /// Asks; resolves when the dialog is gone, whichever way.
    pub async fn ask(self, form: Form) {
        self.close();
        let gone = js_sys::Promise::new(&mut |done, _| self.ended.set_value(Some(done)));
        self.form.set(Some(form));
        // Nobody has brought the dialog in where the township itself is locked.
        if let Some(part) = self.part {
            spawn_local(part.bring());
        }
        let _ = JsFuture::from(gone).await;
    }

    /// Asks for the passphrase of something until it is right. An `Err` of another kind ends it.
    pub async fn until_right(
        self,
        title: &'static str,
        note: String,
        attempt: impl Fn(String, Told) -> Pin<Box<dyn Future<Output = Result<Vec<u8>, VaultError>>>>
        + 'static,
    ) -> Result<Vec<u8>, String> {
        let got = Rc::new(RefCell::new(None));
        let put = got.clone();
        let run = move |given: Given, told: Told| -> Work {
            let (tried, put) = (attempt(given.old, told), put.clone());
            Box::pin(async move {
                match tried.await {
                    Err(error) if error.why == Why::WrongPassphrase => Err(error.sentence),
                    other => {
                        put.replace(Some(other.map_err(|error| error.sentence)));
                        Ok(())
                    }
                }
            })
        };
        let (verb, old) = ("打开", Some("口令"));
        self.ask(Form { title, note, verb, old, new: false, suites: false, run: Rc::new(run) })
            .await;
        let got = got.take();
        got.unwrap_or_else(|| Err("没有输入口令，没有打开，现有数据没有变化。".to_string()))
    }

    async fn opened(self, closed: Closed) -> Result<Vec<u8>, String> {
        match closed {
            Closed::File(handed) => self.file(handed).await,
            Closed::Base { lock } => self.base(lock).await,
        }
    }

    async fn base(self, lock: String) -> Result<Vec<u8>, String> {
        let note = "这台电脑上的数据加了锁，请输入口令。输错不会改动任何数据。".to_string();
        self.until_right("输入口令", note, move |passphrase, _| {
            let lock = lock.clone();
            Box::pin(async move { vault::open_lock(&lock, &passphrase).await.map(Vec::from) })
        })
        .await
    }

    async fn file(self, handed: Handed) -> Result<Vec<u8>, String> {
        // What is wrong with it whatever the passphrase is said before anybody types one.
        vault::look(&handed.bytes).await.map_err(|error| error.sentence)?;
        let note = format!("“{}”是加密的数据包，请输入导出时定的口令。", handed.name);
        let bytes: Rc<[u8]> = handed.bytes.into();
        self.until_right("输入口令", note, move |passphrase, told| {
            let bytes = bytes.clone();
            Box::pin(async move { vault::open(&bytes, &passphrase, told).await })
        })
        .await
    }

    /// Takes the dialog away and forgets what was typed.
    fn close(self) {
        if self.busy.get_untracked().is_some() {
            vault::end();
        }
        for typed in [self.old, self.new, self.again] {
            typed.set(String::new());
        }
        self.shown.set(false);
        self.problem.set(None);
        self.busy.set(None);
        self.form.set(None);
        if let Some(ended) = self.ended.try_update_value(Option::take).flatten() {
            let _ = ended.call0(&wasm_bindgen::JsValue::NULL);
        }
    }

    fn submit(self) {
        let Some(form) = self.form.get_untracked() else { return };
        if self.busy.get_untracked().is_some() {
            return;
        }
        let problem = self.lacking(&form);
        self.problem.set(problem.map(str::to_string));
        if problem.is_some() {
            return;
        }
        self.busy.set(Some((0, 0)));
        let given = Given {
            old: self.old.get_untracked(),
            new: self.new.get_untracked(),
            suite: self.suite.get_untracked(),
        };
        let told = Box::new(move |at, of| self.busy.set(Some((at, of))));
        let work = (form.run)(given, told);
        spawn_local(async move {
            let done = work.await;
            // Nobody waits for it any more.
            if self.busy.get_untracked().is_none() {
                return;
            }
            self.busy.set(None);
            match done {
                Ok(()) => self.close(),
                Err(sentence) => self.problem.set(Some(sentence)),
            }
        });
    }

    /// What must be put right before anything is tried.
    fn lacking(self, form: &Form) -> Option<&'static str> {
        if form.old.is_some() && self.old.with_untracked(|old| old.trim().is_empty()) {
            return Some("请输入口令。");
        }
        let new = self.new.get_untracked();
        let strength = Strength::of(new.trim());
        if form.new && !strength.is_enough() {
            return Some(strength.words());
        }
        if form.new && new != self.again.get_untracked() {
            return Some("两次输入的新口令不一样，请重新输入。");
        }
        None
    }
}

/// The dialog; stands once in the page. It waits with the rooms of staff, who alone have passphrases.
#[component]
pub fn PassphraseDialog() -> impl IntoView {
    let place = expect_context::<Passphrases>();
    move || place.form.get().map(|_| later_piece(dialog::asked))
}
