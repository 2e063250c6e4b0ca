use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};

cmdlet! {
    /// Is not done: this shell sends no mail.
    ///
    /// The parameters are known, so that scripts are read to the end and stop here with a clear error.
    pub struct SendMailMessage("Send", "MailMessage").module("Microsoft.PowerShell.Utility") {
        /// Receivers.
        to: Option<Vec<String>> = param("To").position(0),
        /// The subject.
        subject: Option<String> = param("Subject").position(1).aliases(&["sub"]),
        /// The text.
        body: Option<String> = param("Body").position(2),
        /// The server.
        server: Option<String> = param("SmtpServer").position(3).aliases(&["ComputerName"]),
        /// The sender.
        from: Option<String> = param("From"),
        /// Files to send along.
        attachments: Option<Vec<String>> = param("Attachments").aliases(&["PsPath"]),
        /// More receivers.
        cc: Option<Vec<String>> = param("Cc"),
        /// Hidden receivers.
        bcc: Option<Vec<String>> = param("Bcc"),
        /// The text is HTML.
        html: bool = param("BodyAsHtml").aliases(&["BAH"]),
        /// Who sends.
        credential: Option<crate::runtime::Value> = param("Credential"),
        /// Encrypts the connection.
        ssl: bool = param("UseSsl"),
        /// The port.
        port: Option<i32> = param("Port"),
        /// How urgent it is.
        priority: Option<String> = param("Priority"),
        /// How the text is stored.
        encoding: Option<String> = param("Encoding"),
    }
    example "try { Send-MailMessage -To admin@contoso.com -Subject Done } catch { $_.FullyQualifiedErrorId }" => "Shows that no mail is sent.";
}

impl Cmdlet for SendMailMessage {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let _ = cx;
        Err(ErrorRecord::new(
            "System.NotSupportedException",
            "SendMailNotSupported",
            ErrorCategory::NotImplemented,
            "Send-MailMessage is not done here: this shell sends no mail. Write the text to a file with Out-File and send it with your mail program.",
        )
        .into())
    }
}
