//! Rows as they lie on a page of a b-tree (<https://www.sqlite.org/fileformat2.html>, §1.6 and §2.1).

use crate::Result;
use crate::store::PAGE;

/// Bytes that SQLCipher 4 keeps at the end of each page.
const RESERVED: usize = 80;
/// No row of this store is longer; a forged length must not exhaust the machine.
const LONGEST: u64 = 64 << 20;

/// A column's value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Null,
    Int(i64),
    Blob(Vec<u8>),
    Text(String),
}

/// A row with the number under which it stands; 0 in a table that has none.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) number: i64,
    pub(super) values: Vec<Value>,
}

/// Bytes of a page that hold content.
pub(super) const fn usable() -> usize {
    PAGE as usize - RESERVED
}

/// A number in four bytes at `at`.
pub(super) fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at + 4)?.try_into().ok()?;
    Some(u32::from_be_bytes(four))
}

/// Reads the rows of a page; `follow` gives the pages over which a long row goes on. A row that is not whole is left
/// out.
pub(super) fn rows(
    page: &[u8],
    number: u32,
    mut follow: impl FnMut(u32) -> Result<Option<Vec<u8>>>,
) -> Result<Vec<Row>> {
    let head = if number == 1 { 100 } else { 0 };
    // A leaf of a table, a leaf of an index, an inner page of an index: the pages on which rows stand.
    let (cells_at, child, numbered) = match page.get(head) {
        Some(0x0D) => (head + 8, 0, true),
        Some(0x0A) => (head + 8, 0, false),
        Some(0x02) => (head + 12, 4, false),
        _ => return Ok(Vec::new()),
    };
    let mut rows = Vec::new();
    for index in 0..be16(page, head + 3).unwrap_or(0) {
        let at = be16(page, cells_at + 2 * index).map(|at| at + child);
        let Some(cell) = at.and_then(|at| cell_of(page, at, numbered)) else {
            continue;
        };
        let bytes = whole(page, &cell, &mut follow)?;
        if let Some(values) = bytes.and_then(|bytes| columns(&bytes)) {
            rows.push(Row {
                number: cell.number,
                values,
            });
        }
    }
    Ok(rows)
}

/// Where a row's bytes lie.
struct Cell {
    number: i64,
    length: usize,
    local: usize,
    at: usize,
}

fn cell_of(page: &[u8], at: usize, numbered: bool) -> Option<Cell> {
    let (length, at) = varint(page, at)?;
    let (number, at) = if numbered { varint(page, at)? } else { (0, at) };
    if length > LONGEST {
        return None;
    }
    let length = length as usize;
    let most = if numbered {
        usable() - 35
    } else {
        (usable() - 12) * 64 / 255 - 23
    };
    let least = (usable() - 12) * 32 / 255 - 23;
    let local = if length <= most {
        length
    } else {
        let rest = least + (length - least) % (usable() - 4);
        if rest <= most { rest } else { least }
    };
    Some(Cell {
        number: number as i64,
        length,
        local,
        at,
    })
}

fn whole(
    page: &[u8],
    cell: &Cell,
    follow: &mut impl FnMut(u32) -> Result<Option<Vec<u8>>>,
) -> Result<Option<Vec<u8>>> {
    let end = cell.at + cell.local;
    let Some(local) = page.get(cell.at..end) else {
        return Ok(None);
    };
    let mut bytes = local.to_vec();
    let mut next = be32(page, end);
    while bytes.len() < cell.length {
        let Some(number) = next.filter(|n| *n != 0) else {
            return Ok(None);
        };
        let Some(more) = follow(number)? else {
            return Ok(None);
        };
        let wanted = (cell.length - bytes.len()).min(usable() - 4);
        bytes.extend_from_slice(more.get(4..4 + wanted).unwrap_or_default());
        next = be32(&more, 0);
        if more.len() < 4 + wanted {
            return Ok(None);
        }
    }
    Ok(Some(bytes))
}

fn columns(record: &[u8]) -> Option<Vec<Value>> {
    let (head, mut at) = varint(record, 0)?;
    let mut body = usize::try_from(head).ok()?;
    let end = body;
    let mut values = Vec::new();
    while at < end {
        let (kind, next) = varint(record, at)?;
        at = next;
        let length = match kind {
            0 | 8 | 9 => 0,
            1..=4 => kind as usize,
            5 => 6,
            6 | 7 => 8,
            10 | 11 => return None,
            _ => usize::try_from((kind - 12) / 2).ok()?,
        };
        let bytes = record.get(body..body.checked_add(length)?)?;
        body += length;
        values.push(match kind {
            0 => Value::Null,
            8 => Value::Int(0),
            9 => Value::Int(1),
            1..=6 => Value::Int(signed(bytes)),
            // No table here has a column of fractions.
            7 => return None,
            _ if kind % 2 == 0 => Value::Blob(bytes.to_vec()),
            _ => Value::Text(String::from_utf8(bytes.to_vec()).ok()?),
        });
    }
    Some(values)
}

fn signed(bytes: &[u8]) -> i64 {
    let first = bytes.first().map_or(0, |byte| i64::from(*byte as i8));
    bytes
        .iter()
        .skip(1)
        .fold(first, |n, byte| n << 8 | i64::from(*byte))
}

fn be16(bytes: &[u8], at: usize) -> Option<usize> {
    let two = bytes.get(at..at + 2)?.try_into().ok()?;
    Some(usize::from(u16::from_be_bytes(two)))
}

/// SQLite's number of one to nine bytes, and where the next thing begins.
fn varint(bytes: &[u8], at: usize) -> Option<(u64, usize)> {
    let mut value = 0;
    for n in 0..8 {
        let byte = *bytes.get(at + n)?;
        value = value << 7 | u64::from(byte & 0x7F);
        if byte & 0x80 == 0 {
            return Some((value, at + n + 1));
        }
    }
    let byte = *bytes.get(at + 8)?;
    Some((value << 8 | u64::from(byte), at + 9))
}
