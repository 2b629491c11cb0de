//! What differs between systems: whether there is a display, whether somebody shows the tray, and a plain message.

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
