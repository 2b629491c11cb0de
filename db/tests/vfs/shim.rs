//! SQLite's own file system with a [`Disk`] between it and the files of the folders that are watched.
//!
//! All unsafe code of these tests is here. The default file system opens each file and goes on locking it and sharing
//! its memory; of a watched file only reading, writing, cutting, syncing and closing are ours. They find the file's
//! disk by the address of SQLite's handle, which lives from `xOpen` to `xClose`. No crate is used for this: those that
//! register a file system replace the system's locks and shared memory too, and are bound to another SQLite.
#![allow(unsafe_code)]

use std::collections::HashMap;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, Once, OnceLock, PoisonError};

use rusqlite::ffi::{
    SQLITE_ERROR, SQLITE_IOERR_SHORT_READ, SQLITE_OK, sqlite3_file, sqlite3_io_methods,
    sqlite3_vfs, sqlite3_vfs_find, sqlite3_vfs_register,
};

use crate::disk::Disk;

/// What a [`Disk`] says to a call: how many of its bytes are done, and what SQLite is told then.
#[derive(Debug, Clone, Copy)]
pub struct Verdict {
    pub bytes: usize,
    pub code: c_int,
}

/// A file that is open on a watched disk.
#[derive(Clone)]
struct Opened {
    /// The system's own calls, as the default file system gave them.
    real: &'static sqlite3_io_methods,
    disk: Arc<Disk>,
    name: String,
}

static WATCHED: Mutex<Vec<Arc<Disk>>> = Mutex::new(Vec::new());
static OPEN: OnceLock<Mutex<HashMap<usize, Opened>>> = OnceLock::new();
/// The default file system before ours, which is never taken away.
static REAL: OnceLock<usize> = OnceLock::new();

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn open_files() -> MutexGuard<'static, HashMap<usize, Opened>> {
    held(OPEN.get_or_init(Mutex::default))
}

fn real_vfs() -> *mut sqlite3_vfs {
    *REAL
        .get()
        .expect("no file is opened before the registration") as *mut sqlite3_vfs
}

/// Puts `disk` between SQLite and its folder until [`unwatch`].
pub fn watch(disk: &Arc<Disk>) {
    static REGISTERED: Once = Once::new();
    REGISTERED.call_once(|| {
        // SAFETY: the default file system is static. The copy, with two calls replaced, is leaked, as SQLite demands
        // of what is registered; its other calls do not depend on which of the two they are given.
        unsafe {
            let real = sqlite3_vfs_find(std::ptr::null());
            assert!(!real.is_null(), "SQLite has no file system");
            REAL.get_or_init(|| real as usize);
            let mut ours = std::ptr::read(real);
            ours.zName = c"outpost-faults".as_ptr();
            ours.xOpen = Some(open);
            ours.xDelete = Some(delete);
            let code = sqlite3_vfs_register(Box::leak(Box::new(ours)), 1);
            assert_eq!(code, SQLITE_OK, "the file system is not taken");
        }
    });
    held(&WATCHED).push(Arc::clone(disk));
}

/// Lets the folder of `disk` alone again. Files that are still open stay on it.
pub fn unwatch(disk: &Arc<Disk>) {
    held(&WATCHED).retain(|other| !Arc::ptr_eq(other, disk));
}

/// The disk that a path lies on, with the file's name.
///
/// # Safety
/// `path` is null or a text that ends with a zero byte.
unsafe fn place(path: *const c_char) -> Option<(Arc<Disk>, String)> {
    if path.is_null() {
        return None;
    }
    // SAFETY: the caller's promise.
    let path = Path::new(unsafe { CStr::from_ptr(path) }.to_str().ok()?);
    let disks = held(&WATCHED);
    let disk = disks.iter().find(|d| Some(d.dir()) == path.parent())?;
    Some((Arc::clone(disk), path.file_name()?.to_str()?.to_owned()))
}

fn opened(file: *mut sqlite3_file) -> Opened {
    let found = open_files().get(&(file as usize)).cloned();
    found.expect("SQLite uses no handle that it has not opened")
}

