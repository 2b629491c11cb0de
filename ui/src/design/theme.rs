//! Puts the look into egui, so that every stock widget is right without being told, and hands it to our own.

use egui::style::{Selection, TextCursorStyle, WidgetVisuals, Widgets};
use egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Id, Margin, Shadow, Stroke, Style,
    TextStyle, Ui, Visuals, vec2,
};

use super::tokens::{
    CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, MOVEMENT, Metrics, Palette, RADIUS, RADIUS_CARD,
    SPACE_M, SPACE_S, SPACE_XS, ThemeChoice,
};
use super::r#type::{Type, faces};

/// What the officer chose of the look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// The theme.
    pub theme: ThemeChoice,
    /// Larger targets and text, for gloves.
    pub glove: bool,
}

impl Look {
    /// The sizes of this look.
    pub const fn metrics(self) -> Metrics {
        if self.glove {
            Metrics::GLOVE
        } else {
            Metrics::BARE
        }
    }
}

fn look_id() -> Id {
    Id::unique("outpost-look")
}

/// Installs fonts and look; to be called once, before the first frame.
pub fn install(ctx: &Context, look: Look) {
    ctx.set_fonts(faces());
    ctx.options_mut(|options| {
        options.fallback_theme = egui::Theme::Light;
        options.zoom_with_keyboard = false;
    });
    apply(ctx, look);
}

/// Changes the look from the next frame on.
pub fn apply(ctx: &Context, look: Look) {
    ctx.data_mut(|data| data.insert_temp(look_id(), look));
    ctx.set_theme(if look.theme.is_dark() {
        egui::Theme::Dark
    } else {
        egui::Theme::Light
    });
    ctx.set_global_style(style(look));
}

/// The look in force.
pub fn look(ctx: &Context) -> Look {
    ctx.data(|data| data.get_temp(look_id()))
        .unwrap_or_default()
}

/// The colours in force here; [`dark_scope`] changes them for a part of the window.
pub fn palette(ui: &Ui) -> Palette {
    let contrast = look(ui.ctx()).theme.is_contrast();
    match (ui.visuals().dark_mode, contrast) {
        (false, false) => LIGHT,
        (true, false) => DARK,
        (false, true) => CONTRAST_LIGHT,
        (true, true) => CONTRAST_DARK,
    }
}

/// The sizes in force.
pub fn metrics(ui: &Ui) -> Metrics {
    look(ui.ctx()).metrics()
}

/// The font of a kind of text, as large as the look has it.
pub fn font(ui: &Ui, kind: Type) -> FontId {
    kind.font(metrics(ui).text_step)
}

/// The kinds of text of which a worklist is full.
const WARM: [Type; 12] = [
    Type::Body,
    Type::Small,
    Type::MonoStrong,
    Type::Number,
    Type::SmallMedium,
    Type::Medium,
    Type::ColumnHead,
    Type::MonoHero,
    Type::Strong,
    Type::CardHead,
    Type::Key,
    Type::Title,
];

/// Draws the letters of the next kinds of text for some milliseconds, so that the first page full of rows finds them
/// drawn. `from` says how many kinds are done; returns how many are done now, or `None` after the last.
pub fn warm(ctx: &Context, from: usize) -> Option<usize> {
    let step = look(ctx).metrics().text_step;
    let begun = std::time::Instant::now();
    for (done, kind) in WARM.iter().enumerate().skip(from) {
        if done > from && begun.elapsed() > WARMING {
            return Some(done);
        }
        // A letter is drawn once for each part of a pixel at which it may begin; a row of the same finds them all.
        let letters = (' '..='~').chain("éèêàçôî·–°…".chars());
        let letters = letters
            .flat_map(|letter| std::iter::repeat_n(letter, 6))
            .collect();
        ctx.fonts_mut(|fonts| fonts.layout_no_wrap(letters, kind.font(step), Color32::PLACEHOLDER));
    }
    None
}

/// The share of a frame that warming may take.
const WARMING: std::time::Duration = std::time::Duration::from_millis(3);

/// Draws in the dark theme of the same contrast: the radiograph, whatever the theme.
pub fn dark_scope<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope(|ui| {
        let look = look(ui.ctx());
        let dark = Look {
            theme: look.theme.darkened(),
            ..look
        };
        ui.set_style(style(dark));
        let ground = Palette::of(dark.theme).background;
        ui.painter().rect_filled(ui.max_rect(), 0, ground);
        add(ui)
    })
    .inner
}

/// Room that what floats may take before it scrolls, points.
const AREA: f32 = 800.0;

