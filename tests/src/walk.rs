//! The product's way, from sign-in to the central and back, in the real window.
//!
//! Each function is a stretch of it and ends with what the officer then sees. It is told in the words of the Fluent
//! files (see [`Words`]), so a change of wording changes nothing here.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::album::Album;
use crate::central::{Central, World};
use crate::poll::{SOON, until};
use crate::post::{Kind, Post};
use crate::stage::Stage;
use crate::window::{Control, Role, Window};
use crate::words::Words;

/// How long the outbox may take to empty once the line is back.
const BACK: Duration = Duration::from_secs(5);

/// The first fetch brings radiographs that the central computes.
const FETCHED: Duration = Duration::from_mins(5);

/// What the officer finds; these words are looked for at the central.
const FINDING: &str = "Twelve cartons of cigarettes behind the second row of pallets";

/// What is being typed when the window goes away.
const DRAFT: &str = "Seal wire cut and twisted back";

/// Why the officer holds the goods.
const HOLD_NOTE: &str = "Undeclared tobacco, unit stays at bay 3";

/// Why the hold is lifted.
const LIFTED: &str = "Tobacco taken out and sealed in store 2";

/// How the walk is set up.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Which program is the workstation.
    pub kind: Kind,
    /// The world of the central.
    pub world: World,
    /// Where pictures go, when they are wanted.
    pub pictures: Option<PathBuf>,
}

/// What was measured on the way.
#[derive(Debug, Clone)]
pub struct Report {
    /// From the line's return until nothing waited any more.
    pub emptied: Duration,
    /// Places in the album.
    pub pictures: u32,
}

/// Goes the whole way.
pub fn walk(plan: &Plan) -> Result<Report> {
    let stage = Stage::raise()?;
    let words = Words::english()?;
    let central = Central::start(&stage, &stage.folder().join("central"), plan.world)?;
    let data = stage.folder().join("workstation");
    let post = Post::start(&stage, plan.kind, &data, &central.url())?;
    let album = plan.pictures.as_deref().map(Album::begin).transpose()?;
    let mut walk = Walk {
        stage: &stage,
        words,
        central,
        post,
        album,
        plan,
    };
    walk.go()
}

struct Walk<'a> {
    stage: &'a Stage,
    words: Words,
    central: Central,
    post: Post<'a>,
    album: Option<Album>,
    plan: &'a Plan,
}

impl<'a> Walk<'a> {
    fn go(&mut self) -> Result<Report> {
        let window = self.post.window()?;
        window.sees(self.t("sign-in-who")?)?;
        self.picture(&window, "sign-in")?;
        self.post
            .sign_in(&window, &self.words, &["Customs", "Inspector"])?;
        self.worklist_fills(&window)?;
        let unit = self.choose(&window)?;
        self.sorts(&window)?;
        self.searches(&window, &unit)?;
        self.radiograph_is_here(&window, &unit)?;
        self.line_goes_down(&window)?;
        self.opens(&window, &unit)?;
        self.reads_manifest(&window)?;
        self.reads_radiograph(&window)?;
        self.records_checks(&window)?;
        self.holds_and_decides(&window)?;
        self.reads_history(&window)?;
        self.looks_at_the_rest(&window)?;
        let waiting = Self::waiting(&window)?;
        ensure!(waiting > 0, "entries wait while the line is down");
        self.quits_while_typing(&unit)?;
        self.everything_is_killed(&unit, waiting)?;
        let emptied = self.line_comes_back()?;
        self.central_has_it_once()?;
        self.another_workstation_sees_it(&unit)?;
        Ok(Report {
            emptied,
            pictures: self.album.as_ref().map_or(0, Album::taken),
        })
    }

    fn t(&self, key: &str) -> Result<&str> {
        self.words.get(key)
    }

