//! The window: takes in what the desk said, draws the page, carries out what the officer wants. One frame is
//! [`Window::frame`]; nothing in it waits, and nothing is drawn again until something happens.

mod asking;
mod bundles;
mod import;
mod insights;
mod keys;
mod papers;
mod performing;
mod practice;
mod settings;
mod turns;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use egui::{Context, Ui};
use jiff::Timestamp;
use jiff::civil::Date;
use outpost_domain::InspectionId;
use outpost_protocol::{PROTOCOL_VERSION, Request, StoreState};

use crate::design::bars::{RailItem, rail};
use crate::design::notice::{banner, toast};
use crate::design::{Button, Look, SPACE_M, ThemeChoice, Tone, blank, dark_scope, icons, theme};
use crate::intent::{Intent, Place};
use crate::link::Link;
use crate::model::{Desk, Model};
use crate::screens::settings::central;
use crate::screens::{
    agenda, calendar, import as import_page, insights as figures, inspection, keys as key_sheet,
    palette, practice as practice_page, settings as workstation, sign_in, start, status, sync,
    worklist,
};
use crate::text::{Language, speak, tr, tr_args, tr_problem};

use asking::Purpose;
pub use papers::Opener;
use papers::Papers;

/// How long a good word stays, seconds.
const WORD: i64 = 6;

/// The window.
pub struct Window {
    model: Model,
    link: Link,
    clock: Box<dyn Fn() -> Timestamp>,
    next: u64,
    waiting: HashMap<u64, Purpose>,
    place: Place,
    worklist: worklist::Local,
    sign_in: sign_in::Local,
    palette: Option<palette::Local>,
    keys: bool,
    day: Option<Date>,
    agenda: agenda::Local,
    insights: figures::Local,
    import: import_page::Local,
    import_in_hand: Option<import::InHand>,
    settings: workstation::Local,
    inspection: inspection::Screen,
    practice: practice_page::Local,
    /// The page from which practice was entered.
    before_practice: Place,
    inspected: Option<InspectionId>,
    /// What a link leads to, until somebody is signed in.
    wanted: Option<InspectionId>,
    previewed: Option<InspectionId>,
    sign_in_again: bool,
    search_after: bool,
    press: Option<egui::KeyboardShortcut>,
    papers: Papers,
    /// The dialog for the central's answer to a bundle; `None` within when there is no dialog.
    choosing_answer: Option<Receiver<Option<PathBuf>>>,
    /// The dialog for the file of a certificate, in the same way.
    choosing_certificate: Option<(central::Which, Receiver<Option<PathBuf>>)>,
    outbox_of: u64,
    /// The minute in which the room was asked for.
    storage_of: Option<i64>,
    look: Option<(Look, u16)>,
    language: Option<Language>,
    /// Kinds of text whose letters are drawn; `None` when all are.
    warmed: Option<usize>,
}

impl Window {
    /// A window over a link, which it greets at once. `clock` tells the time.
    pub fn new(ctx: &Context, link: Link, clock: impl Fn() -> Timestamp + 'static) -> Self {
        theme::install(ctx, Look::default());
        ctx.add_plugin(turns::Turns::default());
        let mut window = Self {
            model: Model::new(clock()),
            link,
            clock: Box::new(clock),
            next: 0,
            waiting: HashMap::new(),
            place: Place::Worklist,
            worklist: worklist::Local::default(),
            sign_in: sign_in::Local::default(),
            palette: None,
            keys: false,
            day: None,
            agenda: agenda::Local::default(),
            insights: figures::Local::default(),
            import: import_page::Local::default(),
            import_in_hand: None,
            settings: workstation::Local::default(),
            inspection: inspection::Screen::default(),
            practice: practice_page::Local::default(),
            before_practice: Place::Worklist,
            inspected: None,
            wanted: None,
            previewed: None,
            sign_in_again: false,
            search_after: false,
            press: None,
            papers: Papers::default(),
            choosing_answer: None,
            choosing_certificate: None,
            outbox_of: 0,
            storage_of: None,
            look: None,
            language: None,
            warmed: Some(0),
        };
        let protocol = PROTOCOL_VERSION;
        window.ask(Purpose::Hello, Request::Hello { protocol }, Vec::new());
        window
    }

