use crate::cmdlets::migration::field::{Credentials, Port};
use crate::cmdlets::utility::files::encoding::EncodingName;
use crate::cmdlets::utility::files::place;
use crate::engine::EngineError;
use crate::engine::post::{self, MailServer};
use crate::mail::{Correspondent, HeaderText, Letter, Notify, Priority};
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::convert;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::{Flow, Run, Value};
use crate::session::Session;
use crate::{cmdlet, param_enum};

param_enum! {
    /// What -Priority takes.
    pub enum MailPriority = "System.Net.Mail.MailPriority" { Normal, Low, High }
}

param_enum! {
    /// What -DeliveryNotificationOption takes.
    pub enum NotifyWord = "System.Net.Mail.DeliveryNotificationOptions" { None, OnSuccess, OnFailure, Delay, Never }
}

cmdlet! {
    /// Sends a mail over an SMTP server.
    ///
    /// The text travels as UTF-8, so that no letter is lost. With -UseSsl the connection is encrypted by STARTTLS before anything else is
    /// said, and the certificate of the server is verified: against the system's authorities, or those in the file that the environment
    /// variable SSL_CERT_FILE names. When the server refuses some of the receivers, the others get the mail and an error names those.
    pub struct SendMailMessage("Send", "MailMessage").module("Microsoft.PowerShell.Utility") {
        /// Receivers: an address, or a name with an address in angle brackets.
        to: Option<Vec<String>> = param("To").position(0),
        /// The subject.
        subject: Option<String> = param("Subject").position(1).aliases(&["sub"]),
        /// The text.
        body: Option<String> = param("Body").position(2),
        /// The server; without it the one that $PSEmailServer names.
        server: Option<String> = param("SmtpServer").position(3).aliases(&["ComputerName"]).default_text("$PSEmailServer"),
        /// The sender.
        from: String = param("From"),
        /// Files to send along. Letters beyond ASCII in their names become "_", because Outlook would show no name.
        attachments: Option<Vec<String>> = param("Attachments").aliases(&["PsPath"]).by_value(),
        /// Receivers of a copy.
        cc: Option<Vec<String>> = param("Cc"),
        /// Receivers that the others do not see.
        bcc: Option<Vec<String>> = param("Bcc"),
        /// Who gets the answers instead of the sender.
        reply_to: Option<Vec<String>> = param("ReplyTo"),
        /// The text is HTML.
        html: bool = param("BodyAsHtml").aliases(&["BAH"]),
        /// The user name and password that the server wants.
        credential: Option<Credentials> = param("Credential"),
        /// Encrypts the connection with STARTTLS; nothing is sent when the server does not offer it.
        ssl: bool = param("UseSsl"),
        /// The TCP port.
        port: Option<Port> = param("Port").default_text("25"),
        /// How urgent it is.
        priority: Option<MailPriority> = param("Priority").default_text("Normal"),
        /// What the sender wants to hear of it from the server.
        notify: Option<Vec<NotifyWord>> = param("DeliveryNotificationOption").aliases(&["DNO"]),
        /// How the text is stored: UTF8, or ASCII, which is the same where it suffices.
        encoding: Option<EncodingName> = param("Encoding").aliases(&["BE"]).default_text("UTF8"),
    }
    example "try { Send-MailMessage -To admin@contoso.com -From migration@contoso.com -Subject Done -Body 'All mailboxes are here.' -SmtpServer 127.0.0.1 -Port 1 } catch { $_.FullyQualifiedErrorId }" =>
        "Sends a mail; where no mail server listens, as here, the id of the error is shown.";
}

impl Cmdlet for SendMailMessage {
    type State = Vec<String>;

    fn process(&self, files: &mut Vec<String>, _cx: &mut Cx<'_>) -> Run<()> {
        // one mail, however many files the pipeline brings
        files.extend(self.attachments.iter().flatten().cloned());
        Ok(())
    }

    fn end(&self, files: &mut Vec<String>, cx: &mut Cx<'_>) -> Run<()> {
        let server = self.server(cx)?;
        let letter = self.letter(files, cx)?;
        let Some(session) = cx.session::<Session>() else {
            return Err(failed(
                "SmtpException",
                "This shell was started without a session, so nothing can be sent.",
            )
            .into());
        };
        let sent = session
            .block_on(post::send(server, letter))
            .ok_or(Flow::Interrupted)?;
        let sent = sent.map_err(|error| said(&error))?;
        if sent.cannot_notify {
            cx.warning(
                "The mail was sent, but the server does not do -DeliveryNotificationOption.",
            )?;
        }
        if sent.refused.is_empty() {
            return Ok(());
        }
        let who: Vec<_> = sent
            .refused
            .iter()
            .map(|(to, words)| format!("{to} ({words})"))
            .collect();
        let message = format!("The mail was sent, but not to {}.", who.join(", "));
        Err(failed("SmtpFailedRecipientsException", &message).into())
    }
}

