//! Parameter types of the migration cmdlets that are not names of things.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::show;
use crate::engine::batch::BatchStatus;
use crate::engine::endpoint::{Admin, AdminForm, AuthenticationMethod, EndpointType, Security};
use crate::engine::mailbox::FolderScope;
use crate::engine::reports::ReportKind;
use crate::engine::user::{UserStatus, UserStatusSummary};
use crate::engine::verify::VerifyLevel;
use crate::mail::Secret;
use crate::runtime::Value;
use crate::runtime::convert::{self, ConvertError};
use crate::runtime::param::{ParamField, TypeSpec};
use crate::runtime::types::credential::PsCredential;
use crate::runtime::types::datetime::DateTime;
use crate::runtime::types::secure_string::SecureString;
use crate::runtime::types::windows_zones::ZONES;
use crate::runtime::value::Number;

/// A refusal to convert, in PowerShell's sentence.
pub(crate) fn refusal(value: &Value, type_name: &str, why: &str) -> ConvertError {
    ConvertError {
        message: format!(
            "Cannot convert value \"{}\" to type \"{type_name}\". Error: \"{why}\"",
            convert::to_text(value)
        ),
        id: "InvalidCast",
    }
}

/// Makes an enumeration of the engine a parameter type: its names are the allowed words.
macro_rules! engine_enum {
    ($($type:ty = $name:literal),+ $(,)?) => {$(
        impl ParamField for $type {
            const SPEC: TypeSpec = TypeSpec::enumeration($name, <$type>::NAMES);
            const MANDATORY: bool = true;

            fn absent() -> Option<Self> {
                None
            }

            fn from_value(value: Value) -> Result<Self, ConvertError> {
                <$type>::from_name(convert::to_text(&value).trim()).ok_or_else(|| {
                    let why = format!("The name is none of these: {}.", <$type>::NAMES.join(", "));
                    refusal(&value, $name, &why)
                })
            }
        }
    )+};
}

engine_enum! {
    Security = "Microsoft.Exchange.Data.Storage.Management.IMAPSecurityMechanism",
    AuthenticationMethod = "Microsoft.Exchange.Data.AuthenticationMethod",
    AdminForm = "Microsoft.Exchange.Data.Storage.Management.AdminCredentialsForm",
    EndpointType = "Microsoft.Exchange.Data.Storage.Management.MigrationType",
    BatchStatus = "Microsoft.Exchange.Data.Storage.Management.MigrationBatchStatus",
    UserStatus = "Microsoft.Exchange.Data.Storage.Management.MigrationUserStatus",
    UserStatusSummary = "Microsoft.Exchange.Data.Storage.Management.MigrationUserStatusSummary",
    ReportKind = "Mailtern.MigrationReportKind",
    VerifyLevel = "Mailtern.VerifyLevel",
    FolderScope = "Microsoft.Exchange.Data.Directory.SystemConfiguration.ElcFolderType",
}

/// A TCP port, 1 to 65535.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Port(pub u16);

impl ParamField for Port {
    const SPEC: TypeSpec = TypeSpec::of("System.Int32");
    const MANDATORY: bool = true;

    fn absent() -> Option<Self> {
        None
    }

    fn from_value(value: Value) -> Result<Self, ConvertError> {
        match convert::to_text(&value).trim().parse() {
            Ok(port) if port > 0 => Ok(Self(port)),
            _ => Err(refusal(
                &value,
                Self::SPEC.name,
                "A port is a number from 1 to 65535.",
            )),
        }
    }
}

/// `Unlimited<UInt32>`: a number from 0 on, or the word `unlimited` (`None`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unlimited(pub Option<u32>);

impl ParamField for Unlimited {
    const SPEC: TypeSpec = TypeSpec::of("Microsoft.Exchange.Data.Unlimited");
    const MANDATORY: bool = true;

    fn absent() -> Option<Self> {
        None
    }

    fn from_value(value: Value) -> Result<Self, ConvertError> {
        let text = convert::to_text(&value);
        let text = text.trim();
        if text.eq_ignore_ascii_case("unlimited") {
            return Ok(Self(None));
        }
        text.parse().map(|n| Self(Some(n))).map_err(|_| {
            refusal(
                &value,
                Self::SPEC.name,
                "It takes a number from 0 to 4294967295 or the word Unlimited.",
            )
        })
    }
}

/// A moment; `$null` is none. A date of no zone is UTC, as in Exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment(pub Option<Timestamp>);

impl ParamField for Moment {
    const SPEC: TypeSpec = TypeSpec::of("System.DateTime");
    const MANDATORY: bool = true;

    fn absent() -> Option<Self> {
        None
    }

