//! Comments and assignments through the desk: who sees what, what is written, without a line and after it.

use outpost_domain::{Agency, Audience, EntryBody, InspectionId, Officer, PaperLanguage, Role};
use outpost_protocol::{Document, Reply, Request};
use uuid::Uuid;

use crate::support::{Central, Window, desk};

fn by_role(window: &Window, role: Role) -> Officer {
    let officers = &window.status.as_ref().unwrap().officers;
    let fits = |o: &&Officer| o.agency == Agency::Customs && o.role == role;
    officers.iter().find(fits).unwrap().clone()
}

fn sign_in_as(window: &mut Window, officer: &Officer) {
    let pin = window.status.as_ref().unwrap().demonstration_pin.clone();
    window.complete = false;
    let officer = officer.id;
    let pin = pin.unwrap();
    window.ask(Request::SignIn { officer, pin }).unwrap();
    window.until("the rows", |w| w.complete && !w.rows.is_empty());
}

/// Inspections of customs and the veterinary service.
fn with_vets(window: &Window) -> Vec<InspectionId> {
    let both = |row: &&outpost_protocol::WorklistRow| {
        let mut states = row.row.agencies.iter();
        states.any(|a| a.agency == Agency::Veterinary)
    };
    let mut ids: Vec<_> = window
        .rows
        .values()
        .filter(both)
        .map(|r| r.row.id)
        .collect();
    ids.sort_unstable();
    ids
}

fn comment(audience: Audience, text: &str) -> EntryBody {
    EntryBody::CommentWritten {
        text: text.to_owned(),
        audience,
        to: None,
    }
}

