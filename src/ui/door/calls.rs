//! What each call of the door does: arguments checked, then the same ways the screens use.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::{Answer, Answering, Asked, pictures};
use crate::answer::AnswerPost;
use crate::bundle::{Extract, Since, may_be_taken};
use crate::journal::Draft;
use crate::journal::desk::Taken;
use crate::journal::stamp::millis;
use crate::model::check::check_cell;
use crate::model::value::parse_date;
use crate::model::{FieldType, KindIx, RecordId, Row, Value, schema};
use crate::sorting::Sorting;
use crate::ui::finder::Finder;
use crate::ui::session::Session;
use crate::ui::session::newer::STILL_UNSAVED;
use crate::web::slices::{Refusal, read_or_look};
use crate::web::world::today;

/// More answers than anybody reads.
const MOST_ANSWERS: u64 = 1_000;

const NOTHING_OPEN: &str = "没有打开的乡镇，请先打开数据包或新建乡镇。";

/// Answers a call by its name.
pub fn answer(asked: Asked) -> Answering {
    let Asked { session, finder, name, first, second } = asked;
    if name == "importBundle" {
        return Box::pin(import_bundle(session, first.bytes()));
    }
    let first = first.json();
    match name {
        "look" => Box::pin(look(session, first)),
        "exportBundle" => Box::pin(export_bundle(session, first)),
        "find" => Box::pin(find(finder, first, second)),
        "records" => Box::pin(records(session, first)),
        "put" => Box::pin(put(session, first, second)),
        "end" => Box::pin(end(session, first, second)),
        "history" => Box::pin(history(session, first, second)),
        "picture" => Box::pin(pictures::picture(session, first, second)),
        "layout" => Box::pin(pictures::layout(session, first, second)),
        "undo" => Box::pin(undo(session)),
        "stateHash" => Box::pin(state_hash(session)),
        _ => Box::pin(std::future::ready(Err("没有这个方法。".to_string()))),
    }
}

async fn import_bundle(session: Session, bytes: Option<Vec<u8>>) -> Answer {
    let bytes = bytes.ok_or("importBundle 需要数据包的文字内容，或文件的字节（Uint8Array）。")?;
    let read = read_or_look(&bytes, |_, _| ()).await;
    // The file is as large as all that is made of it: it goes before more is made.
    drop(bytes);
    let bundle = match read {
        Ok(bundle) => bundle,
        Err(Refusal { sentence, newer: Some(newer), .. }) => {
            return Err([&*sentence, &newer.told(), "可以只看不改。"].concat());
        }
        Err(Refusal { sentence, extract: Some(extract), .. }) => {
            return import_extract(session, *extract, sentence).await;
        }
        Err(refusal) => return Err(refusal.sentence),
    };
    let Some(open) = session.base() else {
        let taken = session.open_bundle(bundle, "").await?;
        return Ok(report(&taken));
    };
    let fits = open.desk.plan(|base| may_be_taken(std::slice::from_ref(&bundle), &base));
    fits.map_err(|error| error.to_string())?;
    let taken = session.take(bundle).await.map_err(|error| error.to_string())?;
    Ok(report(&taken))
}

/// Opens an extract where nothing is open, or takes a newer one of the same person.
async fn import_extract(session: Session, extract: Extract, sentence: String) -> Answer {
    match session.base().map(|open| (open.township.clone(), open.extract())) {
        None => session.open_extract(extract).await?,
        Some((township, Some(of))) if extract.is_of(&township, &of) => {
            session.renew_extract(&extract).await.map_err(|error| error.to_string())?;
        }
        Some(_) => return Err(sentence),
    }
    Ok(report(&Taken::default()))
}

/// Shows a bundle of a newer program, which can only be looked at.
async fn look(session: Session, text: Json) -> Answer {
    let Json::String(text) = text else {
        return Err("look 需要数据包的文字内容。".into());
    };
    match read_or_look(text.as_bytes(), |_, _| ()).await {
        Ok(_) => Err("这份数据包本版读得懂，可以直接用 importBundle。".into()),
        Err(Refusal { newer: Some(newer), .. }) => {
            let told = newer.told();
            session.look_at(*newer).await;
            match session.only_looks_now() {
                true => Ok(Json::String(told)),
                false => Err(STILL_UNSAVED.into()),
            }
        }
        Err(refusal) => Err(refusal.sentence),
    }
}

