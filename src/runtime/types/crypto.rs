//! `System.Security.Cryptography`: hashes, for checksums in scripts.

use std::any::Any;

use md5::Md5;
use sha1::Sha1;
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
        "MD5" => Md5::digest(bytes).to_vec(),
        "SHA1" => Sha1::digest(bytes).to_vec(),
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