#[test]
fn a_comment_for_one_agency_stays_with_it_on_a_shared_laptop_on_paper_and_on_another_laptop() {
    let mut central = Central::start(60);
    let (ours, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let shared = desk(ours.path(), &central.url);
    let mut window = Window::open(&shared);
    window.sign_in(Agency::Customs);
    window.until("the rows", |w| w.complete && !w.rows.is_empty());
    let id = with_vets(&window)[0];
    let secret = "the informant names the front wall";
    let open = "bay 4 is wet";
    window
        .record(id, comment(Audience::OwnAgency, secret))
        .unwrap();
    window
        .record(id, comment(Audience::Concerned, open))
        .unwrap();
    assert_eq!(window.opened(id).state.comments.len(), 2);
    let recorded = window.opened(id).history.len();
    window.until("both are at the central", |w| {
        w.waiting() == 0 && central.entries(id).len() == recorded
    });

    let told = |opened: &outpost_protocol::Opened| serde_json::to_string(opened).unwrap();
    window.ask(Request::SignOut).unwrap();
    window.complete = false;
    window.sign_in(Agency::Veterinary);
    window.until("the rows", |w| w.complete);
    let seen = window.opened(id);
    assert!(!told(&seen).contains(secret) && told(&seen).contains(open));
    assert_eq!(window.rows[&id].row.comments.len(), 1);
    let request = Request::WriteDocument {
        inspection: id,
        document: Document::JointRecord,
        language: PaperLanguage::English,
    };
    let Reply::Written { path } = window.ask(request).unwrap() else {
        panic!("no paper");
    };
    assert!(!std::fs::read_to_string(path).unwrap().contains(secret));

    let other = desk(theirs.path(), &central.url);
    let mut vets = Window::open(&other);
    vets.sign_in(Agency::Veterinary);
    vets.until("the open comment", |w| {
        w.rows
            .get(&id)
            .is_some_and(|row| row.row.comments.len() == 1)
    });
    assert!(!told(&vets.opened(id)).contains(secret));
    // Customs sign in at that laptop too: what it was passed over with so far comes now.
    vets.ask(Request::SignOut).unwrap();
    vets.sign_in(Agency::Customs);
    vets.until("both comments", |w| {
        w.rows
            .get(&id)
            .is_some_and(|row| row.row.comments.len() == 2)
    });
    assert!(told(&vets.opened(id)).contains(secret));
    shared.shutdown();
    other.shutdown();
    central.stop();
}

#[test]
fn a_comment_names_only_whom_it_is_for() {
    let mut central = Central::start(60);
    let data = tempfile::tempdir().unwrap();
    let laptop = desk(data.path(), &central.url);
    let mut window = Window::open(&laptop);
    window.sign_in(Agency::Customs);
    window.until("the rows", |w| w.complete && !w.rows.is_empty());
    let id = with_vets(&window)[0];
    let vet = window.officer(Agency::Veterinary).id;
    let to_vet = EntryBody::CommentWritten {
        text: "look at the seal".to_owned(),
        audience: Audience::OwnAgency,
        to: Some(vet),
    };
    let refused = window.record(id, to_vet).unwrap_err();
    assert_eq!(refused.code, "not-named");
    laptop.shutdown();
    central.stop();
}

#[test]
fn several_are_given_at_once_without_a_line_and_what_cannot_be_is_told_by_name() {
    let mut central = Central::start(60);
    let data = tempfile::tempdir().unwrap();
    let laptop = desk(data.path(), &central.url);
    let mut window = Window::open(&laptop);
    let inspector = window.sign_in(Agency::Customs);
    window.until("the rows", |w| w.complete && !w.rows.is_empty());
    let fresh = |w: &Window| -> Vec<InspectionId> {
        let open = |row: &&outpost_protocol::WorklistRow| {
            let waiting = outpost_domain::SectionState::Waiting;
            row.row.assigned_to.is_empty() && row.row.agencies.iter().all(|a| a.state == waiting)
        };
        w.rows.values().filter(open).map(|r| r.row.id).collect()
    };
    let free = fresh(&window);
    let [first, second, ..] = free[..] else {
        panic!("too few are unassigned: {}", free.len());
    };
    let assign = |inspections: Vec<InspectionId>| Request::Assign {
        inspections,
        to: inspector.id,
    };
    let Reply::Assigned { done, not } = window.ask(assign(vec![first])).unwrap() else {
        panic!("no answer");
    };
    assert!(done.is_empty());
    assert_eq!(not[0].problem.code, "role-may-not");
    assert_eq!(not[0].unit, window.rows[&first].row.unit);

    window.ask(Request::SignOut).unwrap();
    let chief = by_role(&window, Role::Supervisor);
    sign_in_as(&mut window, &chief);
    window.ask(Request::PullLine { down: true }).unwrap();
    window.ask(assign(vec![first])).unwrap();
    let nowhere = InspectionId(Uuid::from_u128(9));
    let Reply::Assigned { done, not } = window.ask(assign(vec![first, nowhere, second])).unwrap()
    else {
        panic!("no answer");
    };
    assert_eq!(done, [second], "one that cannot be given holds up no other");
    let told: Vec<_> = not
        .iter()
        .map(|n| (n.inspection, n.problem.code.as_str()))
        .collect();
    assert_eq!(
        told,
        [(first, "already-assigned"), (nowhere, "unknown-inspection")]
    );
    for id in [first, second] {
        let opened = window.opened(id);
        assert_eq!(opened.state.assigned_to, [inspector.id]);
        assert_eq!(opened.state.assignments[0].by, chief.name);
    }
    // Given on to somebody else, it is the inspector's no longer.
    let analyst = by_role(&window, Role::Analyst);
    let on = Request::Assign {
        inspections: vec![second],
        to: analyst.id,
    };
    window.ask(on).unwrap();
    assert_eq!(window.opened(second).state.assigned_to, [analyst.id]);
    window.ask(Request::PullLine { down: false }).unwrap();
    window.until("everything is at the central", |w| {
        let there = |id| central.entries(id).len();
        w.waiting() == 0 && (there(first), there(second)) == (1, 2)
    });
    laptop.shutdown();
    central.stop();
}

#[test]
fn the_views_that_an_officer_keeps_are_nobody_elses() {
    let mut central = Central::start(20);
    let data = tempfile::tempdir().unwrap();
    let laptop = desk(data.path(), &central.url);
    let mut window = Window::open(&laptop);
    let me = window.sign_in(Agency::Customs);
    let name = format!("views:{}", me.id);
    let set = |name: &str| Request::Set {
        name: name.to_owned(),
        value: "[]".to_owned(),
    };
    window.ask(set(&name)).unwrap();
    let kept = |w: &Window| w.status.as_ref().unwrap().settings.contains_key(&name);
    window.until("the views", kept);
    window.ask(Request::SignOut).unwrap();
    window.sign_in(Agency::Veterinary);
    window.until("another officer", |w| {
        let officer = w.status.as_ref().and_then(|s| s.officer.as_ref());
        officer.is_some_and(|o| o.id != me.id)
    });
    assert!(!kept(&window));
    let refused = window.ask(set(&name)).unwrap_err();
    assert_eq!(refused.code, "not-yours");
    window.ask(Request::SignOut).unwrap();
    window.sign_in(Agency::Customs);
    window.until("the views again", kept);
    laptop.shutdown();
    central.stop();
}
