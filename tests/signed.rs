//! Checkpoints: which lines a copy stands for under its key. Signatures themselves are the vault's;
//! here they are said to be good or bad.

mod support;

use gangtu::bundle::{Bundle, BundleError, Header, Since, split};
use gangtu::journal::memory::Memory;
use gangtu::journal::signed::{Authorship, Checkpoint, OwnKey};
use gangtu::journal::{Desk, Draft, ReplicaId};
use gangtu::model::Value;
use support::{at, desk, id, now};

fn write(desk: &Desk<Memory>, title: &str) {
    let (kind, field) = at("post", "title");
    let mut draft = Draft::new("修改岗位");
    draft.set(kind, &id("p1"), field, Value::text(title));
    now(desk.commit(&draft)).expect("commit");
}

fn hash(desk: &Desk<Memory>) -> String {
    desk.read(|fold| fold.state_hash())
}

/// Gives a copy a key and signs what it wrote so far.
fn sign(desk: &Desk<Memory>, key: &str) {
    let own = OwnKey { scheme: "ed25519".into(), secret: "00".into(), key: key.into() };
    now(desk.note(&|meta| meta.keys.own = Some(own.clone()))).expect("note");
    let checkpoint = Checkpoint::next(&desk.meta()).expect("checkpoint");
    let signed = Checkpoint { signature: "5151".into(), ..checkpoint };
    now(desk.note(&|meta| meta.keys.keep(&signed))).expect("note");
}

fn text_of(desk: &Desk<Memory>) -> String {
    let header = Header::next(&desk.meta(), "云溪镇", Default::default(), 0);
    split(&header, &now(desk.rows()).expect("rows"), &Since::Start, usize::MAX).remove(0)
}

fn read(text: &str) -> Bundle {
    let mut bundle = Bundle::open(text.as_bytes(), &gangtu::encoding::gb18030).expect("bundle");
    bundle.read_all().expect("lines");
    bundle
}

/// A bundle whose signatures are all good.
fn bundle(desk: &Desk<Memory>) -> Bundle {
    let mut bundle = read(&text_of(desk));
    let good = vec![Some(true); bundle.header.signed.len()];
    bundle.verified(&good).expect("good");
    bundle
}

fn hear(to: &Desk<Memory>, bundle: Bundle) {
    now(to.take(Bundle::offer(vec![bundle]), "导入")).expect("take");
}

fn authorship(desk: &Desk<Memory>, of: &Desk<Memory>, counter: u64) -> Authorship {
    let replica = ReplicaId::parse(&of.meta().replica).expect("replica");
    desk.read(|fold| desk.meta().authorship(fold.heads(), &replica, counter))
}

#[test]
fn j30_signed_unknown_and_unsigned_authors_are_told_apart() {
    let (here, there) = (desk(1), desk(2));
    write(&there, "文书岗");
    sign(&there, "aa");
    write(&there, "信息岗");
    hear(&here, bundle(&there));
    assert_eq!(authorship(&here, &there, 1), Authorship::Unknown("aa".into()));
    assert_eq!(authorship(&here, &there, 2), Authorship::Unsigned, "written after it was signed");
    now(here.note(&|meta| drop(meta.keys.trusted.insert("aa".into(), "李秀英".into()))))
        .expect("trust");
    assert_eq!(authorship(&here, &there, 1), Authorship::Signed("李秀英".into()));
    write(&here, "档案岗");
    assert_eq!(authorship(&here, &here, 1), Authorship::Own);
    // A third hears it all from here, and what was signed is still signed.
    let third = desk(3);
    hear(&third, bundle(&here));
    assert_eq!(authorship(&third, &there, 1), Authorship::Unknown("aa".into()));
    assert_eq!(hash(&third), hash(&here));
}

#[test]
fn j30_a_bundle_is_refused_whole_where_a_signature_is_not_good() {
    let (here, there) = (desk(1), desk(2));
    write(&there, "文书岗");
    sign(&there, "aa");
    let mut forged = read(&text_of(&there));
    let refused = forged.verified(&[Some(false)]).expect_err("refused");
    assert_eq!(refused, BundleError::BadSignature { replica: there.meta().replica.to_string() });
    // Never asked, never counted.
    hear(&here, read(&text_of(&there)));
    assert_eq!(authorship(&here, &there, 1), Authorship::Unsigned);
}

#[test]
fn j30_lines_other_than_the_signed_ones_are_found_even_at_the_end() {
    let (here, there) = (desk(1), desk(2));
    write(&there, "文书岗");
    write(&there, "信息岗");
    sign(&there, "aa");
    // The last line has no successor that names it: the checkpoint does.
    let forged = text_of(&there).replace("信息岗", "会计岗");
    let covered = forged.rfind(",\"hash\":").map(|end| &forged[..end]).expect("hash");
    let hash_of = gangtu::journal::hash::sha256_hex(covered.as_bytes());
    let mut forged = read(&format!("{covered},\"hash\":\"{hash_of}\"}}\n"));
    forged.verified(&[Some(true)]).expect("the signature itself is untouched");
    let before = hash(&here);
    let refused = now(here.take(Bundle::offer(vec![forged]), "导入")).expect_err("refused");
    assert!(refused.to_string().contains("第 2 条"), "{refused}");
    assert_eq!(hash(&here), before);
}

#[test]
fn j30_a_copy_that_signs_under_another_key_is_refused() {
    let (here, there) = (desk(1), desk(2));
    write(&there, "文书岗");
    sign(&there, "aa");
    hear(&here, bundle(&there));
    write(&there, "信息岗");
    let impostor = desk(2);
    write(&impostor, "文书岗");
    write(&impostor, "假冒岗");
    sign(&impostor, "bb");
    assert_eq!(impostor.meta().replica, there.meta().replica);
    let refused =
        now(here.take(Bundle::offer(vec![bundle(&impostor)]), "导入")).expect_err("refused");
    assert!(refused.to_string().contains("冒名"), "{refused}");
}
