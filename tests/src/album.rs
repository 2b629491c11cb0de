//! Pictures of the way, numbered as they are taken.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::stage::Stage;

/// A folder of numbered pictures.
#[derive(Debug)]
pub struct Album {
    folder: PathBuf,
    taken: u32,
    /// The display when the last picture had been taken.
    last: Vec<u8>,
}

impl Album {
    /// Begins an album; pictures of an earlier one are taken away.
    pub fn begin(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            let ours = path
                .file_name()
                .and_then(|n| n.to_str())
                .is_some_and(is_numbered_picture);
            if ours {
                std::fs::remove_file(path)?;
            }
        }
        Ok(Self {
            folder: folder.to_owned(),
            taken: 0,
            last: Vec::new(),
        })
    }

    /// Takes a picture in the light theme and, after `turn` has changed the theme, one in the dark; then turns back.
    pub fn take(&mut self, stage: &Stage, name: &str, turn: impl Fn() -> Result<()>) -> Result<()> {
        self.taken += 1;
        let path = |theme: &str| {
            self.folder
                .join(format!("{:02}-{name}-{theme}.png", self.taken))
        };
        // What can be read over the accessibility bus is painted a frame later: the display has to change first.
        let light = stage.settled(Some(&self.last))?;
        stage.write_picture(&light, &path("light"))?;
        turn()?;
        let dark = stage.settled(Some(&light))?;
        stage.write_picture(&dark, &path("dark"))?;
        turn()?;
        self.last = stage.settled(Some(&dark))?;
        Ok(())
    }

    /// How many places are in it.
    pub const fn taken(&self) -> u32 {
        self.taken
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

fn is_numbered_picture(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|c| c.is_ascii_digit())
        && letters.next().is_some_and(|c| c.is_ascii_digit())
        && name.strip_suffix(".png").is_some()
}
