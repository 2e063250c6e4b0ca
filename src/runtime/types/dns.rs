//! `System.Net.Dns`, by the resolver of the system.

use std::net::{IpAddr, ToSocketAddrs};
use std::process::{Command, Stdio};

use super::args::Args;
use super::ip_address;
use super::table::{Answer, Fault, Kind, Method, TypeTable};
use crate::runtime::convert;
use crate::runtime::object::PsObject;
use crate::runtime::types::TypeRef;
use crate::runtime::value::Value;

fn unknown(name: &str) -> Fault {
    Fault::Exception(
        "System.Net.Sockets.SocketException",
        format!("No such host is known: '{name}'."),
    )
}

/// The addresses of a name; an address stands for itself.
fn addresses(name: &str) -> Result<Vec<IpAddr>, Fault> {
    if let Some(address) = ip_address::read(name).filter(|_| !name.is_empty()) {
        return Ok(vec![address]);
    }
    let name = if name.is_empty() {
        super::environment::machine_name()
    } else {
        name.to_owned()
    };
    let found = (name.as_str(), 0_u16)
        .to_socket_addrs()
        .map_err(|_| unknown(&name))?;
    let mut all: Vec<IpAddr> = Vec::new();
    for address in found.map(|socket| socket.ip()) {
        if !all.contains(&address) {
            all.push(address);
        }
    }
    Ok(all)
}

/// The name and aliases of an address. Only the C library knows the way back; `getent` asks it.
fn names_of(address: IpAddr) -> Option<(String, Vec<String>)> {
    let out = Command::new("getent")
        .args(["hosts", &address.to_string()])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    let mut words = text.lines().next()?.split_whitespace().skip(1);
    let name = words.next()?.to_owned();
    Some((name, words.map(str::to_owned).collect()))
}

fn list(addresses: Vec<IpAddr>) -> Value {
    convert::array_of(
        TypeRef::named(ip_address::TABLE.name),
        addresses.into_iter().map(ip_address::value).collect(),
    )
}

fn entry(asked: &str) -> Answer {
    let found = addresses(asked)?;
    let (name, aliases) = match ip_address::read(asked).filter(|_| !asked.is_empty()) {
        Some(address) => names_of(address).unwrap_or_else(|| (asked.to_owned(), Vec::new())),
        None if asked.is_empty() => (super::environment::machine_name(), Vec::new()),
        None => (asked.to_owned(), Vec::new()),
    };
    let aliases = convert::array_of(
        TypeRef::string(),
        aliases.into_iter().map(Value::from).collect(),
    );
    Ok(PsObject::view(
        "System.Net.IPHostEntry",
        vec![
            ("HostName", name.into()),
            ("Aliases", aliases),
            ("AddressList", list(found)),
        ],
    ))
}

/// Its declaration.
pub static TABLE: TypeTable = TypeTable {
    name: "System.Net.Dns",
    kind: Kind::Static,
    static_methods: &[
        Method::new("string GetHostName()", |_| {
            Ok(super::environment::machine_name().into())
        }),
        Method::new(
            "System.Net.IPHostEntry GetHostEntry(string hostNameOrAddress)",
            |c| entry(&c.text(0)),
        ),
        Method::new(
            "System.Net.IPHostEntry GetHostByName(string hostName)",
            |c| entry(&c.text(0)),
        ),
        Method::new("System.Net.IPHostEntry Resolve(string hostName)", |c| {
            entry(&c.text(0))
        }),
        Method::new(
            "System.Net.IPHostEntry GetHostByAddress(string address)",
            |c| entry(&c.text(0)),
        ),
        Method::new(
            "ipaddress[] GetHostAddresses(string hostNameOrAddress)",
            |c| addresses(&c.text(0)).map(list),
        ),
    ],
    ..TypeTable::EMPTY
};
