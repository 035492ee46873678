//! Word files with a password: ECMA-376 agile and standard encryption in a compound file, to the package that is locked in it.

use crate::extract::ExtractError;
use aes::cipher::generic_array::GenericArray;
use aes::cipher::{BlockDecrypt, BlockDecryptMut, InnerIvInit, KeyInit};
use aes::{Aes128, Aes192, Aes256};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cfb::CompoundFile;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

const CONTAINER: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
const FORMAT: &str = "docx";
/// Word asks for 100,000 rounds.
const MOST_ROUNDS: u32 = 1_000_000;
const MOST_INFO: u64 = 1 << 20;
const MOST_PACKAGE: u64 = 256 << 20;
const BLOCK: usize = 16;
const SEGMENT: usize = 4096;

/// Whether this is a compound file with a package locked in it.
pub(super) fn sniff(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.starts_with(CONTAINER) && bytes.windows(name.len()).any(|window| window == name)
}

/// The package in a locked file.
pub(super) fn unlocked(bytes: &[u8], password: Option<&str>) -> Result<Vec<u8>, ExtractError> {
    let Some(password) = password.filter(|password| !password.is_empty()) else {
        return Err(ExtractError::Encrypted { format: FORMAT });
    };
    // The container is read by another crate, which promises nothing for files that are made to break it.
    let streams = catch_unwind(AssertUnwindSafe(|| streams(bytes))).ok().flatten();
    let (info, package) = streams.ok_or_else(damaged)?;
    let password: Vec<u8> = password.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let lock: Box<dyn Lock> = match info.get(..4) {
        Some([4, 0, 4, 0]) => Box::new(Agile::read(info.get(8..).unwrap_or_default()).ok_or_else(damaged)?),
        Some([2..=4, 0, 2, 0]) => Box::new(Standard::read(&info).ok_or_else(damaged)?),
        _ => return Err(ExtractError::Damaged { format: FORMAT, what: "it is locked in a way that is not known" }),
    };
    if lock.rounds() > MOST_ROUNDS {
        return Err(ExtractError::TooLarge { what: "its password is made to take more than a million rounds" });
    }
    let key = lock.key(&password).ok_or(ExtractError::WrongPassword { format: FORMAT })?;
    let (size, rest) = package.split_at_checked(8).ok_or_else(damaged)?;
    let size = size.try_into().map(u64::from_le_bytes).map_err(|_| damaged())?;
    let mut plain = lock.open(&key, rest).ok_or_else(damaged)?;
    plain.truncate(usize::try_from(size).unwrap_or(usize::MAX));
    Ok(plain)
}

fn damaged() -> ExtractError {
    ExtractError::Damaged { format: FORMAT, what: "the lock on it is not complete" }
}

/// What tells how the package is locked, and the package.
fn streams(bytes: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut file = CompoundFile::open(Cursor::new(bytes)).ok()?;
    let mut stream = |name: &str, most: u64| {
        let mut bytes = Vec::new();
        file.open_stream(name).ok()?.take(most + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 <= most).then_some(bytes)
    };
    Some((stream("EncryptionInfo", MOST_INFO)?, stream("EncryptedPackage", MOST_PACKAGE)?))
}

/// One way of locking.
trait Lock {
    /// How often the password is hashed.
    fn rounds(&self) -> u32;
    /// The key of the package, if the password is right.
    fn key(&self, password: &[u8]) -> Option<Vec<u8>>;
    /// The package without its lock, and perhaps a few bytes at the end that fill its last block.
    fn open(&self, key: &[u8], package: &[u8]) -> Option<Vec<u8>>;
}

/// The lock of Word since 2010: described in XML, AES in chained blocks.
struct Agile {
    data: Cipher,
    password: Cipher,
    rounds: u32,
    verifier: Vec<u8>,
    verifier_hash: Vec<u8>,
    key: Vec<u8>,
}

/// How something is encrypted.
struct Cipher {
    hash: Hash,
    salt: Vec<u8>,
    /// Bytes of the key.
    size: usize,
}

