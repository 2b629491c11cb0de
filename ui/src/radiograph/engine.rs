//! The thread that decodes and renders. It always works on the latest wish; older ones are forgotten.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use egui::Context;
use outpost_imaging::DecodeError;

use super::draw::{Filtered, Kept, Picture, Wish};
use super::loaded::{Loaded, load};

/// What the thread has done.
#[derive(Debug)]
pub enum Made {
    /// An image is decoded, or could not be.
    Loaded(Result<Arc<Loaded>, DecodeError>),
    /// The view is drawn.
    View(Picture),
    /// The overview is drawn.
    Overview(Picture),
    /// What is under the loupe is drawn.
    Loupe(Picture),
    /// A layer went through the filters.
    Filtered(Filtered),
    /// An image to compare with is decoded, or could not be.
    Other(Result<Arc<Loaded>, DecodeError>),
    /// The image to compare with is drawn.
    Beside(Picture),
}

/// What waits for the thread; each place holds the latest only.
#[derive(Debug, Default)]
struct Slot {
    bytes: Option<Vec<u8>>,
    view: Option<(Arc<Loaded>, Wish)>,
    overview: Option<(Arc<Loaded>, Wish)>,
    loupe: Option<(Arc<Loaded>, Wish)>,
    other: Option<Vec<u8>>,
    beside: Option<(Arc<Loaded>, Wish)>,
    closed: bool,
}

#[derive(Debug, Default)]
struct Shared {
    slot: Mutex<Slot>,
    filled: Condvar,
}

impl Shared {
    fn slot(&self) -> MutexGuard<'_, Slot> {
        // The slot holds plain values: whatever panicked while holding it left it whole.
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The window's end of the thread; the thread ends when this is dropped.
#[derive(Debug)]
pub struct Engine {
    shared: Arc<Shared>,
    made: Receiver<Made>,
}

enum Work {
    Decode(Vec<u8>),
    View(Arc<Loaded>, Wish),
    Overview(Arc<Loaded>, Wish),
    Loupe(Arc<Loaded>, Wish),
    Other(Vec<u8>),
    Beside(Arc<Loaded>, Wish),
}

impl Engine {
    /// Starts the thread; it wakes the window through `ctx` when something is done.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(ctx: &Context) -> std::io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let (sender, made) = channel();
        let (theirs, ctx) = (Arc::clone(&shared), ctx.clone());
        std::thread::Builder::new()
            .name("radiograph".to_owned())
            .spawn(move || run(&theirs, &sender, &ctx))?;
        Ok(Self { shared, made })
    }

    /// Decodes a file; what waited for an image before is forgotten.
    pub fn decode(&self, bytes: Vec<u8>) {
        let mut slot = self.shared.slot();
        *slot = Slot {
            bytes: Some(bytes),
            ..Slot::default()
        };
        self.shared.filled.notify_one();
    }

    /// Wishes a picture of the view.
    pub fn view(&self, loaded: &Arc<Loaded>, wish: Wish) {
        self.shared.slot().view = Some((Arc::clone(loaded), wish));
        self.shared.filled.notify_one();
    }

    /// Wishes a picture of the whole image.
    pub fn overview(&self, loaded: &Arc<Loaded>, wish: Wish) {
        self.shared.slot().overview = Some((Arc::clone(loaded), wish));
        self.shared.filled.notify_one();
    }

    /// Wishes a picture of what is under the loupe.
    pub fn loupe(&self, loaded: &Arc<Loaded>, wish: Wish) {
        self.shared.slot().loupe = Some((Arc::clone(loaded), wish));
        self.shared.filled.notify_one();
    }

    /// Decodes a file to compare with.
    pub fn decode_beside(&self, bytes: Vec<u8>) {
        self.shared.slot().other = Some(bytes);
        self.shared.filled.notify_one();
    }

    /// Wishes a picture of what is compared with.
    pub fn beside(&self, loaded: &Arc<Loaded>, wish: Wish) {
        self.shared.slot().beside = Some((Arc::clone(loaded), wish));
        self.shared.filled.notify_one();
    }

    /// What was done since.
    pub fn made(&self) -> impl Iterator<Item = Made> + '_ {
        self.made.try_iter()
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.shared.slot().closed = true;
        self.shared.filled.notify_one();
    }
}

fn run(shared: &Shared, sender: &Sender<Made>, ctx: &Context) {
    let mut kept = Kept::default();
    // Of its own, so that two images do not drive each other's filtered layer out.
    let mut kept_beside = Kept::default();
    while let Some(work) = next(shared) {
        let drawn: (Arc<Loaded>, Wish, fn(Picture) -> Made) = match work {
            Work::Decode(bytes) => {
                // What was made of the image before goes before the next one takes its memory.
                kept = Kept::default();
                kept_beside = Kept::default();
                let loaded = Made::Loaded(load(&bytes).map(Arc::new));
                if sender.send(loaded).is_err() {
                    return;
                }
                ctx.request_repaint();
                continue;
            }
            Work::Other(bytes) => {
                kept_beside = Kept::default();
                let other = Made::Other(load(&bytes).map(Arc::new));
                if sender.send(other).is_err() {
                    return;
                }
                ctx.request_repaint();
                continue;
            }
            Work::Beside(loaded, wish) => {
                kept_beside.filter(&loaded, wish);
                let picture = Made::Beside(kept_beside.draw(&loaded, wish));
                if sender.send(picture).is_err() {
                    return;
                }
                ctx.request_repaint();
                continue;
            }
            Work::View(loaded, wish) => (loaded, wish, Made::View),
            Work::Overview(loaded, wish) => (loaded, wish, Made::Overview),
            Work::Loupe(loaded, wish) => (loaded, wish, Made::Loupe),
        };
        let (loaded, wish, made) = drawn;
        let filtered = kept.filter(&loaded, wish).map(Made::Filtered);
        let picture = made(kept.draw(&loaded, wish));
        for made in filtered.into_iter().chain([picture]) {
            if sender.send(made).is_err() {
                return;
            }
        }
        ctx.request_repaint();
    }
}

/// Waits for work: a file first, then the view, the loupe, what is beside it, the overview; `None` when the window is gone.
fn next(shared: &Shared) -> Option<Work> {
    let mut slot = shared.slot();
    loop {
        if slot.closed {
            return None;
        }
        if let Some(bytes) = slot.bytes.take() {
            return Some(Work::Decode(bytes));
        }
        if let Some((loaded, wish)) = slot.view.take() {
            return Some(Work::View(loaded, wish));
        }
        if let Some((loaded, wish)) = slot.loupe.take() {
            return Some(Work::Loupe(loaded, wish));
        }
        if let Some((loaded, wish)) = slot.beside.take() {
            return Some(Work::Beside(loaded, wish));
        }
        if let Some(bytes) = slot.other.take() {
            return Some(Work::Other(bytes));
        }
        if let Some((loaded, wish)) = slot.overview.take() {
            return Some(Work::Overview(loaded, wish));
        }
        slot = shared
            .filled
            .wait(slot)
            .unwrap_or_else(PoisonError::into_inner);
    }
}