    fn picture(&mut self, window: &Window<'_>, name: &str) -> Result<()> {
        let Some(album) = &mut self.album else {
            return Ok(());
        };
        // Ctrl D turns light to dark and back everywhere.
        album.take(self.stage, name, || window.keys(&["ctrl+d"]))
    }

    fn worklist_fills(&mut self, window: &Window<'_>) -> Result<()> {
        window.press(Role::Button, self.t("filter-post")?)?;
        until("inspections are in the worklist", FETCHED, || {
            Ok((!window.all(Role::Row, "")?.is_empty()).then_some(()))
        })?;
        let fetching = self.t("worklist-fetching")?.to_owned();
        until("everything is fetched", FETCHED, || {
            Ok((!window.shows(&fetching)?).then_some(()))
        })?;
        self.picture(window, "worklist")
    }

    /// The first inspection of the worklist with a radiograph that nobody has begun.
    fn choose(&self, window: &Window<'_>) -> Result<String> {
        window.press(Role::Button, self.t("filter-mine")?)?;
        let (xray, untouched) = (self.t("exam-nii")?, self.t("badge-untouched")?);
        until("an inspection with a radiograph is assigned", SOON, || {
            let rows = window.all(Role::Row, "")?;
            let row = rows
                .into_iter()
                .find(|row| row.name.contains(xray) && row.name.contains(untouched));
            Ok(row.and_then(|row| Some(row.name.split_once(", ")?.0.to_owned())))
        })
    }

    /// Another order begins with another row.
    fn sorts(&self, window: &Window<'_>) -> Result<()> {
        window.press(Role::Button, self.t("filter-post")?)?;
        let order = self.t("worklist-sort")?;
        for sort in ["sort-newest", "sort-oldest"] {
            let before = window.rows_down()?.into_iter().next();
            window.choose(order, self.t(sort)?)?;
            window.explain(until(
                &format!("the rows are in “{sort}”"),
                SOON,
                || {
                    let first = window.rows_down()?.into_iter().next();
                    Ok((first.is_some() && first != before).then_some(()))
                },
            ))?;
        }
        window.choose(order, self.t("sort-lane")?)
    }

    /// Search as you type: a part of the unit's number leaves this one.
    fn searches(&mut self, window: &Window<'_>, unit: &str) -> Result<()> {
        window.press(Role::Button, self.t("filter-post")?)?;
        let search = self.t("worklist-search")?.to_owned();
        window.write(&search, unit)?;
        until("the search leaves one", SOON, || {
            let rows = window.all(Role::Row, "")?;
            Ok((rows.len() == 1 && rows[0].name.starts_with(unit)).then_some(()))
        })?;
        self.picture(window, "search")?;
        window.clear(&search)?;
        window.keys(&["Escape"])
    }

    /// Before the line goes: the radiograph has come, which the central computes after its start.
    fn radiograph_is_here(&mut self, window: &Window<'_>, unit: &str) -> Result<()> {
        self.opens(window, unit)?;
        self.tab(window, "manifest")?;
        self.picture(window, "manifest")?;
        self.tab(window, "radiograph")?;
        let name = self.t("radiograph-name")?;
        window.find_within(FETCHED, Role::Canvas, name)?;
        self.picture(window, "radiograph")?;
        self.page(window, "worklist")
    }

    /// By the demonstration's switch, and really: the central is stopped.
    fn line_goes_down(&mut self, window: &Window<'_>) -> Result<()> {
        window.sees(self.t("line-up")?)?;
        window.press(Role::Button, self.t("line-pull")?)?;
        window.sees(self.t("line-plug")?)?;
        window.press(Role::Button, self.t("line-plug")?)?;
        window.sees(self.t("line-up")?)?;
        self.central.down()?;
        window.sees(self.t("line-down")?)?;
        self.picture(window, "worklist-line-down")
    }

