//! Send-MailMessage against a server that speaks so much of SMTP as a test needs, and refuses what it is told to.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::Command;
use std::thread::JoinHandle;

/// Serves one connection; gives what the client said. `answers`: beginnings of commands, and what they get instead of 250.
fn server(answers: &'static [(&'static str, &'static str)]) -> (u16, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let told = std::thread::spawn(move || {
        let (mut out, _) = listener.accept().unwrap();
        let mut input = BufReader::new(out.try_clone().unwrap()).lines();
        let mut said = Vec::new();
        let mut in_data = false;
        out.write_all(b"220 relay.contoso.edu ESMTP\r\n").unwrap();
        while let Some(Ok(line)) = input.next() {
            said.push(line.clone());
            if in_data && line != "." {
                continue;
            }
            in_data = line == "DATA";
            let found = answers.iter().find(|(begin, _)| line.starts_with(begin));
            let answer = match line.as_str() {
                _ if found.is_some() => found.unwrap().1,
                "DATA" => "354 Go on",
                "QUIT" => "221 Bye",
                _ => "250 Fine",
            };
            in_data &= answer.starts_with('3');
            out.write_all(format!("{answer}\r\n").as_bytes()).unwrap();
            if line == "QUIT" {
                break;
            }
        }
        said
    });
    (port, told)
}

fn run(line: &str) -> String {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("Größe.csv"), "A,B\n1,2\n").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_mailtern"))
        .args(["-NoProfile", "-NonInteractive", "--home"])
        .arg(home.path().join("state"))
        .args(["-Command", line])
        .current_dir(home.path())
        .output()
        .unwrap();
    let both = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    both.split_whitespace().collect::<Vec<_>>().join(" ")
}

const PEOPLE: &str = "-From 'Migration <migration@contoso.edu>' -To annb@contoso.edu";

#[test]
fn a_mail_goes_out_whole() {
    let (port, told) = server(&[
        (
            "EHLO",
            "250-relay.contoso.edu\r\n250-DSN\r\n250 AUTH PLAIN LOGIN",
        ),
        ("AUTH PLAIN", "235 Welcome"),
    ]);
    let said = run(&format!(
        "$PSEmailServer = '127.0.0.1'; $c = New-Object PSCredential 'mailer',(ConvertTo-SecureString 'secret' -AsPlainText -Force); \
         Send-MailMessage {PEOPLE} -Cc terrya@contoso.edu -Bcc paulc@contoso.edu -ReplyTo it@contoso.edu -Subject 'Größe' -Body \".dot`n<b>Fine</b>\" \
         -BodyAsHtml -Priority High -DeliveryNotificationOption OnFailure,Delay -Credential $c -Attachments Größe.csv -Port {port}"
    ));
    assert_eq!(said, "");
    let lines = told.join().unwrap();
    for line in [
        "AUTH PLAIN AG1haWxlcgBzZWNyZXQ=",
        "MAIL FROM:<migration@contoso.edu>",
        "RCPT TO:<annb@contoso.edu> NOTIFY=FAILURE,DELAY",
        "RCPT TO:<terrya@contoso.edu> NOTIFY=FAILURE,DELAY",
        "RCPT TO:<paulc@contoso.edu> NOTIFY=FAILURE,DELAY",
        "To: annb@contoso.edu",
        "Cc: terrya@contoso.edu",
        "Reply-To: it@contoso.edu",
        "X-Priority: 1",
        "..dot",
        "<b>Fine</b>",
        "QSxCCjEsMgo=",
        "QUIT",
    ] {
        assert!(
            lines.iter().any(|one| one == line),
            "no {line} in {lines:#?}"
        );
    }
    let text = lines.join("\n");
    assert!(
        text.contains("Subject: =?utf-8?") && text.contains("filename=\"Gr__e.csv\""),
        "{text}"
    );
    assert_eq!(
        text.matches("paulc@").count(),
        1,
        "a hidden receiver shows: {text}"
    );
}