    /// What the window knows.
    pub const fn model(&self) -> &Model {
        &self.model
    }

    /// The inspection selected in the worklist.
    pub const fn selected(&self) -> Option<InspectionId> {
        self.worklist.selected
    }

    /// How many rows the worklist shows.
    pub fn shown(&self) -> usize {
        self.worklist.order.shown().len()
    }

    /// Whether the picture of a practice scan is the one that is wanted.
    pub fn practice_drawn(&self) -> bool {
        self.practice.drawn()
    }

    /// The files of the folder that is open.
    pub const fn basket(&self) -> &crate::intake::Basket {
        &self.import.basket
    }

    /// The page shown.
    pub const fn place(&self) -> Place {
        self.place
    }

    /// Takes in what came, draws, and carries out what is wanted.
    pub fn frame(&mut self, ui: &mut Ui) {
        self.model.now = (self.clock)();
        self.take_in(ui.ctx());
        self.take_dropped(ui);
        self.take_calendar();
        self.take_answer(ui);
        self.take_import(ui);
        self.take_certificate();
        self.take_settings(ui.ctx());
        self.press_for(ui);
        // Before the page is drawn, so that what comes with the next frame finds the page or the field that they led to.
        for intent in self.pressed(ui) {
            self.perform(ui.ctx(), intent);
        }
        for intent in self.draw(ui) {
            self.perform(ui.ctx(), intent);
        }
        self.keep_up();
        self.warm(ui.ctx());
        self.repaint_later(ui.ctx());
    }

    /// From the second frame on: the first is to be on the screen as soon as it can.
    fn warm(&mut self, ctx: &Context) {
        if ctx.cumulative_pass_nr() > 0
            && let Some(done) = self.warmed
        {
            self.warmed = theme::warm(ctx, done);
            if self.warmed.is_some() {
                ctx.request_repaint();
            }
        }
    }

    /// Draws again when the next minute changes the ages, or when a word has been there long enough.
    fn repaint_later(&self, ctx: &Context) {
        let second = self.model.now.as_second();
        let mut wait = 60 - second.rem_euclid(60);
        if let Some(word) = self.model.word.as_ref().filter(|word| !word.grave) {
            wait = wait.min((word.at.as_second() + WORD - second).max(1));
        }
        ctx.request_repaint_after(Duration::from_secs(wait.unsigned_abs()));
        if let Some(wait) = self
            .worklist
            .order
            .behind(&self.model)
            .filter(|_| self.place == Place::Worklist)
        {
            ctx.request_repaint_after(wait);
        }
    }

    /// Applies the settings that the desk keeps, when they have changed.
    fn take_settings(&mut self, ctx: &Context) {
        let language = Language::from_code(self.model.setting("language"));
        let language =
            language.unwrap_or_else(|| *self.language.get_or_insert_with(Language::of_system));
        speak(language);
        let look = Look {
            theme: ThemeChoice::from_code(self.model.setting("theme")).unwrap_or_default(),
            glove: self.model.setting("glove") == "on",
        };
        let size = workstation::text_size(&self.model);
        if self.look != Some((look, size)) {
            self.look = Some((look, size));
            theme::apply(ctx, look);
            ctx.set_zoom_factor(f32::from(size) / 100.0);
        }
    }

    fn signing_in(&self) -> bool {
        self.sign_in_again
            || self
                .model
                .status
                .as_ref()
                .is_none_or(|status| status.officer.is_none() || status.store != StoreState::Open)
    }