    fn opens(&self, window: &Window<'_>, unit: &str) -> Result<()> {
        self.page(window, "worklist")?;
        window.press(Role::Button, self.t("filter-post")?)?;
        let search = self.t("worklist-search")?;
        window.clear(search)?;
        window.write(search, unit)?;
        window.press(Role::Row, unit)?;
        window.press(Role::Button, self.t("preview-open")?)?;
        window
            .find(Role::Tab, self.t("insp-tab-manifest")?)
            .map(drop)
    }

    fn tab(&self, window: &Window<'_>, tab: &str) -> Result<()> {
        self.page(window, &format!("insp-tab-{tab}"))
    }

    /// Turns to a page of the rail or a tab of the inspection and waits until it is the one that is shown: presses
    /// that come faster than frames are all carried out in one frame, over what was drawn before the first.
    fn page(&self, window: &Window<'_>, key: &str) -> Result<()> {
        let name = self.t(key)?;
        window.press(Role::Tab, name)?;
        window.explain(until(&format!("{name} is shown"), SOON, || {
            Ok(window
                .all(Role::Tab, name)?
                .iter()
                .any(Control::on)
                .then_some(()))
        }))
    }

    fn reads_manifest(&mut self, window: &Window<'_>) -> Result<()> {
        self.tab(window, "manifest")?;
        self.picture(window, "manifest-line-down")
    }

    fn reads_radiograph(&mut self, window: &Window<'_>) -> Result<()> {
        self.tab(window, "radiograph")?;
        let name = self.t("radiograph-name")?.to_owned();
        window.find(Role::Canvas, &name)?;
        // Window and level by dragging, invert by its key and back.
        window.drag(Role::Canvas, &name, (40, 50), (55, 60))?;
        window.keys(&["i"])?;
        window.keys(&["i"])?;
        self.picture(window, "radiograph-line-down")?;
        window.keys(&["r"])?;
        window.drag(Role::Canvas, &name, (42, 40), (52, 60))?;
        window.sees(self.t("region-title")?)?;
        window.write(self.t("region-comment")?, "Dense rectangular block")?;
        self.picture(window, "radiograph-region")?;
        window.press(Role::Button, self.t("region-record")?)?;
        window.no_longer_sees(self.t("region-title")?)?;
        window.sees("Dense rectangular block").map(drop)
    }

    fn records_checks(&mut self, window: &Window<'_>) -> Result<()> {
        self.tab(window, "checks")?;
        self.compares_seals(window)?;
        self.marks_conform(window)?;
        self.records_a_deviation(window)?;
        self.records_a_finding(window)?;
        self.picture(window, "checks-line-down")
    }

    fn compares_seals(&self, window: &Window<'_>) -> Result<()> {
        let all = self.t("seals-all-conform")?;
        if window.all(Role::Button, all)?.is_empty() {
            return Ok(());
        }
        window.press(Role::Button, all)?;
        window.no_longer_sees(self.t("seals-to-compare")?)
    }

    /// Where nothing differs one press says so.
    fn marks_conform(&self, window: &Window<'_>) -> Result<()> {
        let conform = format!("{}, ", self.t("checklist-conform-short")?);
        let check = window.find(Role::Button, &conform)?.name;
        window.press(Role::Button, &check)?;
        window.no_longer_sees(&check)
    }

    fn records_a_deviation(&self, window: &Window<'_>) -> Result<()> {
        window.press(Role::Row, "1, ")?;
        window.find(Role::Dialog, "")?;
        window.press_in_dialog(Role::Button, self.t("outcome-shortage")?)?;
        window.write(self.t("item-note")?, "Four packages fewer than declared")?;
        Self::record(window, self.t("form-record")?)
    }

    fn records_a_finding(&mut self, window: &Window<'_>) -> Result<()> {
        window.keys(&["f"])?;
        window.find(Role::Dialog, self.t("finding-title")?)?;
        window.press_in_dialog(Role::Button, self.t("severity-major")?)?;
        window.choose(self.t("finding-category")?, self.t("finding-undeclared")?)?;
        window.write(self.t("finding-text")?, FINDING)?;
        let photo = self.photo()?;
        window.write(
            self.t("photos-path")?,
            photo.to_str().context("a path in ASCII")?,
        )?;
        window.keys(&["Return"])?;
        window.sees("cartons.png")?;
        self.picture(window, "finding-line-down")?;
        Self::record(window, self.t("finding-record")?)?;
        window.sees(FINDING).map(drop)
    }

