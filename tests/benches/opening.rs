//! From the click on a scan of 28 MB until it is on the screen: out of the encrypted store, through the pipe in the
//! frames of the protocol, decoded and drawn by the window's own workbench; and the memory that this takes. The
//! processor draws, no screen is waited for.
#![allow(clippy::unwrap_used, missing_docs)]

use std::io::{BufReader, BufWriter, Cursor, Write as _};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use egui::{Context, RawInput, Rect, pos2};
use jiff::Timestamp;
use outpost_db::{KeySource, Store};
use outpost_domain::BlobHash;
use outpost_protocol::{Asked, Reply, Request, Said, read_frame, write_frame};
use outpost_ui::link::{Incoming, Link};
use outpost_ui::radiograph::{self, Bench, Fetch, Progress};
use tiff::encoder::{TiffEncoder, colortype::Gray16};

const WIDTH: u32 = 6000;
const HEIGHT: u32 = 2400;
const RUNS: usize = 15;
const LONGEST: Duration = Duration::from_mins(1);
const MOMENT: Duration = Duration::from_millis(2);

/// Moments after the click.
#[derive(Clone, Copy)]
struct Took {
    /// The last byte was there.
    bytes: Duration,
    /// The image was decoded.
    decoded: Duration,
    /// What is wished of it was drawn.
    drawn: Duration,
}

fn main() {
    let mut wanted = std::env::args()
        .skip(1)
        .filter(|a| !a.starts_with('-'))
        .peekable();
    if wanted.peek().is_some() && !wanted.any(|name| "opening a scan".contains(&name)) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(Store::create(folder.path(), &KeySource::Raw([7; 32])).unwrap());
    let file = scan();
    let (blob, bytes) = (BlobHash::of(&file), file.len() as u64);
    store
        .put_blob(&file, "image/tiff", "", Timestamp::now())
        .unwrap();
    drop(file);
    let planes = u64::from(WIDTH) * u64::from(HEIGHT) * 2;
    let before = forget_peak();
    let first = open(&store, blob, bytes);
    // Of the first alone: what the allocator keeps of one run is no need of the next.
    let more = peak_kb().saturating_sub(before) * 1024;
    let mut all: Vec<Took> = (1..RUNS).map(|_| open(&store, blob, bytes)).collect();
    all.push(first);
    let mut median = |of: fn(&Took) -> Duration| {
        all.sort_by_key(of);
        of(&all[RUNS / 2]).as_secs_f64() * 1000.0
    };
    println!("a scan of {:.1} MB, median of {RUNS}:", bytes as f64 / 1e6);
    println!(
        "  bytes out of the store and through the pipe {:.0} ms",
        median(|t| t.bytes)
    );
    println!("  decoded {:.0} ms", median(|t| t.decoded));
    println!("  drawn {:.0} ms", median(|t| t.drawn));
    println!(
        "  memory of both ends at its highest, the first time {:.2} × the decoded planes",
        more as f64 / planes as f64
    );
}

/// Opens the scan as the window does, frame by frame.
fn open(store: &Arc<Store>, blob: BlobHash, bytes: u64) -> Took {
    let (theirs, asks) = std::io::pipe().unwrap();
    let (answers, ours) = std::io::pipe().unwrap();
    let desk = {
        let store = Arc::clone(store);
        std::thread::spawn(move || serve(&store, theirs, ours))
    };
    let (wake, woken) = channel();
    let link = Link::over(answers, asks, wakes(&wake)).unwrap();
    let ctx = Context::default();
    let repaint = wakes(&wake);
    let repaint = std::sync::Mutex::new(repaint);
    ctx.set_request_repaint_callback(move |_| (repaint.lock().unwrap())());
    let took = frames(&ctx, link, &woken, blob, bytes);
    desk.join().unwrap();
    took
}

fn wakes(to: &Sender<()>) -> impl Fn() + Send + 'static {
    let to = to.clone();
    move || {
        // Nobody waits any more at the end of a run.
        let _gone = to.send(());
    }
}

