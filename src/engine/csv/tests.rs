#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

fn faults(bytes: &[u8]) -> String {
    match read(bytes, false, &HashMap::new(), TargetSignIn::Nobody) {
        Ok(_) => String::new(),
        Err(error) => {
            assert_eq!(error.id, ErrorId::CsvFileInvalid);
            error.message
        }
    }
}

#[test]
fn file_level_faults_refuse_the_file() {
    for (text, says) in [
        ("", "Upload file can't be empty"),
        (" \r\n ", "Upload file can't be empty"),
        ("\u{feff}", "Upload file can't be empty"),
        (
            "EmailAddress,UserName,Password\n",
            "has a header and no rows",
        ),
        (
            "EmailAddress,UserName\na@b.c,d\n",
            "Column \"Password\" is missing from the CSV file.",
        ),
        (
            "Email Address,UserName,Password\na@b.c,d,e\n",
            "Column \"EmailAddress\" is missing",
        ),
        (
            "Email Address,UserName,Password\na@b.c,d,e\n",
            "Column \"Email Address\" isn't allowed.",
        ),
        (
            "EmailAddress;UserName;Password\na@b.c;d;e\n",
            "separate with commas",
        ),
        (
            "EmailAddress,UserName,Password,Phone\na@b.c,d,e,5\n",
            "Column \"Phone\" isn't allowed.",
        ),
        (
            "EmailAddress,UserName,Password,Password\na@b.c,d,e,e\n",
            "Column \"Password\" is in the CSV file twice.",
        ),
        (
            "EmailAddress,UserName,Password\na@b.c,d,e\na@b.c,d\na@b.c,d,e,f\n",
            "Row 2 has the wrong number of columns. Expected number: 3. Actual number: 2. Row 3 has the wrong number of columns. Expected number: 3. Actual number: 4.",
        ),
    ] {
        let said = faults(text.as_bytes());
        assert!(said.contains(says), "{text:?} said {said:?}");
    }
}

#[test]
fn limits_hold_at_their_edge() {
    let mut text = String::from("EmailAddress,UserName,Password\n");
    for row in 0..MAX_ROWS {
        text.push_str(&format!("u{row}@a.example,u{row},p\n"));
    }
    assert_eq!(faults(text.as_bytes()), "");
    text.push_str("last@a.example,last,p\n");
    assert_eq!(
        faults(text.as_bytes()),
        "The CSV file contains more than 50,000 rows."
    );
    assert_eq!(
        faults(&vec![b'x'; MAX_BYTES + 1]),
        "The CSV file is larger than 10 MB."
    );
}

#[test]
fn encodings_and_line_ends_are_one() {
    let text = "EmailAddress,UserName,Password\r\nj@a.example,jürgen,größe\r\n";
    let utf16 =
        |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let mut variants: Vec<Vec<u8>> = vec![
        text.into(),
        format!("\u{feff}{text}").into(),
        text.replace("\r\n", "\r").into(),
        text.replace("\r\n", "\n").into(),
        [vec![0xff, 0xfe], utf16(u16::to_le_bytes)].concat(),
        [vec![0xfe, 0xff], utf16(u16::to_be_bytes)].concat(),
        utf16(u16::to_le_bytes),
    ];
    variants.push(text.replace("größe", "\"größe\"").into());
    for bytes in variants {
        let file = read(&bytes, false, &HashMap::new(), TargetSignIn::Nobody).unwrap();
        assert_eq!(file.users.len(), 1);
        assert_eq!(file.users[0].user_name, "jürgen");
        assert!(file.users[0].password.expose() == "größe");
    }
    let latin1 = b"EmailAddress,UserName,Password\na@b.example,u,p\xe9\n";
    assert!(faults(latin1).contains("line 2"));
}

#[test]
fn order_of_columns_and_root_are_free() {
    let text = "password,UserRoot,EMAILADDRESS,UserName\n\"a\"\"b;,$ \",/users/t,t@a.example,corp/admin/t\n";
    let file = read(
        text.as_bytes(),
        false,
        &HashMap::new(),
        TargetSignIn::Nobody,
    )
    .unwrap();
    let user = &file.users[0];
    assert_eq!((user.row, user.user_root.as_str()), (1, "/users/t"));
    assert_eq!(user.user_name, "corp/admin/t");
    assert!(user.password.expose() == "a\"b;,$ ");
    let unknown = "EmailAddress,UserName,Password,Phone\na@b.example,d,e,5\n";
    assert_eq!(
        read(
            unknown.as_bytes(),
            true,
            &HashMap::new(),
            TargetSignIn::Nobody
        )
        .unwrap()
        .users
        .len(),
        1
    );
}

#[test]
fn row_level_faults_are_told_with_their_rows_and_without_the_password() {
    let text = "EmailAddress,UserName,Password\n\
        good@a.example,good,Canary-1\n\
        ,u,Canary-2\n\
        no-at-sign,u,Canary-3\n\
        GOOD@a.example,u,Canary-4\n\
        b@a.example, u,Canary-5\n\
        c@a.example,u,\n\
        d@a.example,,\n\
        there@a.example,u,Canary-8\n";
    let elsewhere = HashMap::from([("there@a.example".to_owned(), "Old".to_owned())]);
    let file = read(text.as_bytes(), false, &elsewhere, TargetSignIn::Nobody).unwrap();
    assert_eq!((file.total_rows, file.users.len()), (8, 1));
    let told: Vec<(u32, &str)> = file
        .rejected
        .iter()
        .map(|row| (row.warning.row_index, row.warning.message.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (2, "EmailAddress is empty."),
            (3, "EmailAddress isn't a valid SMTP address."),
            (4, "EmailAddress is the same as in row 1."),
            (5, "UserName begins or ends with a blank."),
            (6, "Password is empty."),
            (7, "UserName is empty. Password is empty."),
            (
                8,
                "The user has already been migrated or is in the migration batch \"Old\"."
            ),
        ]
    );
    assert!(!format!("{:?}", file.rejected).contains("Canary"));
}

#[test]
fn a_file_without_a_header_does_not_show_a_password() {
    let said = faults(b"a@b.example,u,Pa$$w0rd\nc@b.example,v,Other1\n");
    assert!(
        said.contains("is missing") && !said.contains("Pa$$"),
        "{said}"
    );
}