    fn draw(&mut self, ui: &mut Ui) -> Vec<Intent> {
        let mut intents = self.words(ui);
        match &self.model.desk {
            Desk::Greeted => {
                self.frame_of(ui, false);
                start::waiting(ui);
                return intents;
            }
            Desk::Refused(problem) => {
                start::failed(ui, &tr("start-refused"), Some(problem), "");
                return intents;
            }
            Desk::Gone(why) if self.model.status.is_none() => {
                start::failed(ui, &tr("desk-gone"), None, &gone(why.as_deref()));
                return intents;
            }
            Desk::Gone(why) => desk_gone(ui, why.as_deref()),
            Desk::Here => {}
        }
        if self.signing_in() {
            intents.extend(status::show(ui, &self.model));
            let busy = self.is_asked(|purpose| matches!(purpose, Purpose::Entry));
            intents.extend(sign_in::show(
                ui,
                &self.model,
                &mut self.sign_in,
                &mut self.settings.central,
                busy,
                self.sign_in_again,
            ));
            return intents;
        }
        intents.extend(self.frame_of(ui, true));
        intents.extend(if self.is_reading() {
            dark_scope(ui, |ui| self.bar_and_page(ui))
        } else {
            self.bar_and_page(ui)
        });
        intents.extend(self.over(ui));
        intents
    }

    /// The rail. While there is nothing to go to, it only holds its room.
    fn frame_of(&self, ui: &mut Ui, live: bool) -> Option<Intent> {
        let stuck = self
            .model
            .status
            .as_ref()
            .is_some_and(|status| status.stuck > 0);
        let names = [
            tr("worklist"),
            tr("agenda"),
            tr("inspect"),
            tr("insights"),
            tr("sync"),
            tr("settings"),
        ];
        let item = |index: usize, icon, place, alert| RailItem {
            icon,
            name: &names[index],
            selected: live && self.place == place,
            alert,
        };
        let upper = [
            item(0, icons::LIST_DASHES, Place::Worklist, false),
            item(1, icons::CALENDAR_DOTS, Place::Agenda, false),
            item(2, icons::PACKAGE, Place::Inspection, false),
            item(3, icons::CHART_BAR, Place::Insights, false),
        ];
        let lower = [
            item(4, icons::ARROWS_DOWN_UP, Place::Sync, stuck),
            item(5, icons::GEAR, Place::Settings, false),
        ];
        let places = [
            Place::Worklist,
            Place::Agenda,
            Place::Inspection,
            Place::Insights,
            Place::Sync,
            Place::Settings,
        ];
        if live {
            rail(ui, &upper, &lower).map(|index| Intent::Go(places[index]))
        } else {
            rail(ui, &[], &[]).map(|_| Intent::Back)
        }
    }

    /// The inspection's tab that is shown.
    pub(super) fn open_tab(&self) -> Option<inspection::Tab> {
        (self.place == Place::Inspection && self.inspected.is_some()).then_some(self.inspection.tab)
    }

    /// Whether a radiograph is shown, or practised on: then all but the rail is dark, whatever the theme.
    fn is_reading(&self) -> bool {
        self.open_tab() == Some(inspection::Tab::Radiograph) || self.place == Place::Practice
    }

    fn bar_and_page(&mut self, ui: &mut Ui) -> Vec<Intent> {
        let mut intents = status::show(ui, &self.model);
        intents.extend(self.page(ui));
        intents
    }

    fn page(&mut self, ui: &mut Ui) -> Vec<Intent> {
        match self.place {
            Place::Worklist => {
                let intents = worklist::show(ui, &self.model, &mut self.worklist);
                self.carry_out_beside();
                intents
            }
            Place::Agenda => {
                let day = self.day();
                agenda::show(ui, &mut self.agenda, &self.model, day)
            }
            Place::Inspection => self.inspection(ui),
            Place::Insights => figures::show(ui, &mut self.insights, &self.model),
            Place::Practice => {
                // Before anything of it is drawn: who signs in after another never sees the other's score.
                let officer = self.model.officer().map(|officer| officer.id);
                self.practice.belong_to(officer);
                practice_page::show(ui, &mut self.practice, &self.model)
            }
            Place::Import => {
                let open = self.inspected.and_then(|id| self.model.opened.get(&id));
                let open = open.map(|opened| &**opened);
                import_page::show(ui, &mut self.import, &self.model, open)
            }
            Place::Sync => sync::show(ui, &self.model),
            Place::Settings => workstation::show(ui, &self.model, &mut self.settings),
        }
    }

