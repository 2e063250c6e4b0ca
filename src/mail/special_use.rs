//! What a folder is for: by attribute (RFC 6154), else by its name in the languages mail programs speak.

use std::fmt;

/// A special use of a folder (RFC 6154 section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SpecialUse {
    /// `\All`: every message, usually a view.
    All,
    /// `\Archive`
    Archive,
    /// `\Drafts`
    Drafts,
    /// `\Flagged`: every flagged message, usually a view.
    Flagged,
    /// `\Junk`
    Junk,
    /// `\Sent`
    Sent,
    /// `\Trash`
    Trash,
}

/// Names that mail programs and servers give these folders, in lower case: EN DE FR IT ES PT NL PL RU JA ZH.
const NAMES: &[(SpecialUse, &[&str])] = &[
    (
        SpecialUse::Sent,
        &[
            "sent",
            "sent items",
            "sent mail",
            "sent messages",
            "sent-mail",
            "gesendet",
            "gesendete objekte",
            "gesendete elemente",
            "gesendete nachrichten",
            "éléments envoyés",
            "messages envoyés",
            "objets envoyés",
            "courrier envoyé",
            "envoyés",
            "posta inviata",
            "inviata",
            "inviati",
            "messaggi inviati",
            "elementos enviados",
            "mensajes enviados",
            "correo enviado",
            "enviados",
            "itens enviados",
            "mensagens enviadas",
            "correio enviado",
            "enviadas",
            "verzonden",
            "verzonden items",
            "verzonden berichten",
            "wysłane",
            "elementy wysłane",
            "wiadomości wysłane",
            "отправленные",
            "отправленные элементы",
            "送信済み",
            "送信済みアイテム",
            "送信済みメール",
            "送信済みトレイ",
            "已发送",
            "已发送邮件",
            "已发邮件",
            "寄件備份",
            "已傳送的郵件",
            "寄件備份匣",
        ],
    ),
    (
        SpecialUse::Drafts,
        &[
            "drafts",
            "draft",
            "entwürfe",
            "entwurf",
            "brouillons",
            "brouillon",
            "bozze",
            "borradores",
            "borrador",
            "rascunhos",
            "rascunho",
            "concepten",
            "concept",
            "wersje robocze",
            "kopie robocze",
            "szkice",
            "robocze",
            "черновики",
            "下書き",
            "下書きトレイ",
            "草稿",
            "草稿箱",
            "草稿匣",
        ],
    ),
    (
        SpecialUse::Trash,
        &[
            "trash",
            "deleted items",
            "deleted messages",
            "deleted",
            "bin",
            "papierkorb",
            "gelöschte objekte",
            "gelöschte elemente",
            "gelöschte nachrichten",
            "gelöscht",
            "corbeille",
            "éléments supprimés",
            "messages supprimés",
            "cestino",
            "posta eliminata",
            "elementi eliminati",
            "eliminati",
            "papelera",
            "elementos eliminados",
            "mensajes eliminados",
            "lixo",
            "lixeira",
            "itens excluídos",
            "itens eliminados",
            "prullenbak",
            "prullenmand",
            "verwijderde items",
            "verwijderd",
            "kosz",
            "elementy usunięte",
            "usunięte",
            "корзина",
            "удаленные",
            "удалённые",
            "удаленные элементы",
            "ごみ箱",
            "ゴミ箱",
            "削除済みアイテム",
            "削除済み",
            "已删除",
            "已删除邮件",
            "垃圾桶",
            "废件箱",
            "刪除的郵件",
            "已刪除的郵件",
        ],
    ),
    (
        SpecialUse::Junk,
        &[
            "junk",
            "junk e-mail",
            "junk email",
            "junk mail",
            "spam",
            "bulk mail",
            "junk-e-mail",
            "spamverdacht",
            "unerwünscht",
            "werbung",
            "courrier indésirable",
            "indésirables",
            "pourriel",
            "posta indesiderata",
            "indesiderata",
            "correo no deseado",
            "no deseado",
            "correo basura",
            "lixo eletrônico",
            "lixo electrónico",
            "correio eletrónico não solicitado",
            "ongewenste e-mail",
            "ongewenste post",
            "ongewenst",
            "wiadomości-śmieci",
            "wiadomości śmieci",
            "niechciane",
            "спам",
            "нежелательная почта",
            "迷惑メール",
            "垃圾邮件",
            "垃圾郵件",
            "垃圾郵件匣",
        ],
    ),
    (
        SpecialUse::Archive,
        &[
            "archive",
            "archives",
            "archiv",
            "archivio",
            "archivo",
            "arquivo",
            "arquivo morto",
            "archief",
            "archiwum",
            "архив",
            "アーカイブ",
            "存档",
            "归档",
            "封存",
        ],
    ),
];

