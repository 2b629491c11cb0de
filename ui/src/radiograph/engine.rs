//! The thread that decodes and renders. It always works on the latest wish; older ones are forgotten.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use egui::{Context, Pos2};
use outpost_imaging::compare::{RegisterError, Registration, register};
use outpost_imaging::load::{Count, count_along};
use outpost_imaging::orientation::Orientation;
use outpost_imaging::regions::Region;
use outpost_imaging::shapes::Point;
use outpost_imaging::suggest::{Declared, Seen, Suggestion, suggestions};
use outpost_imaging::{Air, DecodeError, Materials};

use super::draw::{Filtered, Kept, LeftOff, Picture, Wish};
use super::loaded::{File, Loaded};
use super::measure::Inside;
use super::project::{Hidden, Practising, practise};

/// What the thread has done.
#[derive(Debug)]
pub enum Made {
    /// An image is decoded, or could not be.
    Loaded(Result<Arc<Loaded>, DecodeError>),
    /// A scan is made ready for practice, with what was projected into it, or could not be.
    Projected(Result<(Arc<Loaded>, Option<Hidden>), DecodeError>),
    /// The image is turned.
    Turned(Orientation, Arc<Loaded>),
    /// The view is drawn.
    View(Picture),
    /// The overview is drawn.
    Overview(Picture),
    /// What is under the loupe is drawn.
    Loupe(Picture),
    /// A layer went through the filters.
    Filtered(Filtered),
    /// What an image is made of was found.
    Materials(Arc<Loaded>, Arc<Materials>),
    /// An image to compare with is decoded, or could not be.
    Other(Result<Arc<Loaded>, DecodeError>),
    /// The image to compare with is drawn.
    Beside(Picture),
    /// How the image to compare with lies on the image, or why that cannot be told.
    Registered(Arc<Loaded>, Result<Registration, RegisterError>),
    /// What stands out on the image, as it came.
    Suggested(Arc<Loaded>, Vec<Suggestion>),
    /// Objects along the line between two pixels are counted.
    Counted([Pos2; 2], Option<Count>),
    /// A region is measured; `None` when nothing of it is on the image.
    Inside(Option<Inside>),
}

/// What waits for the thread; each place holds the latest only.
#[derive(Debug, Default)]
struct Slot {
    file: Option<(File, Option<Practising>)>,
    view: Option<(Arc<Loaded>, Wish)>,
    overview: Option<(Arc<Loaded>, Wish)>,
    loupe: Option<(Arc<Loaded>, Wish)>,
    turn: Option<(Arc<Loaded>, Orientation)>,
    other: Option<(File, Orientation)>,
    beside: Option<(Arc<Loaded>, Wish)>,
    count: Option<(Arc<Loaded>, [Pos2; 2])>,
    inside: Option<(Arc<Loaded>, Region, Option<f32>)>,
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

impl Shared {
    /// Whether nothing has come since that makes the filtered layer of a wish useless: another file, another way to lie,
    /// or a later wish of its kind through other filters.
    fn waits_for(&self, wish: &Wish, kind: Kind) -> bool {
        let slot = self.slot();
        let overtaken = kind(&slot).as_ref().is_some_and(|(_, next)| {
            (next.layer, next.look.filters) != (wish.layer, wish.look.filters)
        });
        !(slot.closed || slot.file.is_some() || slot.turn.is_some() || overtaken)
    }
}

/// Where the wishes of a kind wait.
type Kind = fn(&Slot) -> &Option<(Arc<Loaded>, Wish)>;

/// The window's end of the thread; the thread ends when this is dropped.
#[derive(Debug)]
pub struct Engine {
    shared: Arc<Shared>,
    made: Receiver<Made>,
    sender: Sender<Made>,
    ctx: Context,
}

enum Work {
    Decode(File, Option<Practising>),
    View(Arc<Loaded>, Wish),
    Overview(Arc<Loaded>, Wish),
    Loupe(Arc<Loaded>, Wish),
    Turn(Arc<Loaded>, Orientation),
    Other(File, Orientation),
    Beside(Arc<Loaded>, Wish),
    Count(Arc<Loaded>, [Pos2; 2]),
    Inside(Arc<Loaded>, Region, Option<f32>),
}

impl Engine {
    /// Starts the thread; it wakes the window through `ctx` when something is done.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(ctx: &Context) -> std::io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let (sender, made) = channel();
        let (theirs, wake, tell) = (Arc::clone(&shared), ctx.clone(), sender.clone());
        std::thread::Builder::new()
            .name("radiograph".to_owned())
            .spawn(move || run(&theirs, &tell, &wake))?;
        Ok(Self {
            shared,
            made,
            sender,
            ctx: ctx.clone(),
        })
    }