    /// The agenda's day; today until another is chosen.
    fn day(&self) -> Date {
        self.day.unwrap_or_else(|| self.model.today())
    }

    fn inspection(&mut self, ui: &mut Ui) -> Vec<Intent> {
        let Some(id) = self.inspected else {
            return no_inspection(ui);
        };
        let (Some(opened), Some(status)) = (self.model.opened.get(&id), &self.model.status) else {
            match self.model.unopened.get(&id) {
                Some(problem) => drop(blank::failed(
                    ui,
                    &tr("inspect-failed"),
                    &tr_problem(problem),
                    None,
                )),
                None => blank::loading(ui, &tr("inspect-opening"), &tr("agenda-loading-why")),
            }
            return Vec::new();
        };
        let view = inspection::View {
            opened,
            status,
            zone: &self.model.zone,
            now: self.model.now,
        };
        let acts = self.inspection.show(ui, &view);
        self.carry_out(acts)
    }

    /// What lies over the page: palette, sheet of keys.
    fn over(&mut self, ui: &Ui) -> Vec<Intent> {
        let demonstration = self.model.is_demonstration();
        let tab = self.open_tab();
        let mut intents = Vec::new();
        if let Some(local) = &mut self.palette {
            let views = worklist::views::kept(&self.model);
            let (chosen, close) = palette::show(ui, local, self.place, tab, demonstration, &views);
            if close {
                self.palette = None;
            }
            intents.extend(chosen);
        }
        if let Some(file) = &self.model.calendar {
            intents.extend(calendar::show(ui, &self.model, file));
        }
        if self.keys && key_sheet::show(ui, self.place, tab, demonstration) {
            self.keys = false;
        }
        intents
    }

    /// The word to the officer, while there is one.
    fn words(&mut self, ui: &Ui) -> Vec<Intent> {
        let now = self.model.now.as_second();
        let expired = |word: &crate::model::Word| !word.grave && now - word.at.as_second() >= WORD;
        if self.model.word.as_ref().is_some_and(expired) {
            self.model.close_word();
        }
        let Some(word) = &self.model.word else {
            return self.written(ui).into_iter().collect();
        };
        let tone = if word.grave { Tone::Red } else { Tone::Blue };
        let closed = toast(ui, &tr_problem(&word.problem), tone);
        closed.then_some(Intent::CloseWord).into_iter().collect()
    }
}

/// Nothing was opened yet.
fn no_inspection(ui: &mut Ui) -> Vec<Intent> {
    let act = tr("inspect-to-worklist");
    let act = Button::secondary(&act)
        .icon(icons::LIST_DASHES)
        .key("Ctrl+1");
    let pressed = blank::empty(
        ui,
        icons::PACKAGE,
        &tr("inspect-none"),
        &tr("inspect-none-why"),
        Some(act),
    );
    pressed
        .is_some_and(|button| button.clicked())
        .then_some(Intent::Go(Place::Worklist))
        .into_iter()
        .collect()
}

/// Why there is no desk any more, in words.
fn gone(why: Option<&str>) -> String {
    match why {
        Some(reason) => tr_args("desk-gone-because", &[("reason", reason.to_owned().into())]),
        None => tr("desk-gone-why"),
    }
}

/// The desk has gone while something was on the screen: it stays, and a band above says so.
fn desk_gone(ui: &mut Ui, why: Option<&str>) {
    egui::Panel::top("desk-gone")
        .resizable(false)
        .show_separator_line(false)
        .frame(egui::Frame::new().inner_margin(egui::Margin::same(SPACE_M as i8)))
        .show(ui, |ui| {
            banner(
                ui,
                &format!("{}: {}", tr("desk-gone"), gone(why)),
                Tone::Red,
            )
        });
}

impl eframe::App for Window {
    /// A window that is put away or covered is not drawn; what the desk says still has to reach it, above all that
    /// it is to come forward, or to close.
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        if ctx.input(|input| input.viewport().visible()) == Some(false) {
            self.take_in(ctx);
            self.keep_up();
        }
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }

    fn on_exit(&mut self) {
        self.rest();
        self.link.finish();
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}
