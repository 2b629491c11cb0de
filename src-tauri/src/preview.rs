//! Papers in windows of their own: the system's web view, without script, with nothing from elsewhere.
//!
//! The page is what the desk read from the documents folder; the view gets it from memory through a scheme of its own,
//! each window its own page and no other.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use outpost_desk::Preview;
use outpost_domain::OfficerId;
use tauri::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use tauri::http::{Response, StatusCode};
use tauri::menu::{Menu, MenuId, MenuItem};
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager as _, Url, WebviewUrl, WebviewWindowBuilder, WindowEvent, Wry};

use crate::words::Words;

/// The scheme under which a window finds its paper.
pub const SCHEME: &str = "paper";

/// What a paper may do: be drawn with the styles that are in it. A second lock besides the script that is turned off.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The window's size, logical pixels: a page of A4 at its usual scale, and what stands around it.
const SIZE: (f64, f64) = (900.0, 1_000.0);

/// The most papers open at once: each costs a web process.
const MOST: usize = 8;

/// The papers that are open, by the label of their windows.
#[derive(Debug, Default)]
pub struct Previews {
    next: AtomicU64,
    open: Mutex<HashMap<String, Preview>>,
    /// Who is signed in: what was shown to one officer is not left standing for the next.
    seated: Mutex<Option<OfficerId>>,
}

impl Previews {
    fn open(&self) -> MutexGuard<'_, HashMap<String, Preview>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note of who is signed in, and gives the labels of the windows that are to close: all, when it is somebody
    /// else than before, or nobody any more.
    fn seat(&self, officer: Option<OfficerId>) -> Vec<String> {
        let mut seated = self.seated.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::replace(&mut *seated, officer) == officer {
            return Vec::new();
        }
        self.open().keys().cloned().collect()
    }

    /// The label of the window that shows just this paper.
    fn label_of(&self, preview: &Preview) -> Option<String> {
        let open = self.open();
        let mut found = open.iter().filter(|(_, shown)| *shown == preview);
        found.next().map(|(label, _)| label.clone())
    }

    /// Takes a paper in under a new label.
    fn take_in(&self, preview: Preview) -> Result<String, String> {
        let mut open = self.open();
        if open.len() >= MOST {
            return Err(format!("{MOST} papers are open; close one first"));
        }
        let label = format!("paper-{}", self.next.fetch_add(1, Ordering::Relaxed));
        open.insert(label.clone(), preview);
        Ok(label)
    }

    /// What a window is answered under [`SCHEME`]: its own paper.
    pub fn serve(&self, label: &str, path: &str) -> Response<Vec<u8>> {
        let page = match path {
            "" | "/" => self.open().get(label).map(|p| p.html.clone().into_bytes()),
            _ => None,
        };
        let status = match &page {
            Some(_) => StatusCode::OK,
            None => StatusCode::NOT_FOUND,
        };
        let mut response = Response::new(page.unwrap_or_default());
        *response.status_mut() = status;
        let headers = response.headers_mut();
        for (name, value) in [
            (CONTENT_TYPE, "text/html; charset=utf-8"),
            (CONTENT_SECURITY_POLICY, POLICY),
            (CACHE_CONTROL, "no-store"),
        ] {
            headers.insert(name, tauri::http::HeaderValue::from_static(value));
        }
        response
    }
}

/// Closes the papers of an officer who is no longer signed in. Called on the main thread.
pub fn seat(app: &AppHandle, officer: Option<OfficerId>) {
    for label in app.state::<Previews>().seat(officer) {
        if let Some(window) = app.get_webview_window(&label)
            && let Err(error) = window.close()
        {
            tracing::warn!(%error, "a paper stays open");
        }
    }
}

/// Shows a paper, or brings the window to the front that shows it already.
///
/// # Errors
/// When the system opens no web view, or too many papers are open.
pub fn show(app: &AppHandle, words: &Words, preview: Preview) -> Result<(), String> {
    let previews = app.state::<Previews>();
    if let Some(label) = previews.label_of(&preview)
        && let Some(window) = app.get_webview_window(&label)
    {
        return window
            .unminimize()
            .and_then(|()| window.set_focus())
            .map_err(|e| e.to_string());
    }
    let title = preview.name.clone();
    let label = previews.take_in(preview)?;
    let opened = open(app, words, &label, &title);
    if opened.is_err() {
        previews.open().remove(&label);
    }
    opened.map_err(|error| error.to_string())
}