impl Cipher {
    fn read(element: &BytesStart<'_>) -> Option<Self> {
        let plain = attribute(element, "cipherAlgorithm")? == "AES";
        let chained = attribute(element, "cipherChaining")? == "ChainingModeCBC";
        let bits: usize = attribute(element, "keyBits")?.parse().ok()?;
        Some(Self {
            hash: Hash::named(&attribute(element, "hashAlgorithm")?)?,
            salt: binary(element, "saltValue")?,
            size: (plain && chained && matches!(bits, 128 | 192 | 256)).then_some(bits / 8)?,
        })
    }
}

impl Agile {
    fn read(xml: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(xml).ok()?;
        let mut reader = Reader::from_str(text);
        let mut data = None;
        loop {
            match reader.read_event().ok()? {
                Event::Start(element) | Event::Empty(element) => match element.local_name().into_inner() {
                    "keyData" => data = Cipher::read(&element),
                    "encryptedKey" => {
                        return Some(Self {
                            data: data?,
                            password: Cipher::read(&element)?,
                            rounds: attribute(&element, "spinCount")?.parse().ok()?,
                            verifier: binary(&element, "encryptedVerifierHashInput")?,
                            verifier_hash: binary(&element, "encryptedVerifierHashValue")?,
                            key: binary(&element, "encryptedKeyValue")?,
                        });
                    }
                    _ => {}
                },
                Event::Eof => return None,
                _ => {}
            }
        }
    }
}

impl Lock for Agile {
    fn rounds(&self) -> u32 {
        self.rounds
    }

    fn key(&self, password: &[u8]) -> Option<Vec<u8>> {
        const VERIFIER: [u8; 8] = [0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79];
        const VERIFIER_HASH: [u8; 8] = [0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e];
        const KEY: [u8; 8] = [0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6];
        let Cipher { hash, salt, size } = &self.password;
        let hashed = hash.rounds(salt, password, self.rounds);
        let opened = |purpose: &[u8], value: &[u8]| {
            let key = sized(hash.of(&[&hashed, purpose]), *size);
            chained(&key, &sized(salt.clone(), BLOCK), value)
        };
        let verifier = opened(&VERIFIER, &self.verifier)?;
        let verifier = hash.of(&[verifier.get(..salt.len().min(verifier.len()))?]);
        let expected = opened(&VERIFIER_HASH, &self.verifier_hash)?;
        let key = opened(&KEY, &self.key)?;
        let right = expected.get(..verifier.len())? == verifier;
        right.then_some(key.get(..self.data.size)?.to_vec())
    }

    fn open(&self, key: &[u8], package: &[u8]) -> Option<Vec<u8>> {
        let mut plain = Vec::with_capacity(package.len());
        for (number, segment) in (0u32..).zip(package.chunks(SEGMENT)) {
            let start = sized(self.data.hash.of(&[&self.data.salt, &number.to_le_bytes()]), BLOCK);
            plain.extend(chained(key, &start, segment)?);
        }
        Some(plain)
    }
}

/// The lock of Word 2007: binary, AES in blocks of their own.
struct Standard {
    size: usize,
    salt: Vec<u8>,
    verifier: Vec<u8>,
    verifier_hash: Vec<u8>,
}

impl Standard {
    fn read(info: &[u8]) -> Option<Self> {
        let number = |at: usize| Some(u32::from_le_bytes(info.get(at..at + 4)?.try_into().ok()?));
        let header = 12;
        let after = header + usize::try_from(number(8)?).ok()?;
        let bits = number(header + 16)?;
        let salt = after.checked_add(4)?;
        let bytes = |from: usize, length: usize| Some(info.get(from..from.checked_add(length)?)?.to_vec());
        Some(Self {
            size: matches!(bits, 128 | 192 | 256).then_some(usize::try_from(bits / 8).ok()?)?,
            salt: bytes(salt, 16)?,
            verifier: bytes(salt.checked_add(16)?, 16)?,
            verifier_hash: bytes(salt.checked_add(36)?, 32)?,
        })
    }
}

impl Lock for Standard {
    fn rounds(&self) -> u32 {
        50_000
    }

