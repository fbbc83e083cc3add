//! The vault as the page asks it: every question a promise of the loader's, answered by the worker
//! (`worker/`). Ciphers are there, none here; who is asked for a passphrase is told by the screen.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;

use gangtu_seal::names::{Scheme, Suite};
use gangtu_seal::rows::KEY;
use js_sys::{Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::files::Handed;

/// Why the vault did not do it; `gangtu_seal::error::SealError` by its codes, and two of the page's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    NotSealed,
    Newer,
    Absurd,
    DamagedHead,
    DamagedChunk,
    Truncated,
    Trailing,
    WrongPassphrase,
    NoMemory,
    Unpacked,
    BadKey,
    /// Somebody pressed 取消.
    Stopped,
    /// The worker could not run.
    Broken,
}

/// What went wrong, and the sentence for people.
#[derive(Clone, Debug, PartialEq)]
pub struct VaultError {
    pub why: Why,
    pub sentence: String,
}

const BY_CODE: [Why; 12] = [
    Why::NotSealed,
    Why::Newer,
    Why::Absurd,
    Why::DamagedHead,
    Why::DamagedChunk,
    Why::Truncated,
    Why::Trailing,
    Why::WrongPassphrase,
    Why::NoMemory,
    Why::Unpacked,
    Why::BadKey,
    Why::Stopped,
];

impl VaultError {
    /// Of `code:sentence`.
    fn read(thrown: &JsValue) -> VaultError {
        let text = thrown.as_string().unwrap_or_default();
        let (code, said) = text.split_once(':').unwrap_or(("0", &text));
        let code = code.parse::<usize>().unwrap_or(0);
        match BY_CODE.get(code.wrapping_sub(1)) {
            Some(Why::Stopped) => VaultError {
                why: Why::Stopped,
                sentence: "已取消，没有打开也没有写入，现有数据没有变化。".to_string(),
            },
            Some(why) => VaultError { why: *why, sentence: said.to_string() },
            None => VaultError {
                why: Why::Broken,
                sentence: format!(
                    "加密程序没有运行成功（{said}），现有数据没有变化。请刷新本页再试，或换一个浏览器。"
                ),
            },
        }
    }
}

/// Hears of chunks done and chunks in all.
pub type Told = Box<dyn Fn(u32, u32)>;

/// A pair of keys; the secret one must leave this computer only sealed.
#[derive(Clone, PartialEq)]
pub struct SigningKey {
    pub scheme: Scheme,
    pub secret: Vec<u8>,
    pub public: Vec<u8>,
}

/// The text of a sealed file.
pub async fn seal(
    bytes: &[u8],
    passphrase: &str,
    suite: Suite,
    told: Told,
) -> Result<String, VaultError> {
    let given = given(&[
        ("bytes", bytes_of(bytes)),
        ("passphrase", passphrase.into()),
        ("suite", suite.name().into()),
    ]);
    text(&ask("seal", &given, Some(told)).await?)
}

/// How many chunks a sealed file has; the `Err` tells what is wrong with it whatever the passphrase.
pub async fn look(bytes: &[u8]) -> Result<u32, VaultError> {
    let count = ask("look", &given(&[("bytes", bytes_of(bytes))]), None).await?;
    Ok(count.as_f64().unwrap_or_default() as u32)
}

/// The content of a sealed file.
pub async fn open(bytes: &[u8], passphrase: &str, told: Told) -> Result<Vec<u8>, VaultError> {
    let given = given(&[("bytes", bytes_of(bytes)), ("passphrase", passphrase.into())]);
    Ok(to_bytes(&ask("open", &given, Some(told)).await?))
}

/// The same sealed file under another passphrase.
pub async fn rewrap(bytes: &[u8], old: &str, new: &str) -> Result<String, VaultError> {
    let given =
        given(&[("bytes", bytes_of(bytes)), ("old", old.into()), ("passphrase", new.into())]);
    text(&ask("rewrap", &given, None).await?)
}

/// A lock for a base, as text to be stored, and the key behind it.
pub async fn make_lock(passphrase: &str) -> Result<(String, [u8; KEY]), VaultError> {
    let made = ask("makeLock", &given(&[("passphrase", passphrase.into())]), None).await?;
    Ok((text(&member(&made, "text"))?, key(&member(&made, "key"))?))
}

pub async fn open_lock(lock: &str, passphrase: &str) -> Result<[u8; KEY], VaultError> {
    let given = given(&[("text", lock.into()), ("passphrase", passphrase.into())]);
    key(&ask("openLock", &given, None).await?)
}

/// The lock's text under another passphrase; the key stays.
pub async fn change_lock(lock: &str, old: &str, new: &str) -> Result<String, VaultError> {
    let given = given(&[("text", lock.into()), ("old", old.into()), ("passphrase", new.into())]);
    text(&ask("changeLock", &given, None).await?)
}