/// egui's style for a look.
fn style(look: Look) -> Style {
    let p = Palette::of(look.theme);
    let m = look.metrics();
    let mut style = Style {
        visuals: visuals(&p),
        animation_time: MOVEMENT,
        ..Style::default()
    };
    style.text_styles = [
        (TextStyle::Small, Type::Small.font(m.text_step)),
        (TextStyle::Body, Type::Body.font(m.text_step)),
        (TextStyle::Button, Type::Medium.font(m.text_step)),
        (TextStyle::Heading, Type::Title.font(m.text_step)),
        (
            TextStyle::Monospace,
            FontId::new(Type::Mono.size() + m.text_step, FontFamily::Monospace),
        ),
    ]
    .into();
    let s = &mut style.spacing;
    s.item_spacing = vec2(SPACE_S, SPACE_S);
    s.button_padding = vec2(SPACE_M, SPACE_XS);
    s.interact_size = vec2(m.control, m.control);
    s.menu_margin = Margin::same(SPACE_XS as i8);
    s.window_margin = Margin::same(SPACE_M as i8);
    s.icon_width = m.control / 2.0;
    s.icon_width_inner = m.control / 3.0;
    s.icon_spacing = SPACE_S;
    s.default_area_size = egui::Vec2::splat(AREA);
    s.combo_height = m.row * 8.0;
    s.scroll = egui::style::ScrollStyle::floating();
    s.scroll.bar_width = SPACE_S;
    s.scroll.floating_allocated_width = 0.0;
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.4;
    style.visuals.text_cursor = TextCursorStyle {
        stroke: Stroke::new(1.5, p.accent),
        // A blinking cursor would redraw the window when nothing happens.
        blink: false,
        ..TextCursorStyle::default()
    };
    style
}

fn visuals(p: &Palette) -> Visuals {
    let base = if p.theme.is_dark() {
        Visuals::dark()
    } else {
        Visuals::light()
    };
    Visuals {
        override_text_color: None,
        weak_text_color: Some(p.ink_3),
        widgets: widgets(p),
        selection: Selection {
            bg_fill: if p.theme.is_contrast() {
                p.line.gamma_multiply(0.25)
            } else {
                p.accent_wash
            },
            stroke: Stroke::new(p.line_width, p.accent),
        },
        hyperlink_color: p.accent,
        faint_bg_color: p.sunken,
        extreme_bg_color: p.panel,
        text_edit_bg_color: Some(p.panel),
        code_bg_color: p.sunken,
        warn_fg_color: p.amber,
        error_fg_color: p.red,
        window_corner_radius: CornerRadius::same(RADIUS_CARD),
        window_shadow: shadow(p),
        window_fill: p.panel,
        window_stroke: p.hairline(),
        menu_corner_radius: CornerRadius::same(RADIUS),
        panel_fill: p.background,
        popup_shadow: shadow(p),
        indent_has_left_vline: false,
        disabled_alpha: 0.45,
        ..base
    }
}

/// The shadow under what floats.
pub(super) fn shadow(p: &Palette) -> Shadow {
    Shadow {
        offset: [0, 4],
        blur: 20,
        spread: 0,
        color: p.shadow,
    }
}

fn widgets(p: &Palette) -> Widgets {
    let state = |fill: Color32, stroke: Stroke, ink: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: stroke,
        corner_radius: CornerRadius::same(RADIUS),
        fg_stroke: Stroke::new(p.line_width, ink),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: state(p.panel, p.hairline(), p.ink),
        inactive: state(p.panel, p.hairline(), p.ink),
        hovered: state(p.hover, Stroke::new(p.line_width, p.ink_3), p.ink),
        active: state(p.hover, p.focus_ring(), p.ink),
        open: state(p.hover, p.hairline(), p.ink),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glove_mode_enlarges_targets_and_text() {
        let bare = style(Look::default());
        let glove = style(Look {
            glove: true,
            ..Look::default()
        });
        assert_eq!(glove.spacing.interact_size.y, 48.0);
        assert_eq!(
            glove.text_styles[&TextStyle::Body].size,
            bare.text_styles[&TextStyle::Body].size + 2.0
        );
    }

    #[test]
    fn the_radiograph_is_dark_in_every_theme() {
        for theme in ThemeChoice::ALL {
            let ctx = Context::default();
            install(
                &ctx,
                Look {
                    theme,
                    glove: false,
                },
            );
            let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
                dark_scope(ui, |ui| assert!(palette(ui).theme.is_dark()));
                assert_eq!(palette(ui).theme, theme);
            });
            output.textures_delta.clear();
        }
    }
}
