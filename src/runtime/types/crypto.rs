//! `System.Security.Cryptography`: hashes, for checksums in scripts.

use std::any::Any;

use sha2::{Digest, Sha256, Sha384, Sha512};

use super::TypeRef;
use super::args::Args;
use super::table::{Answer, Call, Fault, Method, Property, TypeTable};
use crate::runtime::value::{Native, Value};

/// A hash function as an object.
struct Hash(&'static TypeTable);

impl Native for Hash {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(self.0.name)
    }

    fn text(&self) -> String {
        self.0.name.to_owned()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The hash of bytes by the name of the function, any case (`SHA256`); `None` when it is not known here.
pub fn hash(name: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    Some(match name.to_ascii_uppercase().as_str() {
        "MD5" => md5(bytes).to_vec(),
        "SHA1" => sha1(bytes).to_vec(),
        "SHA256" => Sha256::digest(bytes).to_vec(),
        "SHA384" => Sha384::digest(bytes).to_vec(),
        "SHA512" => Sha512::digest(bytes).to_vec(),
        _ => return None,
    })
}

fn bytes(call: &Call<'_>) -> Vec<u8> {
    match call.arg(0) {
        Value::Bytes(bytes) => bytes.borrow().clone(),
        _ => Vec::new(),
    }
}

fn named(name: &str, bytes: &[u8]) -> Answer {
    let unknown = || {
        Fault::Exception(
            "System.Security.Cryptography.CryptographicException",
            format!("'{name}' is not a known hash algorithm."),
        )
    };
    hash(name, bytes).map(Value::bytes).ok_or_else(unknown)
}

fn compute(call: &mut Call<'_>) -> Answer {
    named(call.owner_name(), &bytes(call))
}

impl Call<'_> {
    /// The short name of the object's type, or of the type the method belongs to.
    fn owner_name(&self) -> &'static str {
        self.this.type_ref().unwrap_or(self.owner).name()
    }
}

/// A message cut into blocks of 64 bytes, its length in bits at the end.
fn blocks(message: &[u8], big_end: bool) -> Vec<u8> {
    let mut padded = message.to_vec();
    let bits = (message.len() as u64).wrapping_mul(8);
    padded.push(0x80);
    while padded.len() % 64 != 56 {
        padded.push(0);
    }
    padded.extend(if big_end {
        bits.to_be_bytes()
    } else {
        bits.to_le_bytes()
    });
    padded
}

/// MD5 (RFC 1321). Good for comparing files, not for secrets.
fn md5(message: &[u8]) -> [u8; 16] {
    const SHIFTS: [[u32; 4]; 4] = [
        [7, 12, 17, 22],
        [5, 9, 14, 20],
        [4, 11, 16, 23],
        [6, 10, 15, 21],
    ];
    let mut state: [u32; 4] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    for block in blocks(message, false).chunks_exact(64) {
        let word = |i: usize| {
            u32::from_le_bytes([
                block[i * 4],
                block[i * 4 + 1],
                block[i * 4 + 2],
                block[i * 4 + 3],
            ])
        };
        let [mut a, mut b, mut c, mut d] = state;
        for i in 0..64 {
            let (mixed, at) = match i / 16 {
                0 => ((b & c) | (!b & d), i),
                1 => ((d & b) | (!d & c), (5 * i + 1) % 16),
                2 => (b ^ c ^ d, (3 * i + 5) % 16),
                _ => (c ^ (b | !d), (7 * i) % 16),
            };
            let sine = (f64::from(i as u32 + 1).sin().abs() * 4_294_967_296.0) as u32;
            let sum = mixed
                .wrapping_add(a)
                .wrapping_add(sine)
                .wrapping_add(word(at));
            (a, d, c) = (d, c, b);
            b = b.wrapping_add(sum.rotate_left(SHIFTS[i / 16][i % 4]));
        }
        for (own, new) in state.iter_mut().zip([a, b, c, d]) {
            *own = own.wrapping_add(new);
        }
    }
    let mut out = [0; 16];
    out.chunks_exact_mut(4)
        .zip(state)
        .for_each(|(four, word)| four.copy_from_slice(&word.to_le_bytes()));
    out
}

