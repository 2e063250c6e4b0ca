//! `System.Net.IPAddress`.

use std::any::Any;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::TypeRef;
use super::args::Args;
use super::enums::{self, EnumValue};
use super::table::{Answer, Fault, Method, Property, TypeTable};
use crate::runtime::value::{Native, Value};

/// An address.
struct Address(IpAddr);

impl Native for Address {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(TABLE.name)
    }

    fn text(&self) -> String {
        self.0.to_string()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn equals(&self, other: &dyn Native) -> bool {
        let other = other.as_any().downcast_ref::<Address>();
        other.is_some_and(|other| other.0 == self.0)
    }
}

/// An address as a value.
pub fn value(address: IpAddr) -> Value {
    Value::native(Address(address))
}

/// The address a value is; `None` for other values.
pub fn of_value(value: &Value) -> Option<IpAddr> {
    value.downcast::<Address>().map(|address| address.0)
}

/// Reads an address as .NET does: IPv6 perhaps in brackets and with a scope, IPv4 in one to four parts, decimal, octal or
/// hexadecimal, of which the last fills what is left.
pub fn read(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    if text.contains(':') {
        let inner = text.strip_prefix('[').and_then(|t| t.strip_suffix(']'));
        let inner = inner.unwrap_or(text);
        let inner = inner.split_once('%').map_or(inner, |(address, _)| address);
        return inner.parse::<Ipv6Addr>().ok().map(IpAddr::V6);
    }
    let parts: Vec<u64> = text.split('.').map(part).collect::<Option<_>>()?;
    let (last, head) = parts.split_last()?;
    if head.len() > 3 || head.iter().any(|n| *n > 255) || *last >> (8 * (4 - head.len())) > 0 {
        return None;
    }
    let high = (0..)
        .zip(head)
        .map(|(at, n)| n << (24 - 8 * at))
        .sum::<u64>();
    u32::try_from(high | last)
        .ok()
        .map(|bits| IpAddr::V4(Ipv4Addr::from(bits)))
}

fn part(text: &str) -> Option<u64> {
    let lower = text.to_ascii_lowercase();
    let (digits, radix) = match lower.strip_prefix("0x") {
        Some(digits) => (digits, 16),
        None if lower.len() > 1 && lower.starts_with('0') => (&lower[1..], 8),
        None => (lower.as_str(), 10),
    };
    if digits.starts_with('+') {
        return None;
    }
    u64::from_str_radix(digits, radix).ok()
}

fn parsed(text: &str) -> Result<Value, Fault> {
    read(text)
        .map(value)
        .ok_or_else(|| Fault::format("An invalid IP address was specified."))
}

fn this(value: &Value) -> IpAddr {
    of_value(value).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}

fn v6(value: &Value, test: impl FnOnce(&Ipv6Addr) -> bool) -> Answer {
    Ok(Value::Bool(match this(value) {
        IpAddr::V6(address) => test(&address),
        IpAddr::V4(_) => false,
    }))
}

fn wrong_family() -> Fault {
    Fault::Exception(
        "System.Net.Sockets.SocketException",
        "The attempted operation is not supported for the type of object referenced.".into(),
    )
}

fn octets(address: IpAddr) -> Vec<u8> {
    match address {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets().to_vec(),
    }
}

fn of_octets(bytes: &[u8]) -> Option<IpAddr> {
    match bytes.len() {
        4 => <[u8; 4]>::try_from(bytes).ok().map(IpAddr::from),
        16 => <[u8; 16]>::try_from(bytes).ok().map(IpAddr::from),
        _ => None,
    }
}

const fn constant(signature: &'static str, get: fn(&Value) -> Answer) -> Property {
    Property::read(signature, get)
}

/// `System.Net.Sockets.AddressFamily`
pub static FAMILY: TypeTable = enums::table(
    "System.Net.Sockets.AddressFamily",
    &[
        ("Unknown", -1),
        ("Unspecified", 0),
        ("Unix", 1),
        ("InterNetwork", 2),
        ("InterNetworkV6", 23),
    ],
    false,
);