fn frames(ctx: &Context, link: Link, woken: &Receiver<()>, blob: BlobHash, bytes: u64) -> Took {
    let began = Instant::now();
    let mut fetch = Some(Fetch::new(bytes));
    let mut bench = Bench::default();
    let mut id = 0;
    let (mut here, mut decoded) = (None, None);
    loop {
        while let Some((offset, length)) = fetch.as_mut().and_then(Fetch::ask) {
            id += 1;
            let request = Request::GetBlob {
                blob,
                offset,
                length,
            };
            assert!(link.send(Asked { id, request }, Vec::new()));
        }
        while let Some(incoming) = link.receive() {
            if let Some(file) = taken(&mut fetch, incoming) {
                here = Some(began.elapsed());
                bench.open(ctx, file);
            }
        }
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(
                pos2(0.0, 0.0),
                egui::vec2(1920.0, 1080.0),
            )),
            ..RawInput::default()
        };
        let mut done = false;
        let mut output = ctx.run_ui(input, |ui| {
            bench.receive(ui.ctx());
            if bench.image().is_some() {
                decoded.get_or_insert_with(|| began.elapsed());
                radiograph::canvas(ui, &mut bench, &[], "scan", ["", ""]);
                done = bench.settled();
            }
        });
        output.textures_delta.clear();
        if let (true, Some(bytes), Some(decoded)) = (done, here, decoded) {
            let drawn = began.elapsed();
            return Took {
                bytes,
                decoded,
                drawn,
            };
        }
        assert!(began.elapsed() < LONGEST, "it was never drawn");
        // Woken, or a moment later: egui passes on only the first of several wishes to be drawn again.
        let _woken = woken.recv_timeout(MOMENT);
        while woken.try_recv().is_ok() {}
    }
}

/// The file, once it is whole.
fn taken(fetch: &mut Option<Fetch>, incoming: Incoming) -> Option<Vec<u8>> {
    let Incoming::Said(said, segment) = incoming else {
        panic!("the pipe ended");
    };
    let Said::Reply {
        reply: Reply::Bytes { offset, total },
        ..
    } = *said
    else {
        panic!("{said:?}");
    };
    match fetch.as_mut()?.received(offset, total, &segment) {
        Progress::Complete(file) => {
            *fetch = None;
            Some(file)
        }
        Progress::More => None,
        broken @ Progress::Broken { .. } => panic!("{broken:?}"),
    }
}

/// The desk's end: parts of blobs in the order in which they are asked for.
fn serve(store: &Store, asks: std::io::PipeReader, answers: std::io::PipeWriter) {
    let mut asks = BufReader::new(asks);
    let mut answers = BufWriter::with_capacity(1 << 16, answers);
    while let Ok(Some(frame)) = read_frame::<Asked>(&mut asks) {
        let Asked { id, request } = frame.message;
        let Request::GetBlob {
            blob,
            offset,
            length,
        } = request
        else {
            panic!("{request:?}");
        };
        let total = store.blob(blob).unwrap().unwrap().bytes;
        let part = store.read_blob(blob, offset, length).unwrap();
        let reply = Reply::Bytes { offset, total };
        write_frame(&mut answers, &Said::Reply { id, reply }, &part).unwrap();
        answers.flush().unwrap();
    }
}

/// Bright air, shadows with edges, detector noise.
fn scan() -> Vec<u8> {
    let mut state = 0x9e37_79b9_u32;
    let samples: Vec<u16> = (0..WIDTH * HEIGHT)
        .map(|at| {
            let (x, y) = (at % WIDTH, at / WIDTH);
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = (state >> 25) as u16;
            let inside = (300..5700).contains(&x) && (500..2000).contains(&y);
            let shade = (x / 40 % 9 * 1500 + y / 60 % 5 * 2000) as u16;
            if inside {
                8000 + shade + noise
            } else {
                60_000 + noise
            }
        })
        .collect();
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut bytes).unwrap();
    let mut image = encoder.new_image::<Gray16>(WIDTH, HEIGHT).unwrap();
    image.rows_per_strip(16).unwrap();
    image.write_data(&samples).unwrap();
    bytes.into_inner()
}

/// Forgets the highest memory so far; what is held now, kB.
fn forget_peak() -> u64 {
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    status_kb("VmRSS:")
}

fn peak_kb() -> u64 {
    status_kb("VmHWM:")
}

fn status_kb(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