    fn from_value(value: Value) -> Result<Self, ConvertError> {
        if value.is_null() {
            return Ok(Self(None));
        }
        let date = DateTime::from_value(value.clone())?;
        show::moment(date)
            .map(|at| Self(Some(at)))
            .ok_or_else(|| refusal(&value, Self::SPEC.name, "The date is out of range."))
    }
}

/// A time zone, by the name it was given: Windows' or IANA's.
#[derive(Clone, Debug)]
pub struct Zone {
    /// The name as given.
    pub name: String,
    /// The zone.
    pub zone: TimeZone,
}

impl ParamField for Zone {
    const SPEC: TypeSpec = TypeSpec::of("Microsoft.Exchange.Data.ExTimeZoneValue");
    const MANDATORY: bool = true;

    fn absent() -> Option<Self> {
        None
    }

    fn from_value(value: Value) -> Result<Self, ConvertError> {
        let name = convert::to_text(&value).trim().to_owned();
        let iana = ZONES
            .iter()
            .find(|(windows, _)| windows.eq_ignore_ascii_case(&name))
            .map_or(name.as_str(), |(_, iana)| *iana);
        match TimeZone::get(iana) {
            Ok(zone) if !name.is_empty() => Ok(Self { name, zone }),
            _ => Err(refusal(
                &value,
                Self::SPEC.name,
                "No time zone has this name. Give a name of Windows, such as Pacific Standard Time, or of IANA, such as Europe/Berlin.",
            )),
        }
    }
}

/// A password, as `ConvertTo-SecureString` makes it.
pub struct Password(pub Secret);

impl ParamField for Password {
    const SPEC: TypeSpec = TypeSpec::of("System.Security.SecureString");
    const MANDATORY: bool = true;

    fn absent() -> Option<Self> {
        None
    }

    fn from_value(value: Value) -> Result<Self, ConvertError> {
        let given = value.downcast::<SecureString>();
        given.map(|text| Self(Secret::new(text.reveal()))).ok_or_else(|| ConvertError {
            message: "Cannot convert this value to type \"System.Security.SecureString\": a password is not taken as plain text. \
                      Write -Password (Read-Host -AsSecureString)."
                .into(),
            id: "InvalidCast",
        })
    }
}

/// A user name and a password, as `Get-Credential` makes them; `$null` is nobody.
#[derive(Clone)]
pub struct Credentials(pub Option<Admin>);

impl ParamField for Credentials {
    const SPEC: TypeSpec = TypeSpec::of("System.Management.Automation.PSCredential");
    const MANDATORY: bool = true;

    fn absent() -> Option<Self> {
        None
    }

    fn from_value(value: Value) -> Result<Self, ConvertError> {
        if value.is_null() {
            return Ok(Self(None));
        }
        let given = value.downcast::<PsCredential>().ok_or_else(|| ConvertError {
            message: "Cannot convert this value to type \"System.Management.Automation.PSCredential\": it takes a user name with \
                      a password. Write -Credentials (Get-Credential)."
                .into(),
            id: "InvalidCast",
        })?;
        Ok(Self(Some(Admin {
            name: given.user.to_string(),
            password: Secret::new(given.reveal()),
        })))
    }
}

/// The bytes of a CSV file, as `[System.IO.File]::ReadAllBytes` gives them.
pub struct CsvBytes(pub Vec<u8>);

impl ParamField for CsvBytes {
    const SPEC: TypeSpec = TypeSpec::of("System.Byte").many();
    const MANDATORY: bool = true;

    fn absent() -> Option<Self> {
        None
    }

    fn from_value(value: Value) -> Result<Self, ConvertError> {
        match &value {
            Value::Bytes(bytes) => Ok(Self(bytes.borrow().clone())),
            Value::Array(array) => {
                let bytes = array
                    .items
                    .borrow()
                    .iter()
                    .map(byte)
                    .collect::<Option<Vec<u8>>>();
                bytes.map(Self).ok_or_else(|| not_bytes("these values"))
            }
            Value::Str(_) => Err(not_bytes("a text")),
            Value::Null => Err(not_bytes("$null")),
            _ => Err(not_bytes("this value")),
        }
    }
}

/// The text is not shown: it may hold passwords.
fn not_bytes(what: &str) -> ConvertError {
    ConvertError {
        message: format!(
            "Cannot convert {what} to type \"System.Byte[]\": -CSVData takes the bytes of the file. \
             Write -CSVData ([System.IO.File]::ReadAllBytes('users.csv'))."
        ),
        id: "InvalidCast",
    }
}

fn byte(value: &Value) -> Option<u8> {
    match value {
        Value::Number(Number::Byte(b)) => Some(*b),
        Value::Number(_) => convert::to_text(value).parse().ok(),
        _ => None,
    }
}
