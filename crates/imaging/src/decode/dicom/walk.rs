//! Where the elements of a data set lie, told from their headers alone (DICOM PS3.5, section 7).
//!
//! Every length is held against what is left of the file before anything is read, and nothing is
//! nested on the stack: a header that claims four gigabytes, or a million sequences in each other,
//! costs nothing.

use std::ops::Range;

use super::DecodeError;

/// Group and element number of a tag.
pub(super) type Tag = (u16, u16);

const PIXEL_DATA: Tag = (0x7fe0, 0x0010);
const ITEM: Tag = (0xfffe, 0xe000);
const ITEM_END: Tag = (0xfffe, 0xe00d);
const SEQUENCE_END: Tag = (0xfffe, 0xe0dd);
/// The length of what ends with a delimiter.
const UNDEFINED: u32 = u32::MAX;
/// Sequences in each other; real files have fewer than ten.
const DEEPEST: usize = 64;

/// How element headers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Encoding {
    /// Whether each header names its value representation.
    pub explicit: bool,
    /// Whether numbers have their high byte first.
    pub big_endian: bool,
}

impl Encoding {
    /// The file meta group's, and most data sets'.
    pub const EXPLICIT_LITTLE: Self = Self {
        explicit: true,
        big_endian: false,
    };

    pub fn u16(self, bytes: [u8; 2]) -> u16 {
        if self.big_endian {
            u16::from_be_bytes(bytes)
        } else {
            u16::from_le_bytes(bytes)
        }
    }

    fn u32(self, bytes: [u8; 4]) -> u32 {
        if self.big_endian {
            u32::from_be_bytes(bytes)
        } else {
            u32::from_le_bytes(bytes)
        }
    }
}

/// One element of the data set's first level.
pub(super) struct Element {
    pub tag: Tag,
    /// The value representation, if the header names it.
    pub vr: Option<[u8; 2]>,
    /// Header and value.
    pub whole: Range<usize>,
    /// The value alone.
    pub value: Range<usize>,
    /// Whether the header says how long it is; else it goes to a delimiter.
    pub measured: bool,
}

/// Where the pixels are.
pub(super) enum Pixels {
    /// Not compressed.
    Native(Range<usize>),
    /// In fragments; the first holds the offsets of frames or is empty.
    Fragments(Vec<Range<usize>>),
}

/// Steps through the elements of a data set.
pub(super) struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
    encoding: Encoding,
}

struct Header {
    tag: Tag,
    vr: Option<[u8; 2]>,
    length: u32,
}

impl<'a> Walk<'a> {
    /// Starts at a byte of the file.
    pub fn new(bytes: &'a [u8], at: usize, encoding: Encoding) -> Self {
        Self {
            bytes,
            at,
            encoding,
        }
    }

    /// Where the next element starts.
    pub fn position(&self) -> usize {
        self.at
    }

    /// The next element whose tag `wanted` accepts; `None`, and nothing read, at another or the end.
    pub fn next_if(
        &mut self,
        wanted: impl Fn(Tag) -> bool,
    ) -> Result<Option<Element>, DecodeError> {
        let start = self.at;
        if start >= self.bytes.len() {
            return Ok(None);
        }
        let header = self.header(self.encoding)?;
        if !wanted(header.tag) {
            self.at = start;
            return Ok(None);
        }
        let value = self.at;
        if header.length == UNDEFINED {
            self.skip_to_delimiter(header.vr == Some(*b"UN"))?;
        } else {
            self.skip(header.length)?;
        }
        Ok(Some(Element {
            tag: header.tag,
            vr: header.vr,
            whole: start..self.at,
            value: value..self.at,
            measured: header.length != UNDEFINED,
        }))
    }