impl SpecialUse {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::All,
        Self::Archive,
        Self::Drafts,
        Self::Flagged,
        Self::Junk,
        Self::Sent,
        Self::Trash,
    ];

    /// The attribute on the wire, with the backslash.
    pub fn attribute(self) -> &'static str {
        match self {
            Self::All => "\\All",
            Self::Archive => "\\Archive",
            Self::Drafts => "\\Drafts",
            Self::Flagged => "\\Flagged",
            Self::Junk => "\\Junk",
            Self::Sent => "\\Sent",
            Self::Trash => "\\Trash",
        }
    }

    /// The special use of a LIST attribute, in any letter case; also Gmail's older XLIST names.
    pub fn from_attribute(attribute: &str) -> Option<Self> {
        let name = attribute.to_ascii_lowercase();
        match name.as_str() {
            "\\allmail" => Some(Self::All),
            "\\spam" => Some(Self::Junk),
            "\\starred" => Some(Self::Flagged),
            _ => Self::ALL
                .into_iter()
                .find(|kind| kind.attribute().eq_ignore_ascii_case(&name)),
        }
    }

    /// The special use that a folder of this (decoded) name most likely has. Only the name, never the path, is looked at.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        NAMES
            .iter()
            .find(|(_, names)| names.contains(&name.as_str()))
            .map(|&(kind, _)| kind)
    }

    /// The name that a new folder of this use gets.
    pub fn default_name(self) -> &'static str {
        self.attribute().trim_start_matches('\\')
    }
}

impl fmt::Display for SpecialUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.attribute())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn attributes_both_ways() {
        for kind in SpecialUse::ALL {
            assert_eq!(
                SpecialUse::from_attribute(&kind.attribute().to_uppercase()),
                Some(kind)
            );
        }
        assert_eq!(SpecialUse::from_attribute("\\HasNoChildren"), None);
        assert_eq!(SpecialUse::from_attribute("\\Spam"), Some(SpecialUse::Junk));
    }

    #[test]
    fn one_name_means_one_use() {
        let mut seen = HashSet::new();
        for name in NAMES.iter().flat_map(|(_, names)| *names) {
            assert!(seen.insert(*name), "{name} stands twice");
            assert_eq!(*name, name.to_lowercase(), "{name} is not in lower case");
        }
    }

    #[test]
    fn names_in_eleven_languages() {
        for (name, kind) in [
            ("Sent Items", SpecialUse::Sent),
            ("Entwürfe", SpecialUse::Drafts),
            ("Corbeille", SpecialUse::Trash),
            ("Posta indesiderata", SpecialUse::Junk),
            ("Papelera", SpecialUse::Trash),
            ("Rascunhos", SpecialUse::Drafts),
            ("Verzonden items", SpecialUse::Sent),
            ("Kosz", SpecialUse::Trash),
            ("Черновики", SpecialUse::Drafts),
            ("迷惑メール", SpecialUse::Junk),
            ("已发送", SpecialUse::Sent),
        ] {
            assert_eq!(SpecialUse::from_name(name), Some(kind), "{name}");
        }
        assert_eq!(SpecialUse::from_name("Projects"), None);
    }
}
