//! `web` in a real browser: they run in Chromium by `cargo xtask test --only wasm`. On the host this
//! file is empty.
#![cfg(target_arch = "wasm32")]

#[path = "support/history.rs"]
mod history;
#[path = "support/oracle.rs"]
mod oracle;

use std::rc::Rc;

use gangtu::bundle::Bundle;
use gangtu::journal::storage::{Found, Meta, Sealed, Storage, StoreError};
use gangtu::journal::{Desk, Draft, ReplicaId, World};
use gangtu::model::{RecordId, Value, schema};
use gangtu::web::bases::{self, BaseEntry};
use gangtu::web::idb::Idb;
use gangtu::web::store::Store;
use gangtu::web::world::BrowserWorld;
use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::TransactionMode;
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A database name nobody else uses.
fn fresh_name() -> String {
    format!("test:{}", RecordId::from_random(BrowserWorld.random()))
}

fn meta() -> Meta {
    Meta::new("yunxi".into(), &ReplicaId::from_random(7), "王小满")
}

async fn append(idb: &Idb, known: u64, row: &str) -> Vec<String> {
    let mut seal = |found: Found<'_>| Sealed {
        meta: Meta {
            seq: found.meta.seq + 1,
            counter: found.meta.counter + 1,
            ..found.meta.clone()
        },
        rows: vec![row.to_string()],
        parked: None,
    };
    idb.append(known, &mut seal).await.expect("append").missed
}

#[wasm_bindgen_test]
async fn j5_rows_are_there_after_opening_again() {
    let name = fresh_name();
    let idb = Idb::open(&name).await.expect("open");
    assert!(idb.load(&mut |_| ()).await.expect("load").is_none(), "nothing was stored yet");
    idb.create(&meta()).await.expect("create");
    append(&idb, 0, "第一行").await;
    append(&idb, 1, "第二行").await;
    drop(idb);
    let again = Idb::open(&name).await.expect("open");
    let no_chunk = &mut |chunk: &str| panic!("{chunk} was never put");
    let stored = again.load(no_chunk).await.expect("load").expect("base");
    assert_eq!(stored.rows, ["第一行", "第二行"]);
    assert_eq!((stored.meta.seq, stored.meta.counter), (2, 2));
}

#[wasm_bindgen_test]
async fn j9_a_tab_gets_the_rows_it_missed_with_its_own_write() {
    let name = fresh_name();
    let first = Idb::open(&name).await.expect("open");
    first.create(&meta()).await.expect("create");
    let second = Idb::open(&name).await.expect("open");
    append(&first, 0, "甲").await;
    assert_eq!(append(&second, 0, "乙").await, ["甲"]);
    let (meta, rows) = first.rows_after(1).await.expect("rows");
    assert_eq!((meta.counter, rows), (2, vec!["乙".to_string()]));
}

#[wasm_bindgen_test]
async fn j8_a_snapshot_is_loaded_with_the_rows_after_it() {
    let name = fresh_name();
    let idb = Idb::open(&name).await.expect("open");
    idb.create(&meta()).await.expect("create");
    append(&idb, 0, "甲").await;
    let mut chunks = ["块一", "块二"].into_iter().map(str::to_string);
    idb.put_snapshot(&|_| Ok(()), &mut || chunks.next(), 1).await.expect("snapshot");
    append(&idb, 1, "乙").await;
    let mut read = Vec::new();
    let stored = idb.load(&mut |chunk| read.push(chunk.to_string())).await;
    let stored = stored.expect("load").expect("base");
    assert_eq!(read, ["块一", "块二"]);
    assert_eq!(stored.rows, ["乙"]);
}

/// What a base is opened with: the snapshot's chunks.
async fn chunks_of(idb: &Idb) -> Vec<String> {
    let mut read = Vec::new();
    idb.load(&mut |chunk| read.push(chunk.to_string())).await.expect("load").expect("base");
    read
}

