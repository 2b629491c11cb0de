//! A PostgreSQL server of its own for a test: started by hand on a socket in a temporary folder, gone with the test.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How long the server may take to start.
const SOON: Duration = Duration::from_mins(1);

/// A server that runs.
pub struct Cluster {
    folder: TempDir,
    programs: PathBuf,
    server: Child,
}

impl Cluster {
    /// Makes a new database cluster and starts a server over it.
    pub fn start() -> Self {
        let programs = programs();
        let folder = tempfile::Builder::new().prefix("pg").tempdir().unwrap();
        own(folder.path());
        let made = as_server(&programs.join("initdb"))
            .args([
                "--no-sync",
                "--auth=trust",
                "--username=outpost",
                "-E",
                "UTF8",
            ])
            .args(["--locale=C", "-D"])
            .arg(folder.path().join("data"))
            .output()
            .unwrap();
        assert!(
            made.status.success(),
            "initdb: {}",
            String::from_utf8_lossy(&made.stderr)
        );
        let server = run(&programs, folder.path());
        let cluster = Self {
            folder,
            programs,
            server,
        };
        cluster.wait();
        cluster
    }

    /// Where the central finds it.
    pub fn url(&self) -> String {
        format!(
            "host={} user=outpost dbname=postgres",
            self.folder.path().display()
        )
    }

    /// Stops it as a failing machine does and starts it again.
    pub fn crash(&mut self) {
        self.stop();
        self.server = run(&self.programs, self.folder.path());
        self.wait();
    }

    /// A connection of the test's own.
    pub fn client(&self) -> postgres::Client {
        postgres::Client::connect(&self.url(), postgres::NoTls).unwrap()
    }

    fn stop(&mut self) {
        // SIGQUIT: at once, without a checkpoint.
        if let Some(pid) = rustix::process::Pid::from_raw(self.server.id().cast_signed()) {
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::QUIT);
        }
        let _ = self.server.wait();
    }

    fn wait(&self) {
        let deadline = Instant::now() + SOON;
        let ready = || {
            let asked = Command::new(self.programs.join("pg_isready"))
                .args(["-q", "-U", "outpost", "-h"])
                .arg(self.folder.path())
                .status();
            asked.unwrap().success()
        };
        while !ready() {
            assert!(Instant::now() < deadline, "PostgreSQL does not start");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stop();
    }
}

fn run(programs: &Path, folder: &Path) -> Child {
    as_server(&programs.join("postgres"))
        .arg("-D")
        .arg(folder.join("data"))
        .arg("-k")
        .arg(folder)
        // On the socket alone; what a crash of the machine would take is not what these tests are about.
        .args(["-c", "listen_addresses=", "-c", "fsync=off"])
        .args(["-c", "max_connections=60", "-c", "shared_buffers=16MB"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The newest PostgreSQL that Debian has put down.
fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").map(|folders| {
        let mut versions: Vec<PathBuf> = folders
            .filter_map(|folder| Some(folder.ok()?.path().join("bin")))
            .filter(|programs| programs.join("initdb").exists())
            .collect();
        versions.sort();
        versions
    });
    versions.ok().and_then(|mut all| all.pop()).expect(
        "PostgreSQL is missing, and with it the proof that the central works with it: install the package `postgresql`",
    )
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// A command of the server's, which does not run as root and ends with the test.
fn as_server(program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "QUIT"]);
    if is_root() {
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]);
    }
    command.arg(program).current_dir("/");
    command
}

fn own(folder: &Path) {
    if is_root() {
        let owned = Command::new("chown").arg("postgres:").arg(folder).status();
        assert!(owned.unwrap().success(), "there is no user postgres");
    }
}