impl SendMailMessage {
    fn server(&self, cx: &Cx<'_>) -> Run<MailServer> {
        let named = || {
            cx.shell
                .variable("PSEmailServer")
                .map(|name| convert::to_text(&name))
        };
        let host = self.server.clone().or_else(named).unwrap_or_default();
        if host.is_empty() {
            return Err(refusal(
                "System.InvalidOperationException",
                "InvalidOperationException",
                ErrorCategory::InvalidArgument,
                "The email cannot be sent because no SMTP server was specified. You must specify an SMTP server by using either the SmtpServer parameter or the $PSEmailServer variable.",
            ));
        }
        let login = self.credential.clone().and_then(|given| given.0);
        Ok(MailServer {
            host,
            port: self.port.map_or(25, |port| port.0),
            starttls: self.ssl,
            login: login.map(|admin| (admin.name, admin.password)),
        })
    }

    fn letter(&self, files: &[String], cx: &Cx<'_>) -> Run<Letter> {
        use EncodingName as E;
        if let Some(
            other @ (E::Unicode
            | E::BigEndianUnicode
            | E::UTF32
            | E::UTF7
            | E::ANSI
            | E::String
            | E::Byte
            | E::Unknown),
        ) = self.encoding
        {
            return Err(argument(&format!(
                "-Encoding {} is not done for mail: the text travels as UTF-8, which holds every letter. Leave -Encoding out.",
                other.word()
            )));
        }
        let subject = self.subject.as_deref().unwrap_or_default();
        let subject = HeaderText::new(subject).ok_or_else(|| {
            argument("The specified string is not in the form required for a subject: it has a line break or another control character.")
        })?;
        let letter = Letter {
            from: person(&self.from)?,
            to: people(&self.to)?,
            cc: people(&self.cc)?,
            bcc: people(&self.bcc)?,
            reply_to: people(&self.reply_to)?,
            subject,
            body: self.body.clone().unwrap_or_default(),
            is_html: self.html,
            priority: match self.priority {
                Some(MailPriority::High) => Priority::High,
                Some(MailPriority::Low) => Priority::Low,
                _ => Priority::Normal,
            },
            notify: self.notify()?,
            attachments: attached(files, cx)?,
        };
        if letter.receivers().next().is_none() {
            return Err(refusal(
                "System.InvalidOperationException",
                "InvalidOperationException",
                ErrorCategory::InvalidOperation,
                "A recipient must be specified: give -To, -Cc or -Bcc.",
            ));
        }
        Ok(letter)
    }

    fn notify(&self) -> Run<Option<Notify>> {
        let words = self.notify.as_deref().unwrap_or_default();
        let has = |word| words.contains(&word);
        let on = Notify::On {
            success: has(NotifyWord::OnSuccess),
            failure: has(NotifyWord::OnFailure),
            delay: has(NotifyWord::Delay),
        };
        let wants = words
            .iter()
            .any(|word| !matches!(word, NotifyWord::None | NotifyWord::Never));
        match (has(NotifyWord::Never), wants) {
            (true, true) => Err(argument(
                "-DeliveryNotificationOption Never goes with no other word.",
            )),
            (true, false) => Ok(Some(Notify::Never)),
            (false, true) => Ok(Some(on)),
            (false, false) => Ok(None),
        }
    }
}

fn people(given: &Option<Vec<String>>) -> Run<Vec<Correspondent>> {
    given.iter().flatten().map(|text| person(text)).collect()
}

fn person(text: &str) -> Run<Correspondent> {
    Correspondent::parse(text).map_err(|error| {
        let message = format!(
            "The specified string is not in the form required for an e-mail address: {error}."
        );
        let record = ErrorRecord::new(
            "System.FormatException",
            "FormatException",
            ErrorCategory::InvalidType,
            message,
        );
        record.with_target(Value::str(text)).into()
    })
}

/// The files as they are now.
fn attached(files: &[String], cx: &Cx<'_>) -> Run<Vec<(String, Vec<u8>)>> {
    let mut all = Vec::new();
    for path in files.iter().flat_map(|path| place::expand(path, cx)) {
        let bytes = std::fs::read(&path).map_err(|error| {
            let message = format!("The attachment {} cannot be read: {error}.", path.display());
            let record = ErrorRecord::new(
                "System.IO.FileNotFoundException",
                "FileOpenFailure",
                ErrorCategory::OpenError,
                message,
            );
            record.with_target(Value::str(path.to_string_lossy()))
        })?;
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        all.push((name, bytes));
    }
    Ok(all)
}

fn argument(message: &str) -> Flow {
    refusal(
        "System.ArgumentException",
        "ArgumentException",
        ErrorCategory::InvalidArgument,
        message,
    )
}

fn refusal(exception: &str, id: &str, category: ErrorCategory, message: &str) -> Flow {
    ErrorRecord::new(exception, id, category, message).into()
}

fn failed(id: &str, message: &str) -> ErrorRecord {
    let exception = format!("System.Net.Mail.{id}");
    ErrorRecord::new(&exception, id, ErrorCategory::InvalidOperation, message)
}

fn said(error: &EngineError) -> ErrorRecord {
    failed("SmtpException", &error.to_string())
        .with_target(Value::str(error.target.as_deref().unwrap_or_default()))
}