unsafe extern "C" fn open(
    _: *mut sqlite3_vfs,
    path: *const c_char,
    file: *mut sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    let real = real_vfs();
    // SAFETY: the arguments are SQLite's own, given on; our file system asks for as large a handle as the real one.
    // When the real call succeeds it has set `pMethods` to a static table.
    unsafe {
        let Some(real_open) = (*real).xOpen else {
            return SQLITE_ERROR;
        };
        let code = real_open(real, path, file, flags, out);
        if code == SQLITE_OK
            && let Some((disk, name)) = place(path)
        {
            let real: &'static sqlite3_io_methods = &*(*file).pMethods;
            disk.created(&name);
            (*file).pMethods = with_ours(real);
            open_files().insert(file as usize, Opened { real, disk, name });
        }
        code
    }
}

/// The table with our calls in it, one for each of the real file system's.
fn with_ours(real: &'static sqlite3_io_methods) -> &'static sqlite3_io_methods {
    static TABLES: Mutex<Vec<(usize, &'static sqlite3_io_methods)>> = Mutex::new(Vec::new());
    let mut tables = held(&TABLES);
    let address = std::ptr::from_ref(real) as usize;
    if let Some((_, ours)) = tables.iter().find(|(of, _)| *of == address) {
        return ours;
    }
    let ours = Box::leak(Box::new(sqlite3_io_methods {
        xClose: Some(close),
        xRead: Some(read),
        xWrite: Some(write),
        xTruncate: Some(truncate),
        xSync: Some(sync),
        ..*real
    }));
    tables.push((address, ours));
    ours
}

unsafe extern "C" fn delete(_: *mut sqlite3_vfs, path: *const c_char, durable: c_int) -> c_int {
    let real = real_vfs();
    // SAFETY: the arguments are SQLite's own, given on.
    unsafe {
        if let Some((disk, name)) = place(path) {
            let code = disk.delete(&name, durable != 0);
            if code != SQLITE_OK {
                return code;
            }
        }
        (*real).xDelete.map_or(SQLITE_ERROR, |f| f(real, path, 0))
    }
}

unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
    let real = opened(file).real;
    open_files().remove(&(file as usize));
    // SAFETY: the handle is one that the real file system opened.
    unsafe { real.xClose.map_or(SQLITE_ERROR, |f| f(file)) }
}

unsafe extern "C" fn read(file: *mut sqlite3_file, to: *mut c_void, n: c_int, at: i64) -> c_int {
    let Opened { real, disk, name } = opened(file);
    let verdict = disk.read(&name, n as usize);
    if verdict.code != SQLITE_OK && verdict.code != SQLITE_IOERR_SHORT_READ {
        return verdict.code;
    }
    // SAFETY: `to` has room for `n` bytes, of which the real call fills all when it succeeds.
    unsafe {
        let code = real.xRead.map_or(SQLITE_ERROR, |f| f(file, to, n, at));
        if code == SQLITE_OK && verdict.bytes < n as usize {
            // As SQLite demands of a read that ends early.
            std::ptr::write_bytes(
                to.cast::<u8>().add(verdict.bytes),
                0,
                n as usize - verdict.bytes,
            );
            return verdict.code;
        }
        code
    }
}

unsafe extern "C" fn write(
    file: *mut sqlite3_file,
    from: *const c_void,
    n: c_int,
    at: i64,
) -> c_int {
    let Opened { real, disk, name } = opened(file);
    // SAFETY: `from` has `n` bytes; of them no more are written than there are.
    unsafe {
        let bytes = std::slice::from_raw_parts(from.cast::<u8>(), n as usize);
        let verdict = disk.write(&name, at as u64, bytes);
        if verdict.bytes > 0 {
            let write = |f: unsafe extern "C" fn(_, _, _, _) -> _| {
                f(file, from, verdict.bytes as c_int, at)
            };
            let code = real.xWrite.map_or(SQLITE_ERROR, write);
            if code != SQLITE_OK {
                return code;
            }
        }
        verdict.code
    }
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, length: i64) -> c_int {
    let Opened { real, disk, name } = opened(file);
    let code = disk.truncate(&name, length as u64);
    if code != SQLITE_OK {
        return code;
    }
    // SAFETY: the handle is one that the real file system opened.
    unsafe { real.xTruncate.map_or(SQLITE_ERROR, |f| f(file, length)) }
}

/// The real disk is not asked: what survives is what [`Disk`] says, and the tests run at the speed of memory.
unsafe extern "C" fn sync(file: *mut sqlite3_file, _: c_int) -> c_int {
    let Opened { disk, name, .. } = opened(file);
    disk.sync(&name)
}