fn open(app: &AppHandle, words: &Words, label: &str, title: &str) -> tauri::Result<()> {
    let page = format!("{SCHEME}://localhost/");
    let page = Url::parse(&page).map_err(|_| tauri::Error::InvalidWebviewUrl("the paper's"))?;
    let mut window = WebviewWindowBuilder::new(app, label, WebviewUrl::CustomProtocol(page));
    // Not incognito: Tauri registers the scheme once, and each incognito view has a context of its own that lacks it.
    // What the view keeps are the empty stores of its kind, since nothing may be stored.
    if let Ok(cache) = app.path().app_cache_dir() {
        window = window.data_directory(cache);
    }
    let window = window
        .title(title)
        .inner_size(SIZE.0, SIZE.1)
        .prevent_overflow()
        .disable_javascript()
        .zoom_hotkeys_enabled(false)
        .menu(menu(app, words, label)?)
        .on_navigation(is_the_paper)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_document_title_changed(|window, title| {
            if let Err(error) = window.set_title(&title) {
                tracing::debug!(%error, "the paper's title is not shown");
            }
        })
        .build()?;
    let (app, label) = (app.clone(), label.to_owned());
    window.on_window_event(move |event| {
        if matches!(event, WindowEvent::Destroyed) {
            app.state::<Previews>().open().remove(&label);
        }
    });
    window.set_focus()
}

/// Whether a view may go there: to its paper, and nowhere else.
fn is_the_paper(url: &Url) -> bool {
    // On Windows a scheme of one's own is a host of http.
    let here = url.scheme() == SCHEME || url.host_str() == Some("paper.localhost");
    here && url.path() == "/"
}

/// Printing and closing, with their keys; what is chosen comes to [`chosen`].
fn menu(app: &AppHandle, words: &Words, label: &str) -> tauri::Result<Menu<Wry>> {
    let item = |act: &str, key: &str| {
        let (id, text) = (format!("{act} {label}"), words.say(&format!("paper-{act}")));
        MenuItem::with_id(app, id, text, true, Some(key))
    };
    let print = item("print", "CmdOrCtrl+P")?;
    let close = item("close", "CmdOrCtrl+W")?;
    // Seen without opening a menu, for hands in gloves; macOS takes nothing but menus in its bar.
    #[cfg(not(target_os = "macos"))]
    let menu = Menu::with_items(app, &[&print, &close]);
    #[cfg(target_os = "macos")]
    let menu = {
        let paper = words.say("paper-menu");
        let paper = tauri::menu::Submenu::with_items(app, paper, true, &[&print, &close])?;
        Menu::with_items(app, &[&paper])
    };
    menu
}

/// Does what was chosen in a paper's menu; other menus' choices are not for here.
pub fn chosen(app: &AppHandle, id: &MenuId) {
    let Some((act, label)) = id.as_ref().split_once(' ') else {
        return;
    };
    let Some(window) = app.get_webview_window(label) else {
        return;
    };
    let done = match act {
        "print" => window.print(),
        "close" => window.close(),
        _ => return,
    };
    if let Err(error) = done {
        tracing::warn!(%error, act, "a paper's menu");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn preview(name: &str) -> Preview {
        Preview {
            name: name.to_owned(),
            html: format!("<p>{name}</p>"),
        }
    }

    #[test]
    fn each_window_gets_its_own_paper_under_a_strict_policy() {
        let previews = Previews::default();
        let one = previews.take_in(preview("one")).expect("room");
        let two = previews.take_in(preview("two")).expect("room");
        assert_ne!(one, two);
        let served = previews.serve(&one, "/");
        assert_eq!(served.body(), b"<p>one</p>");
        assert_eq!(served.headers()[CONTENT_SECURITY_POLICY], POLICY);
        assert_eq!(previews.serve(&two, "/").body(), b"<p>two</p>");
        for (label, path) in [("paper-9", "/"), (one.as_str(), "/etc/passwd")] {
            let refused = previews.serve(label, path);
            assert_eq!(refused.status(), StatusCode::NOT_FOUND);
            assert!(refused.body().is_empty());
        }
        assert_eq!(previews.label_of(&preview("two")), Some(two));
        assert_eq!(previews.label_of(&preview("three")), None);
    }

    #[test]
    fn another_officer_finds_no_paper_of_the_one_before() {
        let previews = Previews::default();
        let [one, other] = [1, 2].map(|n| Some(OfficerId(uuid::Uuid::from_u128(n))));
        assert_eq!(previews.seat(one), Vec::<String>::new());
        let label = previews.take_in(preview("one")).expect("room");
        assert_eq!(previews.seat(one), Vec::<String>::new(), "the same officer");
        assert_eq!(previews.seat(None), std::slice::from_ref(&label));
        assert_eq!(previews.seat(None), Vec::<String>::new(), "told once");
        assert_eq!(previews.seat(other), [label]);
    }

    #[test]
    fn only_so_many_are_open_at_once() {
        let previews = Previews::default();
        for number in 0..MOST {
            previews
                .take_in(preview(&number.to_string()))
                .expect("room");
        }
        let refused = previews.take_in(preview("one more"));
        assert!(refused.is_err_and(|why| why.contains("close one first")));
    }

    #[test]
    fn a_view_goes_nowhere_else() {
        let goes = |url: &str| is_the_paper(&Url::parse(url).expect(url));
        assert!(goes("paper://localhost/"));
        assert!(goes("http://paper.localhost/"));
        for elsewhere in [
            "https://example.org/",
            "file:///etc/passwd",
            "paper://localhost/other",
            "data:text/html,x",
            "http://paper.localhost.example.org/",
        ] {
            assert!(!goes(elsewhere), "{elsewhere}");
        }
    }
}