    /// Decodes a file, for practice when that is told; what waited for an image before is forgotten.
    pub fn decode(&self, file: File, practising: Option<Practising>) {
        let mut slot = self.shared.slot();
        *slot = Slot {
            file: Some((file, practising)),
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

    /// Turns an image that stands upright; wishes for it as it lay before are forgotten.
    pub fn turn(&self, upright: &Arc<Loaded>, orientation: Orientation) {
        let mut slot = self.shared.slot();
        *slot = Slot {
            turn: Some((Arc::clone(upright), orientation)),
            ..Slot::default()
        };
        self.shared.filled.notify_one();
    }

    /// Decodes a file to compare with, and turns it as the image lies.
    pub fn decode_beside(&self, file: File, orientation: Orientation) {
        self.shared.slot().other = Some((file, orientation));
        self.shared.filled.notify_one();
    }

    /// Wishes a picture of what is compared with.
    pub fn beside(&self, loaded: &Arc<Loaded>, wish: Wish) {
        self.shared.slot().beside = Some((Arc::clone(loaded), wish));
        self.shared.filled.notify_one();
    }

    /// Lays an image to compare with on the image by what both show. On a thread of its own: it may take longer than
    /// the view can wait.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn register(&self, image: &Arc<Loaded>, other: &Arc<Loaded>) -> std::io::Result<()> {
        let (image, other) = (Arc::clone(image), Arc::clone(other));
        let (sender, ctx) = (self.sender.clone(), self.ctx.clone());
        let work = move || {
            let [Some(fixed), Some(moving)] = [image.layers.first(), other.layers.first()] else {
                return;
            };
            let hint = image
                .pitch_mm
                .zip(other.pitch_mm)
                .map(|(own, its)| its / own);
            let registered = register(
                fixed.pyramid.base(),
                fixed.air,
                moving.pyramid.base(),
                moving.air,
                hint,
            );
            // Nobody listens any more when the window is gone.
            if sender.send(Made::Registered(other, registered)).is_ok() {
                ctx.request_repaint();
            }
        };
        let name = "radiograph-register".to_owned();
        std::thread::Builder::new().name(name).spawn(work).map(drop)
    }

    /// Looks for what stands out on an image as it came, on a thread of its own.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn suggest(
        &self,
        upright: &Arc<Loaded>,
        declared: Declared,
        pitch_mm: Option<f32>,
    ) -> std::io::Result<()> {
        let (image, sender, ctx) = (Arc::clone(upright), self.sender.clone(), self.ctx.clone());
        let work = move || {
            let Some(first) = image.layers.first() else {
                return;
            };
            let low = image.energies().map(|(_, low, _)| low);
            let seen = Seen {
                high: first.pyramid.base(),
                low: low.map(|layer| layer.pyramid.base()),
                air: Air {
                    high: first.air,
                    low: low.map_or(first.air, |layer| layer.air),
                },
                pitch_mm,
                hold: None,
            };
            let found = suggestions(&seen, &declared);
            // Nobody listens any more when the window is gone.
            if sender.send(Made::Suggested(image, found)).is_ok() {
                ctx.request_repaint();
            }
        };
        let name = "radiograph-suggest".to_owned();
        std::thread::Builder::new().name(name).spawn(work).map(drop)
    }

    /// Counts the objects along a line.
    pub fn count(&self, loaded: &Arc<Loaded>, ends: [Pos2; 2]) {
        self.shared.slot().count = Some((Arc::clone(loaded), ends));
        self.shared.filled.notify_one();
    }

