//! The window as a screen reader meets it: controls with a role and a name, read and pressed over AT-SPI.
//!
//! The whole tree comes in one call (`org.a11y.atspi.Cache.GetItems`), about 5 ms for a screen.

use std::fmt::Write as _;
use std::time::Duration;

use anyhow::{Result, bail};
use zbus::blocking::{Connection, Proxy};
use zbus::zvariant::OwnedObjectPath;

use crate::poll::{SOON, until};
use crate::program::{family, is_named};
use crate::stage::Stage;

/// What a control is, as AT-SPI numbers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A button, also one that stays pressed.
    Button,
    /// One of several of which one is chosen.
    Radio,
    /// A box to tick.
    CheckBox,
    /// A field that opens a list of choices.
    Choice,
    /// A choice in such a list.
    Option,
    /// A dialog.
    Dialog,
    /// A line or an area of text to write in, also a secret one.
    Field,
    /// Words.
    Label,
    /// A row of a list or table.
    Row,
    /// A tab, or a place in the rail.
    Tab,
    /// A picture that is drawn on.
    Canvas,
    /// A bar that fills.
    Progress,
    /// Anything.
    Any,
}

impl Role {
    /// The numbers of `AtspiRole` that this stands for.
    const fn numbers(self) -> &'static [u32] {
        match self {
            Self::Button => &[43, 62],
            Self::Radio => &[44],
            Self::CheckBox => &[7, 62],
            Self::Choice => &[11],
            Self::Option => &[35, 45, 62, 32, 43],
            Self::Dialog => &[16],
            Self::Field => &[79, 40],
            Self::Label => &[29, 54, 101],
            Self::Row => &[32],
            Self::Tab => &[37],
            Self::Canvas => &[6, 27],
            Self::Progress => &[42],
            Self::Any => &[],
        }
    }

    fn is(self, number: u32) -> bool {
        self == Self::Any || self.numbers().contains(&number)
    }
}

/// Bits of AT-SPI's state set.
const CHECKED: u32 = 4;
const ENABLED: u32 = 8;
const FOCUSED: u32 = 12;
const PRESSED: u32 = 20;
const SELECTED: u32 = 23;

/// One control at the moment it was read.
#[derive(Debug, Clone)]
pub struct Control {
    /// Its name.
    pub name: String,
    role: u32,
    states: u64,
    path: OwnedObjectPath,
    parent: OwnedObjectPath,
}

impl Control {
    const fn has(&self, bit: u32) -> bool {
        self.states & (1 << bit) != 0
    }

    /// Whether it can be used.
    pub const fn enabled(&self) -> bool {
        self.has(ENABLED)
    }

    /// Whether it is the selected, pressed or ticked one.
    pub const fn on(&self) -> bool {
        self.has(SELECTED) || self.has(PRESSED) || self.has(CHECKED)
    }

    /// Whether the keyboard goes to it.
    pub const fn focused(&self) -> bool {
        self.has(FOCUSED)
    }
}

type Reference = (String, OwnedObjectPath);
/// Object, application, parent, index, children, interfaces, name, role, description, states.
type Item = (
    Reference,
    Reference,
    Reference,
    i32,
    i32,
    Vec<String>,
    String,
    u32,
    String,
    Vec<u32>,
);

/// The window of a running workstation.
#[derive(Debug)]
pub struct Window<'a> {
    stage: &'a Stage,
    bus_name: String,
    pid: u32,
}

impl<'a> Window<'a> {
    /// Waits for the window that `pid` or one of its descendants opens, and gives it the keyboard.
    pub fn of(stage: &'a Stage, pid: u32) -> Result<Self> {
        let (bus_name, pid) = until("a window opens", SOON, || {
            find_application(stage.accessibility(), pid)
        })?;
        let window = Self {
            stage,
            bus_name,
            pid,
        };
        until("the window shows something", SOON, || {
            Ok((window.controls()?.len() > 3).then_some(()))
        })?;
        stage.focus(pid)?;
        Ok(window)
    }

    /// The process id of the window.
    pub const fn pid(&self) -> u32 {
        self.pid
    }

    /// Every control that is there now, in the order of the tree's paths.
    pub fn controls(&self) -> Result<Vec<Control>> {
        let cache = self.proxy("/org/a11y/atspi/cache", "org.a11y.atspi.Cache")?;
        let items: Vec<Item> = cache.call("GetItems", &())?;
        Ok(items
            .into_iter()
            .map(
                |(object, _, parent, _, _, _, name, role, _, states)| Control {
                    name,
                    role,
                    states: u64::from(states.first().copied().unwrap_or_default()),
                    path: object.1,
                    parent: parent.1,
                },
            )
            .collect())
    }