    fn key(&self, password: &[u8]) -> Option<Vec<u8>> {
        let hash = Hash::Sha1;
        let hashed = hash.of(&[&hash.rounds(&self.salt, password, self.rounds()), &[0; 4]]);
        let half = |fill: u8| {
            let mut mask = [fill; 64];
            mask.iter_mut().zip(&hashed).for_each(|(byte, hashed)| *byte ^= hashed);
            hash.of(&[&mask])
        };
        let key = sized([half(0x36), half(0x5c)].concat(), self.size);
        let verifier = hash.of(&[&blocks(&key, &self.verifier)?]);
        let expected = blocks(&key, &self.verifier_hash)?;
        (expected.get(..verifier.len())? == verifier).then_some(key)
    }

    fn open(&self, key: &[u8], package: &[u8]) -> Option<Vec<u8>> {
        blocks(key, package)
    }
}

/// The hash functions that the standard allows and programs use.
#[derive(Clone, Copy)]
enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    fn named(name: &str) -> Option<Self> {
        match name {
            "SHA1" | "SHA-1" => Some(Self::Sha1),
            "SHA256" | "SHA-256" => Some(Self::Sha256),
            "SHA384" | "SHA-384" => Some(Self::Sha384),
            "SHA512" | "SHA-512" => Some(Self::Sha512),
            _ => None,
        }
    }

    fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        fn hashed<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
            parts.iter().fold(D::new(), Digest::chain_update).finalize().to_vec()
        }
        match self {
            Self::Sha1 => hashed::<Sha1>(parts),
            Self::Sha256 => hashed::<Sha256>(parts),
            Self::Sha384 => hashed::<Sha384>(parts),
            Self::Sha512 => hashed::<Sha512>(parts),
        }
    }

    /// A password, hashed so often that guessing it takes long.
    fn rounds(self, salt: &[u8], password: &[u8], rounds: u32) -> Vec<u8> {
        (0..rounds).fold(self.of(&[salt, password]), |hashed, round| self.of(&[&round.to_le_bytes(), &hashed]))
    }
}

/// So many bytes: cut short, or filled up as the standard says.
fn sized(mut bytes: Vec<u8>, size: usize) -> Vec<u8> {
    bytes.resize(size, 0x36);
    bytes
}

/// Whole blocks, each decrypted by itself.
fn blocks(key: &[u8], data: &[u8]) -> Option<Vec<u8>> {
    fn opened<C: KeyInit + BlockDecrypt>(key: &[u8], data: &[u8]) -> Option<Vec<u8>> {
        let cipher = C::new_from_slice(key).ok()?;
        let mut data = data.to_vec();
        data.chunks_exact_mut(C::block_size())
            .for_each(|block| cipher.decrypt_block(GenericArray::from_mut_slice(block)));
        Some(data)
    }
    match key.len() {
        16 => opened::<Aes128>(key, data),
        24 => opened::<Aes192>(key, data),
        _ => opened::<Aes256>(key, data),
    }
}

/// Whole blocks, each decrypted with the one before it.
fn chained(key: &[u8], start: &[u8], data: &[u8]) -> Option<Vec<u8>> {
    fn opened<C: KeyInit + BlockDecrypt + BlockDecryptMut + aes::cipher::BlockCipher>(
        key: &[u8],
        start: &[u8],
        data: &[u8],
    ) -> Option<Vec<u8>> {
        let cipher = C::new_from_slice(key).ok()?;
        let mut chain = cbc::Decryptor::inner_iv_slice_init(cipher, start).ok()?;
        let mut data = data.to_vec();
        let blocks = data.chunks_exact_mut(BLOCK);
        blocks.for_each(|block| chain.decrypt_block_mut(GenericArray::from_mut_slice(block)));
        Some(data)
    }
    match key.len() {
        16 => opened::<Aes128>(key, start, data),
        24 => opened::<Aes192>(key, start, data),
        _ => opened::<Aes256>(key, start, data),
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|attribute| attribute.key.local_name().into_inner() == name)?;
    Some(found.value.into_owned())
}

fn binary(element: &BytesStart<'_>, name: &str) -> Option<Vec<u8>> {
    STANDARD.decode(attribute(element, name)?.trim()).ok()
}