    /// Presses the dialog's button that records and waits until the form is gone: then the entry is durable.
    fn record(window: &Window<'_>, button: &str) -> Result<()> {
        window.press_in_dialog(Role::Button, button)?;
        window.dialog_closes()
    }

    /// A photo as a camera leaves it.
    fn photo(&self) -> Result<PathBuf> {
        let path = self.stage.folder().join("cartons.png");
        let mut convert = self.stage.command("convert");
        let done = convert
            .args(["-size", "640x480", "plasma:sienna-tan"])
            .arg(&path)
            .status()?;
        ensure!(done.success(), "convert makes a photo");
        Ok(path)
    }

    fn holds_and_decides(&mut self, window: &Window<'_>) -> Result<()> {
        self.tab(window, "holds")?;
        window.keys(&["h"])?;
        window.find(Role::Dialog, self.t("hold-title")?)?;
        window.write(self.t("hold-note")?, HOLD_NOTE)?;
        Self::record(window, self.t("hold-place")?)?;
        window.sees(HOLD_NOTE)?;
        self.picture(window, "held-line-down")?;
        self.release_is_refused(window)?;
        self.lifts_own_holds(window)?;
        window.press(Role::Button, self.t("decide-title")?)?;
        window.find(Role::Dialog, self.t("decide-title")?)?;
        window.press_in_dialog(Role::Button, self.t("decide-acceptable")?)?;
        Self::record(window, self.t("decide-record")?)?;
        self.picture(window, "decided-line-down")
    }

