//! What the dialog looks like: lines to type in, the choice of suites, what is being done. Works nothing itself.

use gangtu_seal::names::Suite;
use gangtu_seal::strength::Strength;

use super::{Form, Passphrases};
use crate::ui::components::button::TextButton;
use crate::ui::components::dialog::{Dialog, Shape};
use crate::ui::prelude::*;

/// The question that is open.
pub fn asked() -> AnyView {
    let place = expect_context::<Passphrases>();
    place.form.get_untracked().map(|form| view! { <Asked place=place form=form/> }).into_any()
}

#[component]
fn Asked(place: Passphrases, form: Form) -> impl IntoView {
    let Form { title, note, verb, old, new, suites, .. } = form;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        place.submit();
    };
    let close = move |()| place.close();
    view! {
        <Dialog title=title shape=Shape::Question close=close>
            <form class="dialog-form" on:submit=submit>
                <div class="dialog-body passphrase">
                    <p>{note}</p>
                    {old.map(|label| view! { <Line place=place label=label typed=place.old/> })}
                    {new.then(|| view! { <NewOne place=place again=old.is_some()/> })}
                    <label class="check">
                        <input
                            type="checkbox"
                            prop:checked=place.shown
                            on:change=move |event| place.shown.set(event_target_checked(&event))
                        />
                        <span>"显示口令（用中文口令时请勾选）"</span>
                    </label>
                    {suites.then(|| view! { <Suites place=place/> })}
                </div>
                <div class="passphrase-going"><Going place=place/></div>
                <div class="dialog-foot">
                    <button class="button button-main" disabled=move || place.busy.get().is_some()>{verb}</button>
                    <TextButton class="button" label="取消" act=close/>
                </div>
            </form>
        </Dialog>
    }
}

#[component]
fn Line(place: Passphrases, label: &'static str, typed: RwSignal<String>) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field-label">{label}</span>
            <input
                class="input"
                autocomplete="off"
                type=move || if place.shown.get() { "text" } else { "password" }
                prop:value=typed
                on:input=move |event| typed.set(event_target_value(&event))
            />
        </label>
    }
}

#[component]
fn NewOne(place: Passphrases, again: bool) -> impl IntoView {
    let label = if again { "新口令" } else { "口令" };
    let told =
        move || place.new.with(|new| (!new.is_empty()).then(|| Strength::of(new.trim()).words()));
    view! {
        <Line place=place label=label typed=place.new/>
        <p class="field-hint" aria-live="polite">{told}</p>
        <Line place=place label="再输一次" typed=place.again/>
        <p class="notice notice-soon">"口令忘了，谁也打不开，没有后门也不能重置。请另外记在稳妥的地方。"</p>
    }
}

#[component]
fn Suites(place: Passphrases) -> impl IntoView {
    let line = move |(suite, words): (Suite, &'static str)| {
        view! {
            <label class="check">
                <input
                    type="radio"
                    name="suite"
                    prop:checked=move || place.suite.get() == suite
                    on:change=move |_| place.suite.set(suite)
                />
                <span>{words}</span>
            </label>
        }
    };
    let suites = [
        (Suite::XChaCha, "通用算法（XChaCha20-Poly1305）"),
        (Suite::Sm, "国密算法（SM4-GCM、SM3；本程序未经商用密码检测认证）"),
    ];
    view! {
        <details>
            <summary>"高级"</summary>
            {suites.into_iter().map(line).collect_view()}
        </details>
    }
}

/// What is being done, or what was wrong.
#[component]
fn Going(place: Passphrases) -> impl IntoView {
    view! {
        {move || place.problem.get().map(|said| view! { <p class="field-problem" role="alert">{said}</p> })}
        {move || place.busy.get().map(|(at, of)| match of {
            0 => view! { <p role="status">"正在由口令算出密钥，约一两秒…"</p> <progress></progress> },
            _ => view! { <p role="status">"第 " {at} " 块，共 " {of} " 块"</p> <progress max=of value=at></progress> },
        })}
    }
}