    /// Measures a region.
    pub fn inside(&self, loaded: &Arc<Loaded>, region: Region, pitch_mm: Option<f32>) {
        self.shared.slot().inside = Some((Arc::clone(loaded), region, pitch_mm));
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
        let made = match work {
            Work::Decode(file, practising) => {
                // What was made of the image before goes before the next one takes its memory.
                kept = Kept::default();
                kept_beside = Kept::default();
                vec![decoded(&file, practising)]
            }
            Work::Turn(upright, orientation) => {
                kept = Kept::default();
                vec![Made::Turned(orientation, turned(upright, orientation))]
            }
            Work::Other(file, orientation) => {
                kept_beside = Kept::default();
                let loaded = file.load().map(Arc::new);
                vec![Made::Other(loaded.map(|image| turned(image, orientation)))]
            }
            Work::Beside(loaded, wish) => {
                let wanted = || shared.waits_for(&wish, |slot| &slot.beside);
                match kept_beside.filter(&loaded, wish, wanted) {
                    Ok(_) => vec![Made::Beside(kept_beside.draw(&loaded, wish))],
                    Err(LeftOff) => continue,
                }
            }
            Work::Count(loaded, ends) => vec![Made::Counted(ends, counted(&loaded, ends))],
            Work::Inside(loaded, region, pitch_mm) => {
                vec![Made::Inside(Inside::of(&loaded, &region, pitch_mm))]
            }
            Work::View(loaded, wish) => {
                let wanted = || shared.waits_for(&wish, |slot| &slot.view);
                picture(&mut kept, &loaded, wish, wanted, Made::View)
            }
            Work::Overview(loaded, wish) => {
                let wanted = || shared.waits_for(&wish, |slot| &slot.overview);
                picture(&mut kept, &loaded, wish, wanted, Made::Overview)
            }
            Work::Loupe(loaded, wish) => {
                let wanted = || shared.waits_for(&wish, |slot| &slot.loupe);
                picture(&mut kept, &loaded, wish, wanted, Made::Loupe)
            }
        };
        for made in made {
            if sender.send(made).is_err() {
                return;
            }
        }
        ctx.request_repaint();
    }
}

fn decoded(file: &File, practising: Option<Practising>) -> Made {
    match practising {
        Some(how) => {
            let made = practise(&file.bytes, how);
            Made::Projected(made.map(|(loaded, hidden)| (Arc::new(loaded), hidden)))
        }
        None => Made::Loaded(file.load().map(Arc::new)),
    }
}

/// A picture, after the filtered layer and the materials that were new in making it.
fn picture(
    kept: &mut Kept,
    loaded: &Arc<Loaded>,
    wish: Wish,
    wanted: impl Fn() -> bool,
    made: fn(Picture) -> Made,
) -> Vec<Made> {
    let Ok(filtered) = kept.filter(loaded, wish, wanted) else {
        // The wish that came in its place is next.
        return Vec::new();
    };
    let filtered = filtered.map(Made::Filtered);
    let known = kept.found_materials().is_some();
    let picture = made(kept.draw(loaded, wish));
    let materials = kept.found_materials().filter(|_| !known);
    let materials = materials.map(|found| Made::Materials(Arc::clone(loaded), Arc::clone(found)));
    filtered
        .into_iter()
        .chain(materials)
        .chain([picture])
        .collect()
}

fn turned(upright: Arc<Loaded>, orientation: Orientation) -> Arc<Loaded> {
    if orientation == Orientation::UPRIGHT {
        return upright;
    }
    Arc::new(upright.oriented(orientation))
}

/// Pixels across a line over which it is averaged when objects are counted.
const BREADTH: f32 = 9.0;

fn counted(loaded: &Loaded, ends: [Pos2; 2]) -> Option<Count> {
    let layer = loaded.layers.first()?;
    let [from, to] = ends.map(|end| Point::new(end.x, end.y));
    count_along(layer.pyramid.base(), layer.air, from, to, BREADTH)
}

/// Waits for work: a file first, then the view, the loupe, what is beside it, the overview; `None` when the window is gone.
fn next(shared: &Shared) -> Option<Work> {
    let mut slot = shared.slot();
    loop {
        if slot.closed {
            return None;
        }
        if let Some((file, practising)) = slot.file.take() {
            return Some(Work::Decode(file, practising));
        }
        if let Some((upright, orientation)) = slot.turn.take() {
            return Some(Work::Turn(upright, orientation));
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
        if let Some((file, orientation)) = slot.other.take() {
            return Some(Work::Other(file, orientation));
        }
        if let Some((loaded, region, pitch_mm)) = slot.inside.take() {
            return Some(Work::Inside(loaded, region, pitch_mm));
        }
        if let Some((loaded, ends)) = slot.count.take() {
            return Some(Work::Count(loaded, ends));
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