    /// The controls of a role with this name; when there is none, those whose name begins with it.
    pub fn all(&self, role: Role, name: &str) -> Result<Vec<Control>> {
        let mut found: Vec<Control> = self
            .controls()?
            .into_iter()
            .filter(|control| role.is(control.role) && control.name.starts_with(name))
            .collect();
        if found.iter().any(|control| control.name == name) {
            found.retain(|control| control.name == name);
        }
        Ok(found)
    }

    /// As [`Window::all`], of what lies within a dialog.
    fn within_dialog(&self, role: Role, name: &str) -> Result<Vec<Control>> {
        let controls = self.controls()?;
        let parent_of = |path: &OwnedObjectPath| {
            controls
                .iter()
                .find(|control| control.path == *path)
                .map(|control| &control.parent)
        };
        let mut found = self.all(role, name)?;
        found.retain(|control| {
            std::iter::successors(Some(&control.parent), |path| parent_of(path))
                .take(controls.len())
                .any(|path| {
                    controls
                        .iter()
                        .any(|c| c.path == *path && Role::Dialog.is(c.role))
                })
        });
        Ok(found)
    }

    /// Waits for a control of the open dialog that can be used, and presses it.
    pub fn press_in_dialog(&self, role: Role, name: &str) -> Result<()> {
        let what = format!("the {role:?} “{name}” of the dialog can be used");
        self.explain(until(&what, SOON, || {
            let usable = self
                .within_dialog(role, name)?
                .into_iter()
                .find(Control::enabled);
            usable.map(|control| self.act(&control)).transpose()
        }))
    }

    /// Waits until no dialog is open.
    pub fn dialog_closes(&self) -> Result<()> {
        self.explain(until("the dialog closes", SOON, || {
            Ok(self.all(Role::Dialog, "")?.is_empty().then_some(()))
        }))
    }

    /// Waits for a control.
    pub fn find(&self, role: Role, name: &str) -> Result<Control> {
        self.find_within(SOON, role, name)
    }

    /// As [`Window::find`], with a deadline of its own.
    pub fn find_within(&self, within: Duration, role: Role, name: &str) -> Result<Control> {
        let what = format!("the {role:?} “{name}” is there");
        self.explain(until(&what, within, || {
            Ok(self.all(role, name)?.into_iter().next())
        }))
    }

    /// Waits for a control that can be used, and presses it. One that goes away in between is looked for again.
    pub fn press(&self, role: Role, name: &str) -> Result<()> {
        let what = format!("the {role:?} “{name}” can be used");
        self.explain(until(&what, SOON, || {
            let usable = self.all(role, name)?.into_iter().find(Control::enabled);
            usable.map(|control| self.act(&control)).transpose()
        }))
    }

    /// Presses a control.
    pub fn act(&self, control: &Control) -> Result<()> {
        let action = self.proxy(control.path.as_str(), "org.a11y.atspi.Action")?;
        let done: bool = action.call("DoAction", &0i32)?;
        if !done {
            bail!("“{}” did not let itself be pressed", control.name);
        }
        Ok(())
    }

    /// The names of the rows, from the top of the window down.
    pub fn rows_down(&self) -> Result<Vec<String>> {
        let mut rows = Vec::new();
        for row in self.all(Role::Row, "")? {
            let component = self.proxy(row.path.as_str(), "org.a11y.atspi.Component")?;
            let (_, y, _, _): (i32, i32, i32, i32) = component.call("GetExtents", &0u32)?;
            rows.push((y, row.name));
        }
        rows.sort_unstable();
        Ok(rows.into_iter().map(|(_, name)| name).collect())
    }

    /// Gives a control the keyboard.
    pub fn focus(&self, role: Role, name: &str) -> Result<()> {
        let control = self.find(role, name)?;
        let component = self.proxy(control.path.as_str(), "org.a11y.atspi.Component")?;
        component.call::<_, _, bool>("GrabFocus", &())?;
        let what = format!("“{name}” has the keyboard");
        self.explain(until(&what, SOON, || {
            Ok(self
                .all(role, name)?
                .iter()
                .any(Control::focused)
                .then_some(()))
        }))
    }

    /// Types into a field after what stands in it.
    pub fn write(&self, name: &str, text: &str) -> Result<()> {
        self.focus(Role::Field, name)?;
        self.stage.keys(&["ctrl+End"])?;
        self.stage.type_text(text)?;
        let what = format!("“{text}” stands in “{name}”");
        // A secret is read as dots.
        self.explain(until(&what, SOON, || {
            let field = self.find(Role::Field, name)?;
            let stands = self.content(&field)?;
            let secret = field.role == 40 && stands.chars().count() >= text.chars().count();
            Ok((secret || stands.contains(text)).then_some(()))
        }))
    }