async fn put_chunks(
    idb: &Idb,
    texts: &[&str],
    seq: u64,
    fits: &dyn Fn(&Meta) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut chunks = texts.iter().map(|text| text.to_string());
    idb.put_snapshot(fits, &mut || chunks.next(), seq).await
}

#[wasm_bindgen_test]
async fn j8_a_snapshot_takes_the_place_of_the_one_before_and_leaves_nothing_of_it() {
    let name = fresh_name();
    let idb = Idb::open(&name).await.expect("open");
    idb.create(&meta()).await.expect("create");
    append(&idb, 0, "甲").await;
    append(&idb, 1, "乙").await;
    let large = "块".repeat(600_000);
    put_chunks(&idb, &[&large, &large, "三"], 1, &|_| Ok(())).await.expect("first");
    assert_eq!(chunks_of(&idb).await, [&*large, &*large, "三"], "over several transactions");
    put_chunks(&idb, &["四", "五"], 2, &|_| Ok(())).await.expect("second");
    assert_eq!(chunks_of(&idb).await, ["四", "五"]);
    put_chunks(&idb, &["迟到"], 1, &|_| Ok(())).await.expect("late");
    assert_eq!(chunks_of(&idb).await, ["四", "五"], "of fewer rows");
    drop(idb);
    assert_eq!(lying(&name).await, 3, "two chunks and their place");
}

#[wasm_bindgen_test]
async fn j8_a_snapshot_that_was_broken_off_leaves_the_one_before() {
    let idb = Idb::open(&fresh_name()).await.expect("open");
    idb.create(&meta()).await.expect("create");
    append(&idb, 0, "甲").await;
    append(&idb, 1, "乙").await;
    put_chunks(&idb, &["一", "二"], 1, &|_| Ok(())).await.expect("first");
    for last in 0..4 {
        let asked = std::cell::Cell::new(0);
        let fits = |_: &Meta| {
            asked.set(asked.get() + 1);
            if asked.get() > last { Err(StoreError::Gone) } else { Ok(()) }
        };
        let large = "块".repeat(600_000);
        let done = put_chunks(&idb, &[&large, &large], 2, &fits).await;
        assert_eq!(done, Err(StoreError::Gone), "broken off after {last}");
        assert_eq!(chunks_of(&idb).await, ["一", "二"]);
    }
    put_chunks(&idb, &["三"], 2, &|_| Ok(())).await.expect("whole");
    assert_eq!(chunks_of(&idb).await, ["三"]);
}

/// How many entries the snapshot's store has.
async fn lying(name: &str) -> u32 {
    let database = Database::open(name).build().expect("ask").await.expect("open");
    let tx = database.transaction("snapshot").build().expect("transaction");
    let store = tx.object_store("snapshot").expect("store");
    store.count().primitive().expect("ask").await.expect("count")
}

#[wasm_bindgen_test]
async fn j5_a_row_of_any_length_comes_back_as_it_went_in() {
    let name = fresh_name();
    let idb = Idb::open(&name).await.expect("open");
    idb.create(&meta()).await.expect("create");
    // Of a piece now, and of one in version 2; a letter of three bytes lies over some borders.
    let (piece, small) = (128 << 10, 48 << 10);
    let lengths = [9, 10, small - 1, small, small + 1, 2 * small, piece - 1, piece, piece + 1];
    let more = [2 * piece, 2 * piece + small, 5 * piece + 7];
    let row = |length: &usize| ["字", &"x".repeat(length - 9), "岗位"].concat();
    let rows: Vec<String> = lengths.iter().chain(&more).map(row).collect();
    for (known, row) in rows.iter().enumerate() {
        append(&idb, known as u64, row).await;
    }
    let found = idb.rows_after(0).await.expect("rows").1;
    assert!(found == rows, "{:?}", found.iter().map(String::len).collect::<Vec<_>>());
    assert_eq!(idb.rows_after(5).await.expect("rows").1, rows[5..]);
    let texts: Vec<&str> = rows.iter().map(String::as_str).collect();
    put_chunks(&idb, &texts, 7, &|_| Ok(())).await.expect("snapshot");
    assert!(chunks_of(&idb).await == rows);
}

