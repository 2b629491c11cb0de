//! What differs between systems: whether there is a display, whether somebody shows the tray, a plain message, a
//! notification without a sound, and the word that the machine has woken or the network has changed.

/// Why no window of any kind can be opened here.
pub const NO_DISPLAY: &str = "Outpost found no display to open on (DISPLAY or WAYLAND_DISPLAY). \
On a machine without one, outpost-desk does the same work: it keeps and sends what is recorded and speaks \
the window's protocol on its standard streams. `outpost-desk --help` tells how.";

/// Whether a window can be opened. Asked first: the toolkit panics where there is no display.
#[cfg(target_os = "linux")]
pub fn has_display() -> bool {
    gtk::init().is_ok()
}

/// Whether a window can be opened: elsewhere there is always one.
#[cfg(not(target_os = "linux"))]
pub const fn has_display() -> bool {
    true
}

/// Whether somebody shows the tray's icons. Without a host the icon is nowhere, and a program without a window
/// could not be reached any more.
#[cfg(target_os = "linux")]
pub fn tray_is_shown() -> bool {
    use gtk::gio::{BusType, Cancellable, DBusCallFlags, bus_get_sync};
    use gtk::glib::prelude::ToVariant as _;

    const WATCHER: &str = "org.kde.StatusNotifierWatcher";
    const PATIENCE_MS: i32 = 1_000;
    let Ok(bus) = bus_get_sync(BusType::Session, Cancellable::NONE) else {
        return false;
    };
    let asked = bus.call_sync(
        Some(WATCHER),
        "/StatusNotifierWatcher",
        "org.freedesktop.DBus.Properties",
        "Get",
        Some(&(WATCHER, "IsStatusNotifierHostRegistered").to_variant()),
        None,
        DBusCallFlags::NO_AUTO_START,
        PATIENCE_MS,
        Cancellable::NONE,
    );
    asked
        .ok()
        .and_then(|answer| answer.try_child_value(0)?.as_variant()?.get::<bool>())
        .unwrap_or(false)
}

/// Whether somebody shows the tray's icons: elsewhere the system does.
#[cfg(not(target_os = "linux"))]
pub const fn tray_is_shown() -> bool {
    true
}

/// Goes on when the session's or the system's bus goes away: the toolkit would end the program, and with it the
/// window over what is being typed.
#[cfg(target_os = "linux")]
pub fn outlive_the_bus() {
    use gtk::gio::{BusType, Cancellable, bus_get_sync};

    for bus in [BusType::Session, BusType::System] {
        if let Ok(bus) = bus_get_sync(bus, Cancellable::NONE) {
            bus.set_exit_on_close(false);
            // The connection is one for the whole program, and this holds only while it lives.
            std::mem::forget(bus);
        }
    }
}

/// Elsewhere there is no such bus.
#[cfg(not(target_os = "linux"))]
pub const fn outlive_the_bus() {}

/// Shows a notification without a sound (Desktop Notifications Specification 1.2, `suppress-sound`).
#[cfg(target_os = "linux")]
pub fn notify_silently(title: &str, text: &str) {
    use std::collections::HashMap;

    use gtk::gio::{BusType, Cancellable, DBusCallFlags, bus_get_sync};
    use gtk::glib::Variant;
    use gtk::glib::prelude::ToVariant as _;

    const SERVER: &str = "org.freedesktop.Notifications";
    let Ok(bus) = bus_get_sync(BusType::Session, Cancellable::NONE) else {
        return tracing::warn!("a notification could not be shown: there is no session bus");
    };
    let hints: HashMap<&str, Variant> = HashMap::from([("suppress-sound", true.to_variant())]);
    let none: Vec<String> = Vec::new();
    let what = (
        "Outpost", 0_u32, "outpost", title, text, none, hints, -1_i32,
    )
        .to_variant();
    bus.call(
        Some(SERVER),
        "/org/freedesktop/Notifications",
        SERVER,
        "Notify",
        Some(&what),
        None,
        DBusCallFlags::NONE,
        -1,
        Cancellable::NONE,
        |shown| {
            if let Err(error) = shown {
                tracing::warn!(%error, "a notification could not be shown");
            }
        },
    );
}

/// Elsewhere a notification cannot be told to be silent: it is left to the window and the tray.
#[cfg(not(target_os = "linux"))]
pub fn notify_silently(_title: &str, _text: &str) {}

/// Listens for the machine's waking and for changes of the network, as long as the program runs. Calls `changed` on the
/// main thread, once for a burst of changes.
#[cfg(target_os = "linux")]
pub fn on_another_network(changed: impl Fn() + 'static) {
    use gtk::gio::prelude::NetworkMonitorExt as _;
    use gtk::gio::{BusType, Cancellable, DBusSignalFlags, NetworkMonitor, bus_get_sync};

    let changed = settled(changed);
    let on_network = changed.clone();
    NetworkMonitor::default().connect_network_changed(move |_, _| on_network());
    let Ok(system) = bus_get_sync(BusType::System, Cancellable::NONE) else {
        return tracing::info!("there is no system bus: the machine's waking is not heard");
    };
    // systemd's logind says it before the machine sleeps, and again, with `false`, when it has woken.
    system.signal_subscribe(
        Some("org.freedesktop.login1"),
        Some("org.freedesktop.login1.Manager"),
        Some("PrepareForSleep"),
        Some("/org/freedesktop/login1"),
        None,
        DBusSignalFlags::NONE,
        move |_, _, _, _, _, said| {
            if said.try_child_value(0).and_then(|v| v.get::<bool>()) == Some(false) {
                changed();
            }
        },
    );
}

/// How long changes of the network may go on before they are acted on, once.
#[cfg(target_os = "linux")]
const SETTLE: std::time::Duration = std::time::Duration::from_millis(300);

/// Calls `act` once for a burst of calls, soon after its begin.
#[cfg(target_os = "linux")]
fn settled(act: impl Fn() + 'static) -> std::rc::Rc<dyn Fn()> {
    use std::cell::Cell;
    use std::rc::Rc;

    let act = Rc::new(act);
    let waits = Rc::new(Cell::new(false));
    Rc::new(move || {
        if waits.replace(true) {
            return;
        }
        let (act, waits) = (act.clone(), waits.clone());
        gtk::glib::timeout_add_local_once(SETTLE, move || {
            waits.set(false);
            act();
        });
    })
}

/// Elsewhere the line is found again by its own tries.
#[cfg(not(target_os = "linux"))]
pub fn on_another_network(_changed: impl Fn() + 'static) {}

/// Shows a message until it is closed, then calls `closed`; from the main thread.
#[cfg(target_os = "linux")]
pub fn message(title: &str, text: &str, closed: impl Fn() + 'static) {
    use gtk::prelude::{DialogExt as _, GtkWindowExt as _, MessageDialogExt as _, WidgetExt as _};

    let dialog = gtk::MessageDialog::new(
        None::<&gtk::Window>,
        gtk::DialogFlags::empty(),
        gtk::MessageType::Warning,
        gtk::ButtonsType::Close,
        title,
    );
    dialog.set_title("Outpost");
    dialog.set_secondary_text(Some(text));
    dialog.connect_response(move |dialog, _| {
        dialog.close();
        closed();
    });
    dialog.show_all();
}

/// Elsewhere the notification that was shown before is never lost: there is nothing to add.
#[cfg(not(target_os = "linux"))]
pub fn message(_title: &str, _text: &str, closed: impl Fn() + 'static) {
    closed();
}