    /// Where the pixels lie, if the next element holds them.
    pub fn pixels(&mut self) -> Result<Option<Pixels>, DecodeError> {
        if self.at >= self.bytes.len() {
            return Ok(None);
        }
        let header = self.header(self.encoding)?;
        if header.tag != PIXEL_DATA {
            return Ok(None);
        }
        if header.length == UNDEFINED {
            return self.fragments().map(|all| Some(Pixels::Fragments(all)));
        }
        let start = self.at;
        self.skip(header.length)?;
        Ok(Some(Pixels::Native(start..self.at)))
    }

    /// Fragments up to their delimiter (PS3.5, A.4).
    fn fragments(&mut self) -> Result<Vec<Range<usize>>, DecodeError> {
        let mut fragments = Vec::new();
        // Some writers leave the delimiter out: the end of the file does as well.
        while self.at < self.bytes.len() {
            let header = self.header(self.encoding)?;
            match header.tag {
                ITEM => {
                    let start = self.at;
                    self.skip(header.length)?;
                    fragments.push(start..self.at);
                }
                SEQUENCE_END => break,
                (group, element) => {
                    return Err(damaged(format!(
                        "element ({group:04x},{element:04x}) stands among the fragments of its pixels"
                    )));
                }
            }
        }
        Ok(fragments)
    }

    /// Passes over a sequence, or anything else that ends with a delimiter.
    fn skip_to_delimiter(&mut self, unknown: bool) -> Result<(), DecodeError> {
        // Inside a value of unknown representation headers are implicit little endian (PS3.5, 6.2.2).
        let inside = |unknown: bool, outer: Encoding| {
            if unknown {
                Encoding {
                    explicit: false,
                    big_endian: false,
                }
            } else {
                outer
            }
        };
        let mut open = vec![inside(unknown, self.encoding)];
        while let Some(encoding) = open.last().copied() {
            let header = self.header(encoding)?;
            match header.tag {
                ITEM_END | SEQUENCE_END => {
                    open.pop();
                }
                _ if header.length != UNDEFINED => self.skip(header.length)?,
                _ if open.len() == DEEPEST => {
                    return Err(damaged(format!(
                        "more than {DEEPEST} sequences in each other"
                    )));
                }
                _ => open.push(inside(header.vr == Some(*b"UN"), encoding)),
            }
        }
        Ok(())
    }

    fn header(&mut self, encoding: Encoding) -> Result<Header, DecodeError> {
        let group = encoding.u16(self.take()?);
        let element = encoding.u16(self.take()?);
        let tag = (group, element);
        if !encoding.explicit || group == ITEM.0 {
            let length = encoding.u32(self.take()?);
            return Ok(Header {
                tag,
                vr: None,
                length,
            });
        }
        let vr: [u8; 2] = self.take()?;
        let length = match &vr {
            b"OB" | b"OD" | b"OF" | b"OL" | b"OV" | b"OW" | b"SQ" | b"SV" | b"UC" | b"UN"
            | b"UR" | b"UT" | b"UV" => {
                self.take::<2>()?;
                encoding.u32(self.take()?)
            }
            _ => u32::from(encoding.u16(self.take()?)),
        };
        Ok(Header {
            tag,
            vr: Some(vr),
            length,
        })
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        let found = self.bytes.get(self.at..).and_then(<[u8]>::first_chunk::<N>);
        let found = *found.ok_or_else(|| self.cut_off(N as u64))?;
        self.at += N;
        Ok(found)
    }

    fn skip(&mut self, length: u32) -> Result<(), DecodeError> {
        let left = (self.bytes.len() - self.at) as u64;
        if u64::from(length) > left {
            return Err(self.cut_off(u64::from(length)));
        }
        self.at += length as usize;
        Ok(())
    }

    fn cut_off(&self, wanted: u64) -> DecodeError {
        DecodeError::CutOff {
            have: self.bytes.len() as u64,
            need: self.at as u64 + wanted,
        }
    }
}

pub(super) fn damaged(what: String) -> DecodeError {
    DecodeError::Damaged { what }
}