/// Its declaration.
pub static TABLE: TypeTable = TypeTable {
    name: "System.Net.IPAddress",
    aliases: &["ipaddress"],
    constructors: &[
        Method::new("ipaddress new(long newAddress)", |c| {
            // The number holds the first byte of the address in its lowest place.
            u32::try_from(c.long(0))
                .map(|n| value(IpAddr::from(n.to_le_bytes())))
                .map_err(|_| {
                    Fault::out_of_range(
                        "Specified argument was out of the range of valid values.",
                        "newAddress",
                    )
                })
        }),
        Method::new("ipaddress new(byte[] address)", |c| {
            let bytes: Vec<u8> = c
                .list(0)
                .iter()
                .filter_map(|byte| u8::try_from(crate::runtime::convert::to_i64(byte).ok()?).ok())
                .collect();
            of_octets(&bytes).map(value).ok_or_else(|| {
                Fault::argument("An invalid IP address was specified. (Parameter 'address')")
            })
        }),
    ],
    properties: &[
        Property::read("long Address {get;}", |v| match this(v) {
            IpAddr::V4(address) => Ok(Value::long(i64::from(u32::from_le_bytes(address.octets())))),
            IpAddr::V6(_) => Err(wrong_family()),
        }),
        Property::read(
            "System.Net.Sockets.AddressFamily AddressFamily {get;}",
            |v| {
                let number = if this(v).is_ipv4() { 2 } else { 23 };
                Ok(EnumValue::any_number(TypeRef::named(FAMILY.name), number))
            },
        ),
        Property::read("long ScopeId {get;}", |v| match this(v) {
            IpAddr::V6(_) => Ok(Value::long(0)),
            IpAddr::V4(_) => Err(wrong_family()),
        }),
        Property::read("bool IsIPv6Multicast {get;}", |v| {
            v6(v, Ipv6Addr::is_multicast)
        }),
        Property::read("bool IsIPv6LinkLocal {get;}", |v| {
            v6(v, Ipv6Addr::is_unicast_link_local)
        }),
        Property::read("bool IsIPv6SiteLocal {get;}", |v| {
            v6(v, |a| a.segments()[0] & 0xffc0 == 0xfec0)
        }),
        Property::read("bool IsIPv6Teredo {get;}", |v| {
            v6(v, |a| a.segments()[0] == 0x2001 && a.segments()[1] == 0)
        }),
        Property::read("bool IsIPv6UniqueLocal {get;}", |v| {
            v6(v, Ipv6Addr::is_unique_local)
        }),
        Property::read("bool IsIPv4MappedToIPv6 {get;}", |v| {
            v6(v, |a| a.to_ipv4_mapped().is_some())
        }),
        Property::read("string IPAddressToString {get;}", |v| {
            Ok(this(v).to_string().into())
        }),
    ],
    methods: &[
        Method::new("byte[] GetAddressBytes()", |c| {
            Ok(Value::bytes(octets(this(c.this))))
        }),
        Method::new("ipaddress MapToIPv4()", |c| {
            Ok(match this(c.this) {
                IpAddr::V6(address) => {
                    let [.., a, b, c, d] = address.octets();
                    value(IpAddr::from([a, b, c, d]))
                }
                v4 => value(v4),
            })
        }),
        Method::new("ipaddress MapToIPv6()", |c| {
            Ok(match this(c.this) {
                IpAddr::V4(address) => value(IpAddr::V6(address.to_ipv6_mapped())),
                v6 => value(v6),
            })
        }),
    ],
    static_properties: &[
        constant("ipaddress Any {get;}", |_| {
            Ok(value(IpAddr::V4(Ipv4Addr::UNSPECIFIED)))
        }),
        constant("ipaddress Loopback {get;}", |_| {
            Ok(value(IpAddr::V4(Ipv4Addr::LOCALHOST)))
        }),
        constant("ipaddress Broadcast {get;}", |_| {
            Ok(value(IpAddr::V4(Ipv4Addr::BROADCAST)))
        }),
        constant("ipaddress None {get;}", |_| {
            Ok(value(IpAddr::V4(Ipv4Addr::BROADCAST)))
        }),
        constant("ipaddress IPv6Any {get;}", |_| {
            Ok(value(IpAddr::V6(Ipv6Addr::UNSPECIFIED)))
        }),
        constant("ipaddress IPv6Loopback {get;}", |_| {
            Ok(value(IpAddr::V6(Ipv6Addr::LOCALHOST)))
        }),
        constant("ipaddress IPv6None {get;}", |_| {
            Ok(value(IpAddr::V6(Ipv6Addr::UNSPECIFIED)))
        }),
    ],
    static_methods: &[
        Method::new("ipaddress Parse(string ipString)", |c| parsed(&c.text(0))),
        Method::new(
            "bool TryParse(string ipString, [ref] ipaddress address)",
            |c| {
                let found = read(&c.text(0));
                c.give(1, found.map_or(Value::Null, value));
                Ok(Value::Bool(found.is_some()))
            },
        ),
        Method::new("bool IsLoopback(ipaddress address)", |c| {
            Ok(Value::Bool(this(c.arg(0)).is_loopback()))
        }),
    ],
    ..TypeTable::EMPTY
};

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn addresses_are_read_as_dotnet_reads_them() {
        let text = |given| read(given).map(|a| a.to_string());
        for (given, wanted) in [
            ("10.0.0.1", Some("10.0.0.1")),
            ("1", Some("0.0.0.1")),
            ("10.1", Some("10.0.0.1")),
            ("0x7f.1", Some("127.0.0.1")),
            ("[::1]", Some("::1")),
            ("fe80::1%3", Some("fe80::1")),
            ("300.1.1.1", None),
            ("1.2.3.4.5", None),
            ("1.2.3.256", None),
            ("", None),
            ("a.b", None),
            ("::g", None),
        ] {
            assert_eq!(text(given).as_deref(), wanted, "{given}");
        }
    }
}
