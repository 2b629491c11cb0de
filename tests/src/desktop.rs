//! The part of a desktop that is not the window: a tray that shows icons and their menus, a place where
//! notifications appear, and a window manager.
//!
//! The tray follows the StatusNotifierItem and `com.canonical.dbusmenu` interfaces, notifications the Desktop
//! Notifications Specification 1.2. Needs Debian's `openbox`.
#![allow(
    clippy::unused_self,
    clippy::used_underscore_binding,
    clippy::too_many_arguments,
    reason = "the interfaces say what a method takes, and their macro reads every argument"
)]

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};
use zbus::blocking::{Connection, Proxy, connection};
use zbus::message::Header;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};

use crate::poll::{SOON, until};
use crate::program::Program;
use crate::stage::Stage;

/// Where an icon's object is: the name of its owner on the bus, its path.
type Address = (String, String);

/// One entry of a menu as `GetLayout` gives it: number, properties, children.
type Layout = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

/// A desktop with a tray. Ends with the stage.
#[derive(Debug)]
pub struct Desktop {
    bus: Connection,
    icons: Arc<Mutex<Vec<Address>>>,
    said: Arc<Mutex<Vec<Notification>>>,
    _manager: Program,
}

/// What a program told the officer outside its window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// Its title.
    pub title: String,
    /// Its text.
    pub text: String,
    /// Whether it asks to be shown without a sound.
    pub silent: bool,
}

/// An entry of the tray icon's menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuEntry {
    /// What it says; empty for a line between entries.
    pub label: String,
    /// Whether it can be chosen.
    pub enabled: bool,
    id: i32,
}

struct Watcher(Arc<Mutex<Vec<Address>>>);

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, service: &str, #[zbus(header)] header: Header<'_>) {
        let sender = header.sender().map(ToString::to_string).unwrap_or_default();
        let address = if service.starts_with('/') {
            (sender, service.to_owned())
        } else {
            (service.to_owned(), "/StatusNotifierItem".to_owned())
        };
        held(&self.0).push(address);
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

struct Notifications(Arc<Mutex<Vec<Notification>>>);

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Notifications {
    fn notify(
        &self,
        _app: String,
        _replaces: u32,
        _icon: String,
        summary: String,
        body: String,
        _actions: Vec<String>,
        hints: HashMap<String, OwnedValue>,
        _expires: i32,
    ) -> u32 {
        let mut said = held(&self.0);
        said.push(Notification {
            title: summary,
            text: body,
            silent: hints
                .get("suppress-sound")
                .is_some_and(|hint| bool::try_from(hint).unwrap_or(false)),
        });
        u32::try_from(said.len()).unwrap_or(u32::MAX)
    }

    fn get_capabilities(&self) -> Vec<String> {
        vec!["body".to_owned()]
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        let of = str::to_owned;
        (of("stage"), of("outpost"), of("1"), of("1.2"))
    }
}

fn held<T>(what: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desktop {
    /// Sets it up on a stage, before the programs that look for it.
    pub fn set_up(stage: &Stage) -> Result<Self> {
        let icons = Arc::default();
        let said = Arc::default();
        let bus = connection::Builder::address(stage.bus())?
            .serve_at("/StatusNotifierWatcher", Watcher(Arc::clone(&icons)))?
            .serve_at(
                "/org/freedesktop/Notifications",
                Notifications(Arc::clone(&said)),
            )?
            .name("org.kde.StatusNotifierWatcher")?
            .name("org.freedesktop.Notifications")?
            .build()
            .context("the tray could not take its place on the bus")?;
        let manager = stage.start("openbox", &mut stage.command("openbox"))?;
        until("the window manager manages", SOON, || {
            Ok(stage.has_window_manager()?.then_some(()))
        })?;
        Ok(Self {
            bus,
            icons,
            said,
            _manager: manager,
        })
    }

    /// The notifications shown until now.
    pub fn said(&self) -> Vec<Notification> {
        held(&self.said).clone()
    }

    /// Waits for a notification of this title.
    pub fn hears(&self, title: &str) -> Result<Notification> {
        until(&format!("\"{title}\" is notified"), SOON, || {
            Ok(self.said().into_iter().find(|said| said.title == title))
        })
    }

    /// Says what logind says when the machine has woken; the session's bus is the system's bus too on a stage.
    pub fn wake(&self) -> Result<()> {
        self.bus.request_name("org.freedesktop.login1")?;
        self.bus.emit_signal(
            None::<&str>,
            "/org/freedesktop/login1",
            "org.freedesktop.login1.Manager",
            "PrepareForSleep",
            &false,
        )?;
        Ok(())
    }

    /// The name of the picture that the last program's icon shows.
    pub fn icon(&self) -> Result<String> {
        Ok(self.item()?.get_property("IconName")?)
    }

    /// The menu of the last program's icon.
    pub fn menu(&self) -> Result<Vec<MenuEntry>> {
        let (_, (_, _, children)): (u32, Layout) = self
            .layout()?
            .call("GetLayout", &(0_i32, -1_i32, Vec::<&str>::new()))?;
        children
            .into_iter()
            .map(|child| {
                let (id, properties, _) = Layout::try_from(child)?;
                let text = properties.get("label").map(<&str>::try_from).transpose()?;
                let enabled = properties.get("enabled").map(bool::try_from).transpose()?;
                Ok(MenuEntry {
                    // An underscore marks the letter of a short cut.
                    label: text.unwrap_or_default().replace('_', ""),
                    enabled: enabled.unwrap_or(true),
                    id,
                })
            })
            .collect()
    }

    /// Waits until the menu's first entry, which says how everything stands, is this.
    pub fn stands(&self, sentence: &str) -> Result<()> {
        until(&format!("the tray says {sentence:?}"), SOON, || {
            let said = self.menu()?.into_iter().next().map(|entry| entry.label);
            let said = said.context("the menu is empty")?;
            if said == sentence {
                return Ok(Some(()));
            }
            anyhow::bail!("it says {said:?}")
        })
    }

    /// Chooses an entry of the menu.
    pub fn choose(&self, label: &str) -> Result<()> {
        let menu = self.menu()?;
        let entry = menu.iter().find(|entry| entry.label == label);
        let entry = entry.with_context(|| format!("{label:?} is not in the menu: {menu:?}"))?;
        let event = (entry.id, "clicked", Value::from(0_i32), 0_u32);
        self.layout()?.call::<_, _, ()>("Event", &event)?;
        Ok(())
    }

    /// How many programs have shown an icon until now.
    pub fn icons(&self) -> usize {
        held(&self.icons).len()
    }

    /// Waits until another program than those shows its icon.
    pub fn shows_more_than(&self, icons: usize) -> Result<()> {
        until("another icon is in the tray", SOON, || {
            Ok((self.icons() > icons).then_some(()))
        })
    }

    fn item(&self) -> Result<Proxy<'static>> {
        let (owner, path) = until("a program shows an icon in the tray", SOON, || {
            Ok(held(&self.icons).last().cloned())
        })?;
        Ok(Proxy::new(
            &self.bus,
            owner,
            path,
            "org.kde.StatusNotifierItem",
        )?)
    }

    fn layout(&self) -> Result<Proxy<'static>> {
        let item = self.item()?;
        let menu: OwnedObjectPath = item.get_property("Menu")?;
        let owner = item.destination().to_owned();
        Ok(Proxy::new(
            &self.bus,
            owner,
            menu,
            "com.canonical.dbusmenu",
        )?)
    }
}
