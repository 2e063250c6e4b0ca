//! The names by which other cmdlets are told which object to act on; Tab completes them from live objects.

use crate::runtime::Value;
use crate::runtime::convert::{self, ConvertError};
use crate::runtime::object::PropertyKind;
use crate::runtime::param::{ParamField, TypeSpec};

/// The identity in a value: a property of an object that was piped in, or the text of anything else. `$null` is empty.
fn identity_of(value: &Value, properties: &[&str]) -> String {
    if let Value::Object(object) = value {
        for name in properties {
            if let Some(PropertyKind::Note(found)) = object.find(name).map(|property| property.kind)
                && !found.is_null()
            {
                return convert::to_text(&found).trim().to_owned();
            }
        }
    }
    convert::to_text(value).trim().to_owned()
}

macro_rules! identity {
    ($($(#[$meta:meta])* $name:ident = $type_name:literal, $completes:literal, $properties:expr;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name(pub String);

        impl ParamField for $name {
            const SPEC: TypeSpec = TypeSpec::completed($type_name, $completes);
            const MANDATORY: bool = true;

            fn absent() -> Option<Self> {
                None
            }

            fn from_value(value: Value) -> Result<Self, ConvertError> {
                Ok(Self(identity_of(&value, $properties)))
            }
        }

        impl $name {
            /// The name, unless it is empty.
            pub fn given(identity: Option<&Self>) -> Option<String> {
                identity.map(|id| id.0.clone()).filter(|id| !id.is_empty())
            }
        }
    )+};
}

identity! {
    /// Name or GUID of a batch.
    BatchId = "Microsoft.Exchange.Configuration.Tasks.MigrationBatchIdParameter", "MigrationBatch", &["Identity", "Name"];
    /// Name or GUID of an endpoint.
    EndpointId = "Microsoft.Exchange.Configuration.Tasks.MigrationEndpointIdParameter", "MigrationEndpoint", &["Identity", "Name"];
    /// Address or GUID of a user. A user object is taken by its GUID: its address may be in several batches.
    UserId = "Microsoft.Exchange.Configuration.Tasks.MigrationUserIdParameter", "MigrationUser", &["Guid", "Identity", "EmailAddress"];
    /// Name or GUID of a subscription. A subscription object is taken by its GUID: its name may be in several mailboxes.
    SubscriptionId = "Microsoft.Exchange.Configuration.Tasks.AggregationSubscriptionIdParameter", "Subscription", &["Guid", "Identity", "Name"];
    /// Name, alias, address or GUID of a mailbox.
    MailboxId = "Microsoft.Exchange.Configuration.Tasks.MailboxIdParameter", "Mailbox",
        &["PrimarySmtpAddress", "MailboxEmailAddress", "EmailAddress", "Identity", "Name"];
}
