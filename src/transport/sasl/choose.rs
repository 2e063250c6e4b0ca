//! Which mechanism: a pure function of what the server offers, what is asked for, and TLS.

use super::{Mechanism, unable};
use crate::transport::{Authentication, Login, TransportError};

/// What a server offers.
#[derive(Clone, Copy, Debug)]
pub(in crate::transport) struct Offer<'a> {
    /// The names of its mechanisms; those that are not known here do not matter.
    pub(in crate::transport) mechanisms: &'a [String],
    /// The connection is under TLS.
    pub(in crate::transport) is_protected: bool,
    /// It takes name and password by a command of its own (IMAP's LOGIN, POP3's USER and PASS).
    pub(in crate::transport) has_command: bool,
}

/// For a name and a password under TLS, or of somebody who acts for another. PLAIN first: it works however the server keeps its passwords, and takes one round
/// trip; the others need a server that can compute with them.
const PROTECTED: &[Mechanism] = &[
    Mechanism::Plain,
    Mechanism::ScramSha256,
    Mechanism::ScramSha1,
    Mechanism::Login,
    Mechanism::CramMd5,
    Mechanism::Ntlm,
];

/// For a name and a password in clear text, which somebody asked for: the password itself travels last of all.
const CLEAR: &[Mechanism] = &[
    Mechanism::ScramSha256,
    Mechanism::ScramSha1,
    Mechanism::CramMd5,
    Mechanism::Plain,
    Mechanism::Login,
    Mechanism::Ntlm,
];

/// Whether a name is of somebody who opens the mailbox of another: `user*admin` (Dovecot), `domain\admin\user` and
/// `domain/admin/user` (Exchange), `#user@domain#admin#` (Mirapoint). The server takes such a name apart and has no password for
/// the whole of it, so that mechanisms that compute with the password fail.
pub(in crate::transport) fn is_for_another(user: &str) -> bool {
    user.contains(['*', '\\', '/', '#'])
}

/// The mechanism for a login; `None` is the protocol's own command.
///
/// # Errors
/// `Auth` when nothing that the server offers carries the login. Nothing has been sent then.
pub(in crate::transport) fn choose(
    offer: &Offer<'_>,
    login: &Login,
) -> Result<Option<Mechanism>, TransportError> {
    let order: &[Mechanism] = match login.authentication {
        Authentication::Basic if offer.is_protected || is_for_another(&login.user) => PROTECTED,
        Authentication::Basic => CLEAR,
        Authentication::Ntlm => &[Mechanism::Ntlm],
        Authentication::OAuth => &[Mechanism::OAuthBearer, Mechanism::XOAuth2],
    };
    let offers = |one: &Mechanism| {
        let name = one.name();
        offer
            .mechanisms
            .iter()
            .any(|m| m.eq_ignore_ascii_case(name))
    };
    let found = order
        .iter()
        .copied()
        .find(|one| offers(one) && carries(*one, login));
    // the command says the same as the LOGIN mechanism and what comes after it, in fewer steps
    let is_weaker = |one: Mechanism| matches!(one, Mechanism::Login | Mechanism::Ntlm);
    let is_basic = login.authentication == Authentication::Basic && login.authzid.is_none();
    match found {
        Some(one) if !(is_weaker(one) && is_basic && offer.has_command) => Ok(Some(one)),
        _ if is_basic && offer.has_command => Ok(None),
        _ => Err(none(offer, login)),
    }
}

/// Whether a mechanism can say what the login holds.
fn carries(mechanism: Mechanism, login: &Login) -> bool {
    let is_ascii = login.user.is_ascii() && login.password.expose().is_ascii();
    match mechanism {
        Mechanism::Plain | Mechanism::XOAuth2 | Mechanism::OAuthBearer => true,
        // other letters would have to be prepared by the tables of RFC 4013; PLAIN takes them as they are
        Mechanism::ScramSha1 | Mechanism::ScramSha256 => is_ascii,
        Mechanism::Login | Mechanism::CramMd5 | Mechanism::Ntlm => login.authzid.is_none(),
    }
}