    /// Empties a field.
    pub fn clear(&self, name: &str) -> Result<()> {
        self.focus(Role::Field, name)?;
        self.stage.keys(&["ctrl+a", "BackSpace"])?;
        let what = format!("“{name}” is empty");
        self.explain(until(&what, SOON, || {
            let field = self.find(Role::Field, name)?;
            Ok(self.content(&field)?.is_empty().then_some(()))
        }))
    }

    /// What stands in a field.
    pub fn value(&self, name: &str) -> Result<String> {
        let field = self.find(Role::Field, name)?;
        self.content(&field)
    }

    fn content(&self, field: &Control) -> Result<String> {
        let text = self.proxy(field.path.as_str(), "org.a11y.atspi.Text")?;
        Ok(text.call("GetText", &(0i32, -1i32))?)
    }

    /// Waits until some control's name holds these words, and gives the name.
    pub fn sees(&self, words: &str) -> Result<String> {
        self.sees_within(SOON, words)
    }

    /// As [`Window::sees`], with a deadline of its own.
    pub fn sees_within(&self, within: Duration, words: &str) -> Result<String> {
        let what = format!("“{words}” can be read");
        self.explain(until(&what, within, || {
            let controls = self.controls()?;
            Ok(controls
                .into_iter()
                .map(|c| c.name)
                .find(|name| name.contains(words)))
        }))
    }

    /// Waits until no control's name holds these words.
    pub fn no_longer_sees(&self, words: &str) -> Result<()> {
        let what = format!("“{words}” is gone");
        self.explain(until(&what, SOON, || {
            Ok(self
                .controls()?
                .iter()
                .all(|c| !c.name.contains(words))
                .then_some(()))
        }))
    }

    /// Whether some control's name holds these words now.
    pub fn shows(&self, words: &str) -> Result<bool> {
        Ok(self.controls()?.iter().any(|c| c.name.contains(words)))
    }

    /// Chooses from a list of choices and waits until it stands there.
    pub fn choose(&self, name: &str, option: &str) -> Result<()> {
        self.press(Role::Choice, name)?;
        self.press(Role::Option, option)?;
        let chosen = format!("{name}: {option}");
        self.find(Role::Choice, &chosen).map(drop)
    }

    /// Presses keys.
    pub fn keys(&self, keys: &[&str]) -> Result<()> {
        self.stage.keys(keys)
    }

    /// Drags from one place of a control to another, in hundredths of its width and height.
    pub fn drag(&self, role: Role, name: &str, from: (i32, i32), to: (i32, i32)) -> Result<()> {
        let control = self.find(role, name)?;
        let component = self.proxy(control.path.as_str(), "org.a11y.atspi.Component")?;
        let (x, y, width, height): (i32, i32, i32, i32) = component.call("GetExtents", &0u32)?;
        let place =
            |(across, down): (i32, i32)| (x + width * across / 100, y + height * down / 100);
        self.stage.drag(place(from), place(to))
    }

    /// All that can be read, one control a line.
    pub fn script(&self) -> String {
        let mut script = String::new();
        for control in self.controls().unwrap_or_default() {
            if !control.name.is_empty() {
                let _ = writeln!(
                    script,
                    "  {:>3} {:#x} {}",
                    control.role, control.states, control.name
                );
            }
        }
        script
    }

    /// A failure is told together with what the window showed.
    pub fn explain<T>(&self, result: Result<T>) -> Result<T> {
        result.map_err(|error| error.context(format!("the window showed:\n{}", self.script())))
    }

    fn proxy(&self, path: &str, interface: &str) -> Result<Proxy<'static>> {
        Ok(Proxy::new_owned(
            self.stage.accessibility().clone(),
            self.bus_name.clone(),
            path.to_owned(),
            interface.to_owned(),
        )?)
    }
}

/// The application on the accessibility bus that belongs to a process of this family.
fn find_application(bus: &Connection, pid: u32) -> Result<Option<(String, u32)>> {
    let root = "/org/a11y/atspi/accessible/root";
    let registry = Proxy::new(
        bus,
        "org.a11y.atspi.Registry",
        root,
        "org.a11y.atspi.Accessible",
    )?;
    let applications: Vec<Reference> = registry.call("GetChildren", &())?;
    let names = Proxy::new(
        bus,
        "org.freedesktop.DBus",
        "/org/freedesktop/DBus",
        "org.freedesktop.DBus",
    )?;
    let family = family(pid);
    for (name, _) in applications {
        let owner: u32 = names.call("GetConnectionUnixProcessID", &name)?;
        // The shell is an application of its own, for its tray.
        if family.contains(&owner) && is_named(owner, "outpost-window") {
            return Ok(Some((name, owner)));
        }
    }
    Ok(None)
}
