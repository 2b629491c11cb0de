//! The window as a program: the desk's words come on standard input, the officer's wishes go to standard output,
//! and what goes wrong is said on standard error. The shell or `outpost-desk` starts it and holds the pipes.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use clap::Parser;
use jiff::Timestamp;
use outpost_ui::link::Link;
use outpost_ui::radiograph::gpu::Graphics;
use outpost_ui::window::Window;

/// No graphics adapter, no display, or no window: another start would end the same way.
const NO_WINDOW: u8 = 3;

/// The Outpost window. It is started by the shell, which speaks to it over its standard streams.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Arguments {
    /// Width of the window, points.
    #[arg(long, default_value_t = 1440.0)]
    width: f32,
    /// Height of the window, points.
    #[arg(long, default_value_t = 900.0)]
    height: f32,
    /// Says on standard error how many milliseconds after its start the first frame was drawn.
    #[arg(long)]
    time_first_frame: bool,
}

fn main() -> ExitCode {
    let begun = std::time::Instant::now();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("OUTPOST_LOG")
                .unwrap_or_else(|_| "warn,wgpu_hal=off,wgpu_core=error".into()),
        )
        .init();
    let arguments = Arguments::parse();
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("Outpost")
            .with_app_id("outpost")
            .with_inner_size([arguments.width, arguments.height])
            .with_min_inner_size([640.0, 480.0]),
        ..Default::default()
    };
    let timed = arguments.time_first_frame;
    let run = eframe::run_native(
        "Outpost",
        options,
        Box::new(move |creation| {
            if let Some(state) = &creation.wgpu_render_state {
                let wanted = std::env::var("OUTPOST_GRAPHICS").unwrap_or_default();
                Graphics::of(state, &wanted).tell(&creation.egui_ctx);
            }
            let wake = creation.egui_ctx.clone();
            let link = Link::over(std::io::stdin(), std::io::stdout(), move || {
                wake.request_repaint();
            })?;
            let window = Window::new(&creation.egui_ctx, link, Timestamp::now);
            Ok(if timed {
                Box::new(Timed {
                    window,
                    begun,
                    frames: 0,
                })
            } else {
                Box::new(window)
            })
        }),
    );
    match run {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("outpost-window: no window could be opened: {error}");
            eprintln!(
                "It needs a display (DISPLAY or WAYLAND_DISPLAY) and a graphics driver; without a graphics card \
                 Mesa's software driver will do: on Debian the package mesa-vulkan-drivers, or libgl1-mesa-dri \
                 with libegl1."
            );
            ExitCode::from(NO_WINDOW)
        }
    }
}

/// The window, saying when its first frame was drawn and when it had rows.
struct Timed {
    window: Window,
    begun: std::time::Instant,
    frames: u64,
}

impl eframe::App for Timed {
    fn logic(&mut self, ctx: &egui::Context, frame: &mut eframe::Frame) {
        self.window.logic(ctx, frame);
    }

    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        let drawing = std::time::Instant::now();
        self.window.ui(ui, frame);
        self.frames += 1;
        let rows = self.window.model().rows.all().len();
        eprintln!(
            "frame {} after {} ms, {:.2} ms of our own, {rows} rows",
            self.frames,
            self.begun.elapsed().as_millis(),
            drawing.elapsed().as_secs_f64() * 1000.0,
        );
    }

    fn on_exit(&mut self) {
        self.window.on_exit();
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        self.window.clear_color(visuals)
    }
}