/// As programs of version 1 left it: rows and chunks are strings, chunks from 1 on.
#[wasm_bindgen_test]
async fn j8_a_base_of_version_1_opens_as_it_was() {
    let name = fresh_name();
    let idb = Idb::open(&name).await.expect("open");
    idb.create(&meta()).await.expect("create");
    append(&idb, 0, "甲").await;
    append(&idb, 1, "乙").await;
    drop(idb);
    let database = Database::open(&name).build().expect("ask").await.expect("open");
    let stores = ["meta", "rows", "snapshot"];
    let tx = database.transaction(stores).with_mode(TransactionMode::Readwrite).build();
    let tx = tx.expect("transaction");
    let put = |store: &str, key: f64, text: &str| {
        let store = tx.object_store(store).expect("store");
        store.put(text).with_key(key).primitive().expect("put");
    };
    put("rows", 1.0, "甲");
    put("rows", 2.0, "乙");
    put("snapshot", 1.0, "块一");
    put("snapshot", 2.0, "块二");
    let old = Meta { version: 1, seq: 2, snapshot: 1, ..meta() };
    let mut old = serde_json::to_value(&old).expect("json");
    old.as_object_mut().expect("object").remove("chunks");
    let store = tx.object_store("meta").expect("store");
    store.put(old.to_string()).with_key("meta").primitive().expect("put");
    drop(store);
    tx.commit().await.expect("commit");
    database.close();
    let idb = Idb::open(&name).await.expect("open");
    assert_eq!(chunks_of(&idb).await, ["块一", "块二"]);
    assert_eq!(idb.rows_after(0).await.expect("rows").1, ["甲", "乙"]);
    put_chunks(&idb, &["新"], 2, &|_| Ok(())).await.expect("snapshot");
    assert_eq!(chunks_of(&idb).await, ["新"]);
    drop(idb);
    assert_eq!(lying(&name).await, 2);
}

/// As programs of version 2 left it: pieces of 48 KiB and a shorter last one, which may be empty.
#[wasm_bindgen_test]
async fn j8_a_base_of_version_2_opens_as_it_was() {
    const PIECE: usize = 48 << 10;
    let name = fresh_name();
    let idb = Idb::open(&name).await.expect("open");
    idb.create(&meta()).await.expect("create");
    let rows = ["短".to_string(), "x".repeat(2 * PIECE), "y".repeat(3 * PIECE + 5), "z".into()];
    for (known, row) in rows.iter().enumerate() {
        append(&idb, known as u64, row).await;
    }
    drop(idb);
    let database = Database::open(&name).build().expect("ask").await.expect("open");
    let tx = database.transaction(["meta", "rows"]).with_mode(TransactionMode::Readwrite).build();
    let tx = tx.expect("transaction");
    let store = tx.object_store("rows").expect("store");
    store.clear().expect("clear");
    for (number, row) in (1..).zip(&rows) {
        let bytes = row.as_bytes();
        let pieces = bytes.chunks_exact(PIECE);
        let last = pieces.remainder();
        for (at, piece) in (0..).zip(pieces.chain([last])) {
            let key = f64::from(number) + f64::from(at) / 8_192.0;
            let piece: JsValue = Uint8Array::from(piece).into();
            store.put(&piece).with_key(key).primitive().expect("put");
        }
    }
    drop(store);
    let store = tx.object_store("meta").expect("store");
    let old = Meta { version: 2, seq: 4, ..meta() };
    store
        .put(serde_json::to_string(&old).expect("json"))
        .with_key("meta")
        .primitive()
        .expect("put");
    drop(store);
    tx.commit().await.expect("commit");
    database.close();
    let idb = Idb::open(&name).await.expect("open");
    assert!(idb.rows_after(0).await.expect("rows").1 == rows);
    append(&idb, 4, &"新".repeat(PIECE)).await;
    let found = idb.rows_after(0).await.expect("rows").1;
    assert!(found[..4] == rows && found[4].len() == 3 * PIECE);
}

