//! `System.Net.ServicePointManager`: what scripts set before they connect.

use std::cell::Cell;

use super::TypeRef;
use super::enums::{self, EnumValue};
use super::table::{Fault, Kind, Property, TypeTable};
use crate::runtime::value::Value;

thread_local! {
    static PROTOCOLS: Cell<i64> = const { Cell::new(0) };
}

/// `System.Net.SecurityProtocolType`
pub static PROTOCOL: TypeTable = enums::table(
    "System.Net.SecurityProtocolType",
    &[
        ("SystemDefault", 0),
        ("Ssl3", 48),
        ("Tls", 192),
        ("Tls11", 768),
        ("Tls12", 3072),
        ("Tls13", 12288),
    ],
    true,
);

/// Its declaration. The versions of TLS are kept for whoever reads them; connections of this shell take the best that both
/// sides know, and nothing older than TLS 1.2.
pub static TABLE: TypeTable = TypeTable {
    name: "System.Net.ServicePointManager",
    kind: Kind::Static,
    static_properties: &[
        Property {
            signature: "System.Net.SecurityProtocolType SecurityProtocol {get;set;}",
            get: |_| {
                let ty = TypeRef::named(PROTOCOL.name);
                Ok(EnumValue::any_number(ty, PROTOCOLS.get()))
            },
            set: Some(|_, value| {
                if let Value::Enum(member) = &value {
                    PROTOCOLS.set(member.value);
                }
                Ok(())
            }),
        },
        Property {
            signature: "System.Object ServerCertificateValidationCallback {get;set;}",
            get: |_| Ok(Value::Null),
            set: Some(|_, value| match value {
                Value::Null => Ok(()),
                _ => Err(Fault::invalid_operation(
                    "Certificates are checked by this shell itself. Cmdlets that may pass over a wrong one have the switch -AcceptUntrustedCertificates.",
                )),
            }),
        },
    ],
    ..TypeTable::EMPTY
};