pub async fn make_key(scheme: Scheme) -> Result<SigningKey, VaultError> {
    let made = ask("makeKey", &given(&[("scheme", scheme.name().into())]), None).await?;
    let part = |name| to_bytes(&member(&made, name));
    Ok(SigningKey { scheme, secret: part("secret"), public: part("open") })
}

pub async fn sign(key: &SigningKey, bytes: &[u8]) -> Result<Vec<u8>, VaultError> {
    let given = given(&[
        ("scheme", key.scheme.name().into()),
        ("secret", bytes_of(&key.secret)),
        ("bytes", bytes_of(bytes)),
    ]);
    Ok(to_bytes(&ask("sign", &given, None).await?))
}

/// Whether `signature` is the key's, of these bytes; `Err` where it is none at all.
pub async fn verify(
    scheme: Scheme,
    public: &[u8],
    bytes: &[u8],
    signature: &[u8],
) -> Result<bool, VaultError> {
    let given = given(&[
        ("scheme", scheme.name().into()),
        ("open", bytes_of(public)),
        ("bytes", bytes_of(bytes)),
        ("signature", bytes_of(signature)),
    ]);
    Ok(ask("verify", &given, None).await?.is_truthy())
}

/// Six groups of four digits, for people to compare.
pub async fn fingerprint(scheme: Scheme, public: &[u8]) -> Result<String, VaultError> {
    let given = given(&[("scheme", scheme.name().into()), ("open", bytes_of(public))]);
    text(&ask("fingerprint", &given, None).await?)
}

/// Ends the worker; what it was doing fails as stopped.
pub fn end() {
    if let Some((page, call)) = loader("gangtuVaultEnd") {
        let _ = call.call0(&page);
    }
}

/// What a passphrase is asked for.
pub enum Closed {
    File(Handed),
    /// A base, by what stands around its key.
    Base {
        lock: String,
    },
}

/// Asks people for a passphrase and gives what it opens: a file's content, a base's key. The `Err` is
/// the sentence.
pub type Opener = Rc<dyn Fn(Closed) -> Pin<Box<dyn Future<Output = Result<Vec<u8>, String>>>>>;

thread_local! {
    static OPENER: RefCell<Option<Opener>> = const { RefCell::new(None) };
}

/// The screen says how it asks.
pub fn opens_with(opener: Opener) {
    OPENER.with_borrow_mut(|held| *held = Some(opener));
}

/// What is in a file: itself, or where it is sealed what the passphrase opens.
pub async fn unsealed(handed: Handed) -> Result<Vec<u8>, String> {
    let opener = OPENER.with_borrow(Clone::clone);
    match opener {
        Some(opener) if gangtu_seal::is_sealed(&handed.bytes) => opener(Closed::File(handed)).await,
        _ => Ok(handed.bytes),
    }
}

/// The key of a locked base, once somebody has typed the passphrase.
pub async fn unlocked(lock: String) -> Result<[u8; KEY], String> {
    let opener = OPENER.with_borrow(Clone::clone).ok_or("没有地方输入口令。")?;
    let opened = opener(Closed::Base { lock }).await?;
    opened.try_into().map_err(|_| "钥匙的长度不对。".to_string())
}

/// Asks the worker.
async fn ask(what: &str, given: &Object, told: Option<Told>) -> Result<JsValue, VaultError> {
    let told = told.map(Closure::<dyn Fn(u32, u32)>::new);
    let hears = told.as_ref().map_or(JsValue::UNDEFINED, |told| told.as_ref().clone());
    let promise = loader("gangtuVault")
        .and_then(|(page, call)| call.call3(&page, &what.into(), given, &hears).ok())
        .and_then(|promise| promise.dyn_into::<Promise>().ok())
        .ok_or_else(|| VaultError::read(&"0:vault".into()))?;
    JsFuture::from(promise).await.map_err(|thrown| VaultError::read(&thrown))
}

fn loader(name: &str) -> Option<(JsValue, Function)> {
    let page = JsValue::from(web_sys::window()?);
    let call = Reflect::get(&page, &name.into()).ok()?.dyn_into().ok()?;
    Some((page, call))
}

fn given(members: &[(&str, JsValue)]) -> Object {
    let given = Object::new();
    for (name, value) in members {
        let _ = Reflect::set(&given, &(*name).into(), value);
    }
    given
}

fn bytes_of(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

fn to_bytes(value: &JsValue) -> Vec<u8> {
    Uint8Array::new(value).to_vec()
}

fn member(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn text(value: &JsValue) -> Result<String, VaultError> {
    value.as_string().ok_or_else(|| VaultError::read(value))
}

fn key(value: &JsValue) -> Result<[u8; KEY], VaultError> {
    to_bytes(value).try_into().map_err(|_| VaultError::read(&"0:key".into()))
}
