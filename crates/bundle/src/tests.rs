//! The file: what comes back, for whom, and what is told of a bad one.

use ed25519_dalek::SigningKey;
use outpost_domain::{BlobHash, DeviceId, OfficerId};
use uuid::Uuid;

use crate::{BundleError, FORMAT, FromCentral, FromWorkstation, Identity, Writer, read};

fn letter(format: u32, files: Vec<BlobHash>) -> FromWorkstation {
    FromWorkstation {
        format,
        id: Uuid::from_u128(1),
        number: 1,
        device: DeviceId(Uuid::from_u128(2)),
        post: "ZMKZU".parse().unwrap(),
        officer: OfficerId(Uuid::from_u128(3)),
        made_at: "2026-11-24T09:00:00Z".parse().unwrap(),
        answer_to: Identity::generate().recipient(),
        cursor: None,
        wants: Vec::new(),
        entries: Vec::new(),
        files,
    }
}

fn bundle(reader: &Identity, format: u32, content: &[&[u8]]) -> (FromWorkstation, Vec<u8>) {
    let files = content.iter().map(|c| BlobHash::of(c)).collect();
    let letter = letter(format, files);
    let key = SigningKey::from_bytes(&[7; 32]);
    let mut writer = Writer::begin(Vec::new(), &[reader.recipient()], &letter, &key).unwrap();
    for file in content {
        let hash = BlobHash::of(file);
        writer.add(hash, file.len() as u64, *file).unwrap();
    }
    (letter, writer.finish().unwrap())
}

type Read1 = (FromWorkstation, String, Vec<Vec<u8>>);

fn open(file: &[u8], identity: &Identity) -> Result<Read1, BundleError> {
    read(
        file,
        identity,
        |signed| Ok((signed.letter, signed.key, Vec::new())),
        |(_, _, files), hash, bytes, from| {
            let mut content = Vec::new();
            from.read_to_end(&mut content)
                .map_err(BundleError::reading)?;
            assert_eq!(content.len() as u64, bytes);
            assert_eq!(BlobHash::of(&content), hash);
            files.push(content);
            Ok(())
        },
    )
}

#[test]
fn what_was_sealed_comes_back_with_the_key_that_signed_it() {
    let reader = Identity::generate();
    let large = vec![5; 200_000];
    let (letter, file) = bundle(&reader, FORMAT, &[b"a seal", &large, b""]);
    let again = Identity::parse(&reader.secret()).unwrap();
    let (found, key, files) = open(&file, &again).unwrap();
    assert_eq!(found, letter);
    let signer = SigningKey::from_bytes(&[7; 32]).verifying_key();
    assert_eq!(key, hex::encode(signer.to_bytes()));
    assert_eq!(files, [b"a seal".to_vec(), large, Vec::new()]);
}

#[test]
fn nobody_else_opens_it_and_nothing_in_it_is_plain() {
    let (letter, file) = bundle(&Identity::generate(), FORMAT, &[b"a secret photo"]);
    let found = open(&file, &Identity::generate());
    assert!(matches!(found, Err(BundleError::OtherReader)), "{found:?}");
    for plain in [b"a secret photo".as_slice(), letter.answer_to.as_bytes()] {
        assert!(!file.windows(plain.len()).any(|w| w == plain));
    }
}

#[test]
fn a_cut_anywhere_is_told_and_every_changed_byte_is_found() {
    let reader = Identity::generate();
    let (_, file) = bundle(&reader, FORMAT, &[&vec![9; 70_000], b"the last"]);
    for length in (0..400).chain((400..file.len()).step_by(997)) {
        let found = open(&file[..length], &reader);
        assert!(found.is_err(), "cut to {length} of {}", file.len());
    }
    let cut = open(&file[..file.len() - 1], &reader).unwrap_err();
    let told = matches!(cut, BundleError::CutOff | BundleError::Damaged(_));
    assert!(told, "{cut}");
    for place in (0..file.len()).step_by(531).chain([file.len() - 1]) {
        let mut changed = file.clone();
        changed[place] ^= 1;
        assert!(open(&changed, &reader).is_err(), "byte {place} was changed");
    }
    let mut longer = file.clone();
    longer.push(0);
    assert!(open(&longer, &reader).is_err(), "something was appended");
    assert!(matches!(open(b"", &reader), Err(BundleError::CutOff)));
    let foreign = open(b"age is not this\n\n\n\n\n", &reader);
    assert!(matches!(foreign, Err(BundleError::Damaged(_))));
}

#[test]
fn the_other_direction_and_a_newer_format_are_named() {
    let reader = Identity::generate();
    let (_, file) = bundle(&reader, FORMAT, &[]);
    let begin = |_| Ok::<(), BundleError>(());
    let found = read::<FromCentral, _, _>(file.as_slice(), &reader, begin, |(), _, _, _| Ok(()));
    assert!(matches!(found, Err(BundleError::OtherDirection)));
    let (_, file) = bundle(&reader, FORMAT + 1, &[]);
    let newer = matches!(open(&file, &reader), Err(BundleError::Newer { found, .. }) if found == FORMAT + 1);
    assert!(newer);
}

#[test]
fn a_letter_that_another_signed_over_is_refused() {
    let reader = Identity::generate();
    let letter = letter(FORMAT, Vec::new());
    let text = serde_json::to_vec(&letter).unwrap();
    let mark = br#"{"key":"00","signature":"11"}"#;
    let mut archive = tar::Builder::new(Vec::new());
    for (name, content) in [
        ("from-workstation.json", text.as_slice()),
        ("signature.json", mark),
    ] {
        let mut header = tar::Header::new_ustar();
        header.set_size(content.len() as u64);
        archive.append_data(&mut header, name, content).unwrap();
    }
    let archive = archive.into_inner().unwrap();
    let recipient: age::x25519::Recipient = reader.recipient().parse().unwrap();
    let file = age::encrypt(&recipient, &archive).unwrap();
    let found = open(&file, &reader);
    assert!(
        matches!(found, Err(BundleError::WrongSignature)),
        "{found:?}"
    );
}

#[test]
fn a_file_of_another_length_than_announced_is_no_bundle() {
    let reader = Identity::generate();
    let key = SigningKey::from_bytes(&[7; 32]);
    let hash = BlobHash::of(b"four");
    let letter = letter(FORMAT, vec![hash]);
    for announced in [3, 5] {
        let mut writer = Writer::begin(Vec::new(), &[reader.recipient()], &letter, &key).unwrap();
        let added = writer.add(hash, announced, b"four".as_slice());
        assert!(matches!(
            added,
            Err(BundleError::OtherLength { found: 4, .. })
        ));
    }
    let nobody = Writer::begin(Vec::new(), &[], &letter, &key);
    assert!(matches!(nobody, Err(BundleError::NoReader(_))));
}