fn report(taken: &Taken) -> Json {
    let missing: Vec<Json> = taken
        .missing
        .iter()
        .map(|gap| json!({ "replica": gap.replica.as_str(), "from": gap.from, "to": gap.to }))
        .collect();
    json!({
        "applied": taken.applied,
        "known": taken.known,
        "parked": taken.parked,
        "conflicts": taken.conflicts,
        "missing": missing,
    })
}

async fn export_bundle(session: Session, options: Json) -> Answer {
    match options.get("scope").and_then(Json::as_str) {
        None | Some("all") => {}
        Some(other) => return Err(format!("exportBundle 的 scope 只有 all，没有 {other}。")),
    }
    let since = since(options.get("since"))?;
    let text = session.bundle_text(&since).await.map_err(|error| error.to_string())?;
    Ok(Json::String(text))
}

/// A version vector `{replica: count}`, a day, or nothing.
fn since(option: Option<&Json>) -> Result<Since, String> {
    match option {
        None | Some(Json::Null) => Ok(Since::Start),
        Some(Json::Object(known)) => {
            let count = |(replica, count): (&String, &Json)| {
                Some((replica.as_str().into(), count.as_u64()?))
            };
            let mut version = BTreeMap::new();
            version.extend(known.iter().filter_map(count));
            Ok(Since::Version(version))
        }
        Some(Json::String(day)) => {
            let day = parse_date(day).ok_or("since 的日期写法是 2026-11-22。")?;
            let start = day.and_hms_opt(0, 0, 0).unwrap_or_default().and_utc();
            Ok(Since::Millis(start.timestamp_millis().max(0) as u64))
        }
        Some(_) => Err("since 是一个日期，或 {副本编号: 条数}。".to_string()),
    }
}

/// Answers to everyday words: what the look-up page shows.
async fn find(finder: Finder, query: Json, limit: Json) -> Answer {
    let query = query.as_str().ok_or("find 需要要找的文字。")?;
    let limit = limit.as_u64().unwrap_or(10).min(MOST_ANSWERS) as usize;
    finder.refresh().await;
    let answers = finder.find(query, limit).unwrap_or_default();
    Ok(answers.iter().map(answer_json).collect())
}

fn answer_json(answer: &crate::answer::Answer) -> Json {
    let post = |post: &AnswerPost| {
        json!({
            "id": post.id.as_str(), "name": post.name, "primary": post.primary, "backup": post.backup,
            "vacant": post.vacant, "phone": &*post.phone, "place": &*post.place,
        })
    };
    let mut lines: Map<String, Json> = Map::new();
    lines
        .extend(answer.lines.iter().map(|(label, text)| (label.to_string(), text.as_str().into())));
    json!({
        "kind": schema().kinds[answer.kind].spec.id,
        "id": answer.id.as_str(),
        "title": answer.title,
        "posts": answer.posts.iter().map(post).collect::<Vec<_>>(),
        "window": answer.place.window,
        "place": &*answer.place.place,
        "hours": &*answer.place.hours,
        "phone": &*answer.place.phone,
        "card": lines,
    })
}

async fn records(session: Session, kind: Json) -> Answer {
    let kind = kind_of(&kind)?;
    Ok(session.read_recorded(|fold| {
        fold.township().table(kind).rows().map(|row| record_json(kind, row)).collect()
    }))
}

/// A record as an object of its set fields.
pub fn record_json(kind: KindIx, row: &Row) -> Json {
    let mut record = Map::new();
    record.insert("id".into(), row.id.as_str().into());
    for (field, cell) in schema().kinds[kind].spec.fields.iter().zip(&row.cells) {
        if !cell.is_null() {
            record.insert(field.id.into(), cell.to_json());
        }
    }
    Json::Object(record)
}

