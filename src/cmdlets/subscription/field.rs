//! Parameter types of the subscription cmdlets.

use crate::cmdlets::migration::field::refusal;
use crate::engine::endpoint::Security;
use crate::engine::subscription::{IncomingAuth, SubscriptionType};
use crate::runtime::Value;
use crate::runtime::convert::{self, ConvertError};
use crate::runtime::param::{ParamField, TypeSpec};

macro_rules! words {
    ($($(#[$meta:meta])* $name:ident($of:ty) = $type_name:literal { $($word:literal => $value:expr),+ $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name(pub $of);

        impl ParamField for $name {
            const SPEC: TypeSpec = TypeSpec::enumeration($type_name, &[$($word),+]);
            const MANDATORY: bool = true;

            fn absent() -> Option<Self> {
                None
            }

            fn from_value(value: Value) -> Result<Self, ConvertError> {
                let text = convert::to_text(&value);
                let text = text.trim();
                $(if text.eq_ignore_ascii_case($word) {
                    return Ok(Self($value));
                })+
                let why = format!("The name is none of these: {}.", [$($word),+].join(", "));
                Err(refusal(&value, $type_name, &why))
            }
        }
    )+};
}

words! {
    /// `AuthenticationMechanism`: how a POP3 server is signed in to.
    PopAuth(IncomingAuth) = "Microsoft.Exchange.Data.AuthenticationMechanism" {
        "Basic" => IncomingAuth::Basic,
        "Spa" => IncomingAuth::Spa,
    }
    /// `IMAPAuthenticationMechanism`: how an IMAP server is signed in to.
    ImapAuth(IncomingAuth) = "Microsoft.Exchange.Data.Storage.Management.IMAPAuthenticationMechanism" {
        "Basic" => IncomingAuth::Basic,
        "Ntlm" => IncomingAuth::Ntlm,
    }
    /// `SecurityMechanism`: the encryption of a POP3 connection.
    PopSecurity(Security) = "Microsoft.Exchange.Data.SecurityMechanism" {
        "None" => Security::None,
        "Ssl" => Security::Ssl,
        "Tls" => Security::Tls,
    }
    /// `AggregationType`: whether subscriptions are among those wanted.
    Aggregation(bool) = "Microsoft.Exchange.Data.AggregationType" {
        "All" => true,
        "Aggregation" => true,
        "Migration" => false,
        "Mirrored" => false,
        "PeopleConnection" => false,
    }
    /// `AggregationSubscriptionType`: which kinds are wanted; the inner value is the one kind, all, or none.
    Kind(Kinds) = "Microsoft.Exchange.Data.AggregationSubscriptionType" {
        "Unknown" => Kinds::None,
        "Pop" => Kinds::One(SubscriptionType::Pop),
        "DeltaSyncMail" => Kinds::None,
        "IMAP" => Kinds::One(SubscriptionType::Imap),
        "AllEMail" => Kinds::All,
        "Facebook" => Kinds::None,
        "LinkedIn" => Kinds::None,
        "AllThatSupportSendAs" => Kinds::All,
        "AllThatSupportPolicyInducedDeletion" => Kinds::All,
        "AllThatSupportSendAsAndPeopleConnect" => Kinds::All,
        "All" => Kinds::All,
    }
}

/// Kinds of subscriptions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinds {
    /// Every kind.
    All,
    /// One.
    One(SubscriptionType),
    /// A kind that there is none of here.
    None,
}

/// The encryption when none is given: clear text must be asked for.
pub(super) fn security_of(
    kind: SubscriptionType,
    given: Option<Security>,
    port: Option<u16>,
) -> Security {
    let clear = kind.default_port(Security::None);
    given.unwrap_or(if port == Some(clear) {
        Security::Tls
    } else {
        Security::Ssl
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clear_text_is_never_the_default() {
        for (kind, clear) in [(SubscriptionType::Pop, 110), (SubscriptionType::Imap, 143)] {
            assert_eq!(security_of(kind, None, None), Security::Ssl);
            assert_eq!(security_of(kind, None, Some(clear)), Security::Tls);
            assert_eq!(security_of(kind, None, Some(1)), Security::Ssl);
            assert_eq!(
                security_of(kind, Some(Security::None), None),
                Security::None
            );
        }
    }
}
