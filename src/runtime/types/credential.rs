//! `PSCredential` and `System.Net.NetworkCredential`.

use std::any::Any;
use std::rc::Rc;

use super::TypeRef;
use super::args::Args;
use super::secure_string::SecureString;
use super::table::{Fault, Method, Property, TypeTable};
use crate::runtime::value::{Native, Value};

/// A user's name and password.
pub struct PsCredential {
    /// As it was given: `user`, `domain\user` or `user@domain`.
    pub user: Rc<str>,
    password: Value,
}

impl PsCredential {
    /// A credential as a value. `password` is a [`SecureString`].
    pub fn value(user: &str, password: &Value) -> Value {
        Value::native(PsCredential {
            user: Rc::from(user),
            password: password.clone(),
        })
    }

    /// The password itself; the caller clears its copy.
    pub fn reveal(&self) -> String {
        self.password
            .downcast::<SecureString>()
            .map(SecureString::reveal)
            .unwrap_or_default()
    }
}

impl Native for PsCredential {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(TABLE.name)
    }

    fn text(&self) -> String {
        TABLE.name.to_owned()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A user, a password and a domain for a server.
struct NetworkCredential {
    user: Rc<str>,
    password: Value,
    domain: Rc<str>,
}

impl Native for NetworkCredential {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(NETWORK.name)
    }

    fn text(&self) -> String {
        NETWORK.name.to_owned()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn own(value: &Value) -> Result<&PsCredential, Fault> {
    value
        .downcast::<PsCredential>()
        .ok_or_else(|| Fault::invalid_operation("This is no credential."))
}

fn network(value: &Value) -> Result<&NetworkCredential, Fault> {
    value
        .downcast::<NetworkCredential>()
        .ok_or_else(|| Fault::invalid_operation("This is no credential."))
}

/// The password argument as a secure string; plain text is taken too.
fn secure(value: &Value) -> Value {
    match value {
        Value::Native(_) => value.clone(),
        other => SecureString::value(&crate::runtime::convert::to_text(other)),
    }
}

/// `System.Management.Automation.PSCredential`
pub static TABLE: TypeTable = TypeTable {
    name: "System.Management.Automation.PSCredential",
    aliases: &["pscredential"],
    constructors: &[Method::new(
        "pscredential new(string userName, securestring password)",
        |c| {
            if c.text(0).is_empty() {
                return Err(Fault::argument(
                    "Cannot process argument because the value of argument \"userName\" is not valid. Change the value of the \"userName\" argument and run the operation again.",
                ));
            }
            if c.arg(1).is_null() {
                return Err(Fault::Exception("System.Management.Automation.PSArgumentNullException", "Cannot process argument because the value of argument \"password\" is null. Change the value of argument \"password\" to a non-null value.".into()));
            }
            Ok(PsCredential::value(&c.text(0), c.arg(1)))
        },
    )],
    properties: &[
        Property::read("string UserName {get;}", |v| {
            Ok(Value::Str(own(v)?.user.clone()))
        }),
        Property::read("securestring Password {get;}", |v| {
            Ok(own(v)?.password.clone())
        }),
    ],
    methods: &[Method::new(
        "System.Net.NetworkCredential GetNetworkCredential()",
        |c| {
            let own = own(c.this)?;
            let (domain, user) = match own.user.split_once('\\') {
                Some((domain, user)) => (domain, user),
                None => match own.user.split_once('@') {
                    Some((user, domain)) => (domain, user),
                    None => ("", &*own.user),
                },
            };
            Ok(Value::native(NetworkCredential {
                user: user.into(),
                password: own.password.clone(),
                domain: domain.into(),
            }))
        },
    )],
    static_properties: &[Property::read("pscredential Empty {get;}", |_| {
        Ok(PsCredential::value("", &SecureString::value("")))
    })],
    ..TypeTable::EMPTY
};

/// `System.Net.NetworkCredential`
pub static NETWORK: TypeTable = TypeTable {
    name: "System.Net.NetworkCredential",
    constructors: &[
        Method::new(
            "System.Net.NetworkCredential new(string userName, securestring password)",
            |c| {
                Ok(Value::native(NetworkCredential {
                    user: c.text(0),
                    password: secure(c.arg(1)),
                    domain: "".into(),
                }))
            },
        ),
        Method::new(
            "System.Net.NetworkCredential new(string userName, string password)",
            |c| {
                Ok(Value::native(NetworkCredential {
                    user: c.text(0),
                    password: secure(c.arg(1)),
                    domain: "".into(),
                }))
            },
        ),
        Method::new(
            "System.Net.NetworkCredential new(string userName, securestring password, string domain)",
            |c| {
                Ok(Value::native(NetworkCredential {
                    user: c.text(0),
                    password: secure(c.arg(1)),
                    domain: c.text(2),
                }))
            },
        ),
        Method::new(
            "System.Net.NetworkCredential new(string userName, string password, string domain)",
            |c| {
                Ok(Value::native(NetworkCredential {
                    user: c.text(0),
                    password: secure(c.arg(1)),
                    domain: c.text(2),
                }))
            },
        ),
    ],
    properties: &[
        Property::read("string UserName {get;}", |v| {
            Ok(Value::Str(network(v)?.user.clone()))
        }),
        Property::read("string Password {get;}", |v| {
            let password = &network(v)?.password;
            Ok(password
                .downcast::<SecureString>()
                .map(|s| s.reveal().into())
                .unwrap_or_default())
        }),
        Property::read("securestring SecurePassword {get;}", |v| {
            Ok(network(v)?.password.clone())
        }),
        Property::read("string Domain {get;}", |v| {
            Ok(Value::Str(network(v)?.domain.clone()))
        }),
    ],
    ..TypeTable::EMPTY
};