/// SHA-1 (RFC 3174). Good for comparing files, not for secrets.
fn sha1(message: &[u8]) -> [u8; 20] {
    let mut state: [u32; 5] = [
        0x6745_2301,
        0xefcd_ab89,
        0x98ba_dcfe,
        0x1032_5476,
        0xc3d2_e1f0,
    ];
    for block in blocks(message, true).chunks_exact(64) {
        let mut words = [0_u32; 80];
        for (word, four) in words.iter_mut().zip(block.chunks_exact(4)) {
            *word = u32::from_be_bytes([four[0], four[1], four[2], four[3]]);
        }
        for i in 16..80 {
            words[i] = (words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16]).rotate_left(1);
        }
        let [mut a, mut b, mut c, mut d, mut e] = state;
        for (i, word) in words.iter().enumerate() {
            let (mixed, constant) = match i / 20 {
                0 => ((b & c) | (!b & d), 0x5a82_7999),
                1 => (b ^ c ^ d, 0x6ed9_eba1),
                2 => ((b & c) | (b & d) | (c & d), 0x8f1b_bcdc_u32),
                _ => (b ^ c ^ d, 0xca62_c1d6),
            };
            let next = a
                .rotate_left(5)
                .wrapping_add(mixed)
                .wrapping_add(e)
                .wrapping_add(constant)
                .wrapping_add(*word);
            (e, d, c, b, a) = (d, c, b.rotate_left(30), a, next);
        }
        for (own, new) in state.iter_mut().zip([a, b, c, d, e]) {
            *own = own.wrapping_add(new);
        }
    }
    let mut out = [0; 20];
    out.chunks_exact_mut(4)
        .zip(state)
        .for_each(|(four, word)| four.copy_from_slice(&word.to_be_bytes()));
    out
}

macro_rules! hashes {
    ($($static:ident $name:literal $managed:ident $managed_name:literal;)*) => {
        $(
            #[doc = $name]
            pub static $static: TypeTable = TypeTable {
                name: concat!("System.Security.Cryptography.", $name),
                base: "System.Security.Cryptography.HashAlgorithm",
                static_methods: &[
                    Method::new(concat!("System.Security.Cryptography.", $name, " Create()"), |_| Ok(Value::native(Hash(&$static)))),
                    Method::new("byte[] HashData(byte[] source)", |c| named($name, &bytes(c))),
                ],
                ..TypeTable::EMPTY
            };

            #[doc = $managed_name]
            pub static $managed: TypeTable = TypeTable {
                name: concat!("System.Security.Cryptography.", $managed_name),
                base: concat!("System.Security.Cryptography.", $name),
                constructors: &[Method::new(concat!("System.Security.Cryptography.", $managed_name, " new()"), |_| Ok(Value::native(Hash(&$static))))],
                ..TypeTable::EMPTY
            };
        )*

        /// All hash types.
        pub static ALL: &[&TypeTable] = &[&ALGORITHM, $(&$static, &$managed),*];
    };
}

hashes! {
    MD5 "MD5" MD5_PROVIDER "MD5CryptoServiceProvider";
    SHA1 "SHA1" SHA1_MANAGED "SHA1Managed";
    SHA256 "SHA256" SHA256_MANAGED "SHA256Managed";
    SHA384 "SHA384" SHA384_MANAGED "SHA384Managed";
    SHA512 "SHA512" SHA512_MANAGED "SHA512Managed";
}

/// `System.Security.Cryptography.HashAlgorithm`
pub static ALGORITHM: TypeTable = TypeTable {
    name: "System.Security.Cryptography.HashAlgorithm",
    interfaces: &["System.IDisposable"],
    properties: &[Property::read("int HashSize {get;}", |v| {
        let name = v.type_ref().map_or("", TypeRef::name);
        Ok(Value::int(
            hash(name, b"").map_or(0, |hash| hash.len() as i32 * 8),
        ))
    })],
    methods: &[
        Method::new("byte[] ComputeHash(byte[] buffer)", compute),
        Method::new("void Dispose()", |_| Ok(Value::Null)),
        Method::new("void Clear()", |_| Ok(Value::Null)),
    ],
    static_methods: &[Method::new(
        "System.Security.Cryptography.HashAlgorithm Create(string hashName)",
        |c| {
            let name = c.text(0);
            let found = [&MD5, &SHA1, &SHA256, &SHA384, &SHA512]
                .into_iter()
                .find(|table| {
                    let short = table.name.rsplit('.').next().unwrap_or_default();
                    short.eq_ignore_ascii_case(&name) || table.name.eq_ignore_ascii_case(&name)
                });
            Ok(found.map_or(Value::Null, |table| Value::native(Hash(table))))
        },
    )],
    ..TypeTable::EMPTY
};

#[cfg(test)]
mod tests {
    use super::hash;

    fn hex(name: &str, text: &str) -> String {
        let bytes = hash(name, text.as_bytes()).unwrap_or_default();
        bytes.iter().map(|b| format!("{b:02x}")).collect()
    }

    #[test]
    fn the_published_examples() {
        assert_eq!(hex("MD5", "abc"), "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(hex("md5", ""), "d41d8cd98f00b204e9800998ecf8427e");
        assert_eq!(
            hex("SHA1", "abc"),
            "a9993e364706816aba3e25717850c26c9cd0d89d"
        );
        assert!(hex("SHA256", "abc").starts_with("ba7816bf"));
        assert_eq!(hash("CRC", b""), None);
    }
}