fn none(offer: &Offer<'_>, login: &Login) -> TransportError {
    let wanted = match login.authentication {
        Authentication::Ntlm => "NTLM (SPA)",
        Authentication::OAuth => "OAuth (OAUTHBEARER or XOAUTH2)",
        Authentication::Basic if login.authzid.is_some() => {
            "AUTHENTICATE PLAIN or SCRAM, which acting for another mailbox needs"
        }
        Authentication::Basic => "a login with name and password on this connection",
    };
    let offered = match offer.mechanisms {
        [] => "nothing".to_owned(),
        some => some.join(", "),
    };
    let step = if offer.is_protected {
        "Choose a sign-in that the server offers."
    } else {
        "Most servers offer more under TLS: use -Security Tls or Ssl."
    };
    unable(format!(
        "The server does not offer {wanted}; it offers {offered}"
    ))
    .with_next_step(step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Secret;

    fn chosen(offered: &str, tls: bool, command: bool, login: &Login) -> String {
        let mechanisms: Vec<String> = offered.split_whitespace().map(str::to_owned).collect();
        let offer = Offer {
            mechanisms: &mechanisms,
            is_protected: tls,
            has_command: command,
        };
        match choose(&offer, login) {
            Ok(Some(one)) => one.name().to_owned(),
            Ok(None) => "command".to_owned(),
            Err(_) => "nothing".to_owned(),
        }
    }

    #[test]
    fn the_table() {
        let basic = Login::new("u", Secret::new("p"));
        let foreign = Login::new("ü", Secret::new("p"));
        let mut other = basic.clone();
        other.authzid = Some("v".into());
        let admin = Login::new("u*admin", Secret::new("p"));
        let ntlm = basic.clone().by(Authentication::Ntlm);
        let oauth = basic.clone().by(Authentication::OAuth);
        let all = "GSSAPI LOGIN PLAIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256 NTLM XOAUTH2 OAUTHBEARER";
        for (offered, tls, command, login, expected) in [
            (all, true, true, &basic, "PLAIN"),
            (all, false, true, &basic, "SCRAM-SHA-256"),
            ("scram-sha-1 plain", false, true, &basic, "SCRAM-SHA-1"),
            ("CRAM-MD5 PLAIN", false, true, &basic, "CRAM-MD5"),
            ("CRAM-MD5", true, true, &basic, "CRAM-MD5"),
            ("LOGIN", true, true, &basic, "command"),
            ("LOGIN", true, false, &basic, "LOGIN"),
            ("NTLM", true, true, &basic, "command"),
            ("NTLM", true, false, &basic, "NTLM"),
            ("GSSAPI", true, true, &basic, "command"),
            ("GSSAPI", true, false, &basic, "nothing"),
            ("", false, true, &basic, "command"),
            ("SCRAM-SHA-256 PLAIN", false, true, &foreign, "PLAIN"),
            ("SCRAM-SHA-256", true, true, &foreign, "command"),
            (all, false, true, &admin, "PLAIN"),
            ("CRAM-MD5", false, true, &admin, "CRAM-MD5"),
            (all, true, true, &other, "PLAIN"),
            (
                "CRAM-MD5 SCRAM-SHA-1 LOGIN",
                true,
                true,
                &other,
                "SCRAM-SHA-1",
            ),
            ("LOGIN CRAM-MD5 NTLM", true, true, &other, "nothing"),
            (all, true, true, &ntlm, "NTLM"),
            ("PLAIN", true, true, &ntlm, "nothing"),
            (all, true, true, &oauth, "OAUTHBEARER"),
            ("XOAUTH2 PLAIN", true, true, &oauth, "XOAUTH2"),
            ("PLAIN", true, true, &oauth, "nothing"),
        ] {
            assert_eq!(
                chosen(offered, tls, command, login),
                expected,
                "{offered} {tls} {command}"
            );
        }
    }
}