    /// The hold placed on the way, and any that the agency had placed before.
    fn lifts_own_holds(&self, window: &Window<'_>) -> Result<()> {
        let lift = self.t("holds-lift")?;
        let own = |window: &Window<'_>| -> Result<Option<Control>> {
            Ok(window
                .all(Role::Button, lift)?
                .into_iter()
                .find(Control::enabled))
        };
        while let Some(button) = own(window)? {
            let before = window.all(Role::Button, lift)?.len();
            window.act(&button)?;
            window.find(Role::Dialog, self.t("holds-lift-title")?)?;
            window.write(self.t("holds-lift-reason")?, LIFTED)?;
            Self::record(window, lift)?;
            until("the hold no longer stands", SOON, || {
                Ok((window.all(Role::Button, lift)?.len() < before).then_some(()))
            })?;
        }
        Ok(())
    }

    /// While the own hold stands, the goods cannot be found acceptable, and the form says why.
    fn release_is_refused(&self, window: &Window<'_>) -> Result<()> {
        window.press(Role::Button, self.t("decide-title")?)?;
        window.find(Role::Dialog, self.t("decide-title")?)?;
        window.press_in_dialog(Role::Button, self.t("decide-acceptable")?)?;
        let record = self.t("decide-record")?;
        until("the decision waits for the hold", SOON, || {
            let buttons = window.all(Role::Button, record)?;
            Ok(buttons.iter().all(|button| !button.enabled()).then_some(()))
        })?;
        window.press(Role::Button, self.t("form-discard")?)?;
        until("the form closes", SOON, || {
            Ok(window.all(Role::Dialog, "")?.is_empty().then_some(()))
        })
    }

    fn reads_history(&mut self, window: &Window<'_>) -> Result<()> {
        self.tab(window, "history")?;
        // The newest entry, with its hash.
        window.press(Role::Row, "")?;
        window.sees(self.t("history-copy-hash")?)?;
        self.picture(window, "history-line-down")
    }

    /// Agenda, sync and settings.
    fn looks_at_the_rest(&mut self, window: &Window<'_>) -> Result<()> {
        for place in ["agenda", "sync", "settings"] {
            self.page(window, place)?;
            self.picture(window, &format!("{place}-line-down"))?;
        }
        Ok(())
    }

    /// How many entries the status bar says are waiting.
    fn waiting(window: &Window<'_>) -> Result<u64> {
        let said = window.sees("waiting")?;
        let digits: String = said.chars().take_while(char::is_ascii_digit).collect();
        digits
            .parse()
            .with_context(|| format!("“{said}” begins with a number"))
    }

    fn again(&mut self, unit: &str) -> Result<Window<'a>> {
        self.post.up()?;
        let window = self.post.window()?;
        self.post
            .sign_in(&window, &self.words, &["Customs", "Inspector"])?;
        self.opens(&window, unit)?;
        Ok(window)
    }

    /// The words of a finding are there again after the workstation went away under the officer's hands.
    fn quits_while_typing(&mut self, unit: &str) -> Result<()> {
        let window = self.post.window()?;
        self.page(&window, "inspect")?;
        self.tab(&window, "checks")?;
        window.keys(&["f"])?;
        window.find(Role::Dialog, self.t("finding-title")?)?;
        window.write(self.t("finding-text")?, DRAFT)?;
        self.post.quit()?;
        let window = self.again(unit)?;
        self.tab(&window, "checks")?;
        window.keys(&["f"])?;
        window.find(Role::Dialog, self.t("finding-title")?)?;
        let stands = window.value(self.t("finding-text")?)?;
        ensure!(
            stands == DRAFT,
            "the draft was “{DRAFT}” and came back as “{stands}”"
        );
        self.picture(&window, "draft-again")?;
        window.press_in_dialog(Role::Button, self.t("form-discard")?)?;
        window.dialog_closes()
    }

    /// Kill -9 for every process: all that was saved is there, and waits as before.
    fn everything_is_killed(&mut self, unit: &str, waiting: u64) -> Result<()> {
        self.central.kill()?;
        self.post.kill()?;
        let window = self.again(unit)?;
        self.tab(&window, "checks")?;
        window.sees(FINDING)?;
        let now = Self::waiting(&window)?;
        ensure!(
            now == waiting,
            "{waiting} entries waited before the kill and {now} after it"
        );
        Ok(())
    }

    fn line_comes_back(&mut self) -> Result<Duration> {
        let window = self.post.window()?;
        self.central.up(self.stage)?;
        let began = Instant::now();
        window.sees_within(SOON, self.t("waiting-nothing")?)?;
        let emptied = began.elapsed();
        ensure!(
            emptied <= BACK,
            "the outbox took {emptied:?} to empty after the line came back"
        );
        window.sees(self.t("badge-sent")?)?;
        self.page(&window, "worklist")?;
        self.picture(&window, "worklist-line-back")?;
        self.page(&window, "sync")?;
        self.picture(&window, "sync-line-back")?;
        Ok(emptied)
    }

    fn central_has_it_once(&self) -> Result<()> {
        let page = self.central.page("/")?;
        match page.matches(FINDING).count() {
            1 => Ok(()),
            times => bail!("the central shows the finding {times} times:\n{page}"),
        }
    }

    /// A second workstation of the post, with a display, a keyring and data of its own.
    fn another_workstation_sees_it(&self, unit: &str) -> Result<()> {
        let stage = Stage::raise()?;
        let data: &Path = &stage.folder().join("workstation");
        let post = Post::start(&stage, self.plan.kind, data, &self.central.url())?;
        let window = post.window()?;
        post.sign_in(&window, &self.words, &["Customs", "Inspector"])?;
        self.opens(&window, unit)?;
        self.tab(&window, "checks")?;
        window.sees(FINDING)?;
        self.tab(&window, "holds")?;
        window.sees(LIFTED).map(drop)
    }
}
