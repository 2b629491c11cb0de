//! The laptop wakes, or its network is another one: what hangs on the old connections is left off, and the line is tried
//! at once over new ones.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use outpost_domain::Agency;

use crate::support::*;

/// How long what hangs may hold the line up once it is known; the client alone would wait for twenty seconds.
const AT_ONCE: Duration = Duration::from_secs(8);

/// A way to the central whose connections go dead when the test says so: they stay open, and what is sent vanishes.
struct Way {
    url: String,
    dead: Arc<AtomicUsize>,
    swallowed: Arc<AtomicUsize>,
}

impl Way {
    fn to(central: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (dead, swallowed) = (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
        let central = central.trim_start_matches("http://").to_owned();
        let (ends, vanished) = (dead.clone(), swallowed.clone());
        std::thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                let Ok(far) = TcpStream::connect(&central) else {
                    continue;
                };
                let born = ends.load(Ordering::SeqCst);
                for (from, to) in [(&near, &far), (&far, &near)] {
                    let (from, to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
                    let (ends, vanished) = (ends.clone(), vanished.clone());
                    std::thread::spawn(move || carry(from, to, born, &ends, &vanished));
                }
            }
        });
        Self {
            url,
            dead,
            swallowed,
        }
    }

    /// The connections that are there go dead; new ones are sound.
    fn go_dead(&self) {
        self.dead.fetch_add(1, Ordering::SeqCst);
    }
}

fn carry(
    mut from: TcpStream,
    mut to: TcpStream,
    born: usize,
    dead: &AtomicUsize,
    swallowed: &AtomicUsize,
) {
    let mut bytes = [0; 16 * 1024];
    loop {
        match from.read(&mut bytes) {
            Ok(0) | Err(_) => break,
            Ok(_) if dead.load(Ordering::SeqCst) > born => {
                swallowed.fetch_add(1, Ordering::SeqCst);
            }
            Ok(count) => {
                if to.write_all(&bytes[..count]).is_err() {
                    break;
                }
            }
        }
    }
    if dead.load(Ordering::SeqCst) == born {
        // The other end may have gone already.
        let _ = to.shutdown(Shutdown::Both);
    }
}

#[test]
fn what_hangs_on_a_dead_connection_is_sent_at_once_when_the_network_has_changed() {
    let central = Central::start(3);
    let way = Way::to(&central.url);
    let data = tempfile::tempdir().unwrap();
    let desk = desk(data.path(), &way.url);
    let mut window = Window::open(&desk);
    window.sign_in(Agency::Customs);
    window.until("the worklist", |w| w.rows.len() == 3);
    let inspection = *window.rows.keys().next().unwrap();
    let before = central.entries(inspection).len();

    way.go_dead();
    window
        .finding(inspection, "written in the lift", vec![])
        .unwrap();
    window.until("the entry waits", |w| w.waiting() == 1);
    let vanished = std::time::Instant::now() + PATIENCE;
    while way.swallowed.load(Ordering::SeqCst) == 0 {
        assert!(std::time::Instant::now() < vanished, "nothing was sent");
        std::thread::yield_now();
    }
    assert_eq!(central.entries(inspection).len(), before);

    desk.network_changed();
    window.within(AT_ONCE, "the entry is at the central", |w| w.waiting() == 0);
    assert_eq!(central.entries(inspection).len(), before + 1);
    drop(window);
    desk.shutdown();
}
