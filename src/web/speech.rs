//! Reading aloud by a Chinese voice of this computer. A voice that would send the words elsewhere is not used.

use std::cell::RefCell;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{SpeechSynthesis, SpeechSynthesisUtterance, SpeechSynthesisVoice};

/// Slower than the browser's usual: listeners are old, the words unknown.
const RATE: f32 = 0.85;

thread_local! {
    /// What is being said: a browser forgets to tell the end of what nobody holds.
    static SAID: RefCell<Vec<SpeechSynthesisUtterance>> = const { RefCell::new(Vec::new()) };
}

fn speech() -> Option<SpeechSynthesis> {
    // Some browsers lack it altogether; the binding would hand out nothing then.
    web_sys::window()?.speech_synthesis().ok().filter(|speech| speech.is_truthy())
}

fn voice() -> Option<SpeechSynthesisVoice> {
    let voices = speech()?.get_voices().into_iter();
    let mut voices = voices.filter_map(|voice| voice.dyn_into::<SpeechSynthesisVoice>().ok());
    voices
        .find(|voice| voice.local_service() && voice.lang().to_ascii_lowercase().starts_with("zh"))
}

/// Tells whether there is a voice, now and whenever the browser finds others.
pub fn when_known(told: impl Fn(bool) + 'static) {
    let Some(speech) = speech() else { return };
    told(voice().is_some());
    let heard = Closure::<dyn Fn()>::new(move || told(voice().is_some())).into_js_value();
    let _ = js_sys::Reflect::set(&speech, &JsValue::from_str("onvoiceschanged"), &heard);
}

/// Says sentences one after the other; `over` is called once the last was said, or they were stopped.
pub fn say(sentences: &[String], over: impl Fn() + 'static) {
    let (Some(speech), Some(voice)) = (speech(), voice()) else { return };
    speech.cancel();
    SAID.take();
    let over: JsValue = Closure::<dyn Fn()>::new(over).into_js_value();
    let last = sentences.len().saturating_sub(1);
    for (at, sentence) in sentences.iter().enumerate() {
        let Ok(said) = SpeechSynthesisUtterance::new_with_text(sentence) else { return };
        said.set_voice(Some(&voice));
        said.set_lang(&voice.lang());
        said.set_rate(RATE);
        if at == last {
            said.set_onend(Some(over.unchecked_ref()));
        }
        said.set_onerror(Some(over.unchecked_ref()));
        speech.speak(&said);
        SAID.with_borrow_mut(|all| all.push(said));
    }
}

pub fn stop() {
    if let Some(speech) = speech() {
        speech.cancel();
    }
}
