//! Officers, PINs, keys, sessions and settings.

use outpost_api::{PostInfo, Session};
use outpost_db::PinCheck;
use outpost_domain::*;

use crate::world::*;

pub fn info(officers: Vec<Officer>) -> PostInfo {
    PostInfo {
        bundle_recipient: None,
        receipt_key: None,
        post: Post {
            code: "TZDAR".parse().unwrap(),
            name: "Dar es Salaam shed".to_owned(),
            zone: "Africa/Dar_es_Salaam".to_owned(),
            bays: vec!["B1".to_owned()],
            travel_minutes: 0,
            suggestions_off: false,
            practice_off: false,
            hours: None,
        },
        officers,
        epoch: EPOCH,
        server_time: time(0),
        demonstration: None,
    }
}

#[test]
fn the_post_replaces_its_officers_and_a_change_adds_to_them() {
    let world = World::empty();
    let (anna, ben) = (officer(1, Agency::Customs), officer(2, Agency::Veterinary));
    assert!(
        !world
            .store
            .put_post_info(&info(vec![anna.clone()]))
            .unwrap()
            .epoch_changed
    );
    world.pull(&[outpost_api::Change::Officer {
        officer: ben.clone(),
    }]);
    assert_eq!(world.store.officers().unwrap(), [anna.clone(), ben.clone()]);
    world.store.put_post_info(&info(vec![ben.clone()])).unwrap();
    let world = world.reopened();
    assert_eq!(world.store.officer(ben.id).unwrap(), Some(ben.clone()));
    assert_eq!(world.store.officers().unwrap(), [ben]);
    assert_eq!(world.store.officer(anna.id).unwrap(), None);
    assert_eq!(world.store.post_info().unwrap().unwrap().post.bays, ["B1"]);
}

#[test]
fn an_officers_key_is_made_once() {
    let world = World::empty();
    let id = officer(1, Agency::Customs).id;
    let key = world.store.signing_key(id).unwrap().to_bytes();
    world.store.set_pin(id, "135790").unwrap();
    let world = world.reopened();
    assert_eq!(world.store.signing_key(id).unwrap().to_bytes(), key);
    let other = officer(2, Agency::Customs).id;
    assert_ne!(world.store.signing_key(other).unwrap().to_bytes(), key);
}

#[test]
fn a_pin_is_judged_without_a_line_and_guessing_it_is_slow() {
    let mut world = World::empty();
    let id = officer(1, Agency::Customs).id;
    let check =
        |world: &World, pin: &str, second| world.store.check_pin(id, pin, time(second)).unwrap();
    assert_eq!(check(&world, "135790", 0), PinCheck::Unknown);
    world.store.set_pin(id, "135790").unwrap();
    assert_eq!(check(&world, "135790", 0), PinCheck::Right);
    for wait_until in [None, None, Some(time(31))] {
        assert_eq!(check(&world, "000000", 1), PinCheck::Wrong { wait_until });
        world = world.reopened();
    }
    let until = time(31);
    assert_eq!(
        check(&world, "135790", 30),
        PinCheck::Waiting { until },
        "even the right one"
    );
    let wrong = PinCheck::Wrong {
        wait_until: Some(time(31 + 60)),
    };
    assert_eq!(check(&world, "000000", 31), wrong, "twice as long");
    assert_eq!(check(&world, "135790", 91), PinCheck::Right);
    assert_eq!(
        check(&world, "000000", 92),
        PinCheck::Wrong { wait_until: None }
    );
}

#[test]
fn a_clock_set_back_neither_frees_the_way_nor_bars_it() {
    let world = World::empty();
    let id = officer(1, Agency::Customs).id;
    world.store.set_pin(id, "135790").unwrap();
    for _ in 0..3 {
        world.store.check_pin(id, "000000", time(0)).unwrap();
    }
    let year = 365 * 24 * 3_600;
    let back = world.store.check_pin(id, "135790", time(-year)).unwrap();
    assert_eq!(
        back,
        PinCheck::Waiting {
            until: time(30 - year)
        }
    );
}

#[test]
fn sessions_and_settings_are_kept() {
    let world = World::empty();
    let anna = officer(1, Agency::Customs);
    let session = Session {
        token: "secret".to_owned(),
        expires_at: time(60),
        officer: anna.clone(),
    };
    world.store.put_session(&session).unwrap();
    world.store.set_setting("theme", "dark").unwrap();
    world.store.set_setting("glove", "on").unwrap();
    world.store.set_setting("glove", "").unwrap();
    world.store.note_exchange(time(9)).unwrap();
    let world = world.reopened();
    assert_eq!(world.store.sessions().unwrap(), [session]);
    let settings: Vec<_> = world.store.settings().unwrap().into_iter().collect();
    assert_eq!(settings, [("theme".to_owned(), "dark".to_owned())]);
    assert_eq!(world.store.last_exchange().unwrap(), Some(time(9)));
    world.store.drop_session(anna.id).unwrap();
    assert_eq!(world.store.sessions().unwrap(), []);
}