#[wasm_bindgen_test]
async fn b3_what_waits_is_stored() {
    let idb = Idb::open(&fresh_name()).await.expect("open");
    idb.create(&meta()).await.expect("create");
    let mut seal = |found: Found<'_>| Sealed {
        meta: found.meta.clone(),
        rows: Vec::new(),
        parked: Some(vec!["等一".to_string(), "等二".to_string()]),
    };
    idb.append(0, &mut seal).await.expect("append");
    assert_eq!(idb.load(&mut |_| ()).await.expect("load").expect("base").parked, ["等一", "等二"]);
}

#[wasm_bindgen_test]
async fn j5_an_erased_base_says_so_under_an_open_page() {
    let name = fresh_name();
    let open = Idb::open(&name).await.expect("open");
    open.create(&meta()).await.expect("create");
    let other = Idb::open(&name).await.expect("open");
    other.erase().await.expect("erase");
    gangtu::web::frame::sleep(50).await;
    assert_eq!(open.load(&mut |_| ()).await.err(), Some(StoreError::Gone));
    assert!(Idb::open(&name).await.expect("open").load(&mut |_| ()).await.expect("load").is_none());
}

#[wasm_bindgen_test]
async fn the_list_of_townships_keeps_the_last_opened_first() {
    let entry = |township: &str, opened| BaseEntry {
        township: township.to_string(),
        name: "云溪镇".to_string(),
        opened,
    };
    bases::note(&entry("a", 1.0)).await.expect("note");
    bases::note(&entry("b", 2.0)).await.expect("note");
    let list = bases::list().await.expect("list");
    assert_eq!(list[0].township, "b");
    bases::forget("a").await.expect("forget");
    bases::forget("b").await.expect("forget");
    assert!(bases::list().await.expect("list").is_empty());
}

/// The same bundle is the same township on the host and here.
#[wasm_bindgen_test]
async fn j2_the_golden_bundle_has_the_same_hash_as_on_the_host() {
    let idb = Idb::open(&fresh_name()).await.expect("open");
    let world: Rc<dyn World> = Rc::new(BrowserWorld);
    let store = Store::browser(idb, None);
    let desk = Desk::create(store, world, "yunxi".into(), "").await.expect("desk");
    let mut bundle =
        Bundle::open(include_bytes!("golden/format-1.json"), &gangtu::web::files::gb18030)
            .expect("bundle");
    bundle.read_all().expect("lines");
    desk.take(bundle.into_lines(), "导入").await.expect("take");
    assert_eq!(desk.read(|fold| fold.state_hash()), include_str!("golden/format-1.hash"));
    let kind = schema().kind("post").expect("kind");
    let field = schema().kinds[kind].field("title").expect("field");
    let mut draft = Draft::new("改名");
    let id = RecordId::parse("p1").expect("id");
    draft.set(kind, &id, field, Value::text("档案岗"));
    assert!(desk.commit(&draft).await.expect("commit").stamp.is_some());
}

/// Random histories come to the same hashes as on the host (`tests/soak.rs`).
#[wasm_bindgen_test]
async fn j2_random_histories_have_the_same_hash_as_on_the_host() {
    for line in include_str!("golden/histories.txt").lines() {
        let (seed, hash) = line.split_once(' ').expect("a seed and a hash");
        let outcome = history::run(seed.parse().expect("a seed")).await.expect("a sound history");
        assert_eq!(outcome.hash, hash, "seed {seed}");
    }
}