#[test]
fn what_the_server_refuses_is_told() {
    let (port, told) = server(&[("RCPT TO:<paulc", "550 No such user here")]);
    let said = run(&format!(
        "Send-MailMessage {PEOPLE},paulc@contoso.edu -SmtpServer 127.0.0.1 -Port {port}"
    ));
    assert!(
        said.contains("SmtpFailedRecipientsException")
            && said.contains("paulc@contoso.edu (550 No such user here)"),
        "{said}"
    );
    assert!(
        told.join().unwrap().iter().any(|line| line == "."),
        "the other gets it"
    );

    for (answers, words) in [
        (
            &[("MAIL", "550 Not you")][..],
            "takes no mail from migration@contoso.edu: 550 Not you",
        ),
        (
            &[("RCPT", "451 Later")][..],
            "takes no mail for annb@contoso.edu: 451 Later",
        ),
        (&[(".", "554 Spam")][..], "refuses the mail: 554 Spam"),
        (&[("EHLO", "what?")][..], "does not speak SMTP"),
    ] {
        let (port, _told) = server(answers);
        let said = run(&format!(
            "Send-MailMessage {PEOPLE} -SmtpServer 127.0.0.1 -Port {port}"
        ));
        assert!(
            said.contains("SmtpException") && said.contains(words),
            "no \"{words}\" in {said}"
        );
    }
}

#[test]
fn nothing_is_said_in_clear_text_under_use_ssl() {
    let (port, told) = server(&[]);
    let said = run(&format!(
        "Send-MailMessage {PEOPLE} -UseSsl -SmtpServer 127.0.0.1 -Port {port}"
    ));
    assert!(
        said.contains("SmtpException") && said.contains("does not offer STARTTLS"),
        "{said}"
    );
    let lines = told.join().unwrap();
    assert!(
        lines.len() == 1 && lines[0].starts_with("EHLO [127.0.0.1]"),
        "{lines:?}"
    );

    // what comes behind the answer in clear text may be anybody's
    let (port, told) = server(&[
        ("EHLO", "250-x\r\n250 STARTTLS"),
        ("STARTTLS", "220 Go\r\n250 mine"),
    ]);
    let said = run(&format!(
        "Send-MailMessage {PEOPLE} -UseSsl -SmtpServer 127.0.0.1 -Port {port}"
    ));
    assert!(said.contains("tampering"), "{said}");
    assert!(
        !told
            .join()
            .unwrap()
            .iter()
            .any(|line| line.starts_with("MAIL"))
    );
}

#[test]
fn bad_input_never_reaches_a_server() {
    for (more, id) in [
        (
            format!("{PEOPLE} -Subject \"a`r`nBcc: x@y.example\""),
            "ArgumentException",
        ),
        (
            "-From migration@contoso.edu -To \"Ann`r`nBcc: x@y.example <annb@contoso.edu>\""
                .to_owned(),
            "FormatException",
        ),
        (
            "-From nobody -To annb@contoso.edu".to_owned(),
            "FormatException",
        ),
        (
            "-From migration@contoso.edu".to_owned(),
            "A recipient must be specified",
        ),
        (
            format!("{PEOPLE} -Encoding UTF32"),
            "-Encoding UTF32 is not done for mail",
        ),
        (format!("{PEOPLE} -Attachments none.csv"), "FileOpenFailure"),
        (
            format!("{PEOPLE} -DeliveryNotificationOption Never,Delay"),
            "goes with no other word",
        ),
    ] {
        let said = run(&format!(
            "Send-MailMessage {more} -SmtpServer 127.0.0.1 -Port 1"
        ));
        assert!(said.contains(id), "no {id} in {said}");
    }
    let said = run(&format!("Send-MailMessage {PEOPLE}"));
    assert!(said.contains("no SMTP server was specified"), "{said}");
}