/// One record or a list of them, as one action. Answers the ids.
async fn put(session: Session, kind: Json, record: Json) -> Answer {
    let kind = kind_of(&kind)?;
    let one = record.is_object();
    let list = match record {
        Json::Array(list) => list,
        record => vec![record],
    };
    let label = schema().kinds[kind].spec.label;
    let mut draft = Draft::new(&format!("外部页面写入{label} {} 条", list.len()));
    let mut ids = Vec::with_capacity(list.len());
    for record in list {
        ids.push(Json::from(draft_record(session, &mut draft, kind, record)?.as_str()));
    }
    session.write_now(draft).await.map_err(|error| error.to_string())?;
    Ok(if one { ids.pop().unwrap_or(Json::Null) } else { Json::Array(ids) })
}

fn draft_record(
    session: Session,
    draft: &mut Draft,
    kind: KindIx,
    record: Json,
) -> Result<RecordId, String> {
    let Json::Object(members) = record else {
        return Err("put 需要一个对象，或几个对象的列表。".to_string());
    };
    let id = match members.get("id").and_then(Json::as_str) {
        None => session.fresh_id(),
        Some(id) => RecordId::parse(id).ok_or_else(|| format!("编号 {id} 不合规则。"))?,
    };
    let info = &schema().kinds[kind];
    for (name, json) in members.into_iter().filter(|(name, _)| name != "id") {
        let field =
            info.field(&name).ok_or_else(|| format!("{}没有 {name} 这一项。", info.spec.label))?;
        let value = field_value(info.spec.fields[field].ty, json);
        if let Some(problem) =
            check_cell(&info.spec.fields[field], &value).filter(|_| !value.is_null())
        {
            return Err(problem.sentence);
        }
        draft.set(kind, &id, field, value);
    }
    Ok(id)
}

fn field_value(ty: FieldType, json: Json) -> Value {
    match (ty, json) {
        (FieldType::Set, Json::Array(members)) => {
            let mut members: Vec<_> =
                members.iter().filter_map(|member| member.as_str().map(Into::into)).collect();
            members.arrange(Ord::cmp);
            members.dedup();
            Value::Set(members.into())
        }
        (_, json) => Value::from_json(json),
    }
}

/// Ends a record today.
async fn end(session: Session, kind: Json, id: Json) -> Answer {
    let kind = kind_of(&kind)?;
    let id = id_of(&id)?;
    if session.read_recorded(|fold| fold.township().table(kind).get(id.as_str()).is_none()) {
        return Err(format!("没有编号为 {id} 的{}。", schema().kinds[kind].spec.label));
    }
    let mut draft = Draft::new(&format!("结束{}", schema().kinds[kind].spec.label));
    draft.end(kind, &id, today());
    session.write_now(draft).await.map_err(|error| error.to_string())?;
    Ok(Json::Null)
}

async fn history(session: Session, kind: Json, id: Json) -> Answer {
    let (kind, id) = (kind_of(&kind)?, id_of(&id)?);
    let open = session.base().ok_or(NOTHING_OPEN)?;
    let log = open.desk.log().await.map_err(|error| error.to_string())?;
    let change = |change: crate::journal::log::Change| {
        json!({
            "at": millis(change.stamp.time),
            "by": &*change.by,
            "what": &*change.what,
            "field": &*change.field,
            "from": change.from.to_json(),
            "to": change.to.to_json(),
        })
    };
    Ok(log.history(schema().kinds[kind].spec.id, id.as_str()).into_iter().map(change).collect())
}

async fn undo(session: Session) -> Answer {
    let commit = session.undo_now().await.map_err(|error| error.to_string())?;
    Ok(json!({ "what": &*commit.what, "skipped": commit.skipped }))
}

async fn state_hash(session: Session) -> Answer {
    session.base().ok_or(NOTHING_OPEN)?;
    Ok(Json::String(session.read_recorded(|fold| fold.state_hash())))
}

fn kind_of(kind: &Json) -> Result<KindIx, String> {
    let name = kind.as_str().unwrap_or_default();
    schema().kind(name).ok_or_else(|| format!("没有 {name} 这类记录。"))
}

fn id_of(id: &Json) -> Result<RecordId, String> {
    let text = id.as_str().unwrap_or_default();
    RecordId::parse(text).ok_or_else(|| format!("编号 {text} 不合规则。"))
}
