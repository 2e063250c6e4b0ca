//! A subscription as an object (cmdlets.md §2.8).

use crate::cmdlets::migration::show::{self, Record};
use crate::cmdlets::migration::size::ByteQuantifiedSize;
use crate::engine::subscription::{SubscriptionEntry, SubscriptionType, SubscriptionView};
use crate::runtime::Value;
use crate::runtime::object::PsObject;

/// Type name of the objects of POP subscriptions.
pub const POP_TYPE: &str = "Microsoft.Exchange.Data.Storage.Management.PopSubscriptionProxy";
/// Type name of the objects of IMAP subscriptions.
pub const IMAP_TYPE: &str = "Microsoft.Exchange.Data.Storage.Management.IMAPSubscriptionProxy";

/// The object of a subscription. It has no password.
pub fn object(view: &SubscriptionView) -> Value {
    let maybe = |at: Option<jiff::Timestamp>| at.map_or(Value::Null, show::local);
    let mut fields = vec![
        ("Identity", Value::from(view.guid.to_string())),
        ("Guid", show::guid(view.guid)),
        ("Name", Value::str(&view.name)),
        ("DisplayName", Value::str(&view.display_name)),
        ("SubscriptionType", Value::str(view.kind.name())),
        ("AggregationType", Value::str("Aggregation")),
        ("Mailbox", Value::str(&view.mailbox)),
        ("EmailAddress", Value::str(&view.email_address)),
        ("IncomingServer", Value::str(&view.server)),
        ("IncomingPort", Value::int(view.port.into())),
        ("IncomingUserName", Value::str(&view.user_name)),
        ("IncomingAuth", Value::str(view.authentication.name())),
        ("IncomingSecurity", Value::str(view.security.name())),
    ];
    if view.kind == SubscriptionType::Pop {
        fields.push(("LeaveOnServer", view.leave_on_server.into()));
    }
    fields.extend([
        ("Enabled", view.enabled.into()),
        ("Status", Value::str(view.status.name())),
        ("DetailedStatus", Value::str(view.detail.name())),
        ("Diagnostics", Value::str(&view.message)),
        ("ItemsSynchronized", show::count(view.items)),
        ("SizeSynchronized", ByteQuantifiedSize::value(view.bytes)),
        ("CreationTime", show::local(view.created)),
        ("LastModifiedTime", show::local(view.modified)),
        ("LastSyncTime", maybe(view.last_sync)),
        ("LastSuccessfulSync", maybe(view.last_success)),
        ("NextSyncTime", maybe(view.next_sync)),
        ("SendAsState", Value::str("None")),
    ]);
    if let Some(report) = &view.report {
        fields.push(("Report", Value::array(report.iter().map(entry).collect())));
    }
    let type_name = match view.kind {
        SubscriptionType::Pop => POP_TYPE,
        SubscriptionType::Imap => IMAP_TYPE,
    };
    PsObject::view(type_name, fields)
}

fn entry(entry: &SubscriptionEntry) -> Value {
    let text = format!(
        "{} {}",
        entry.at.strftime("%Y-%m-%d %H:%M:%SZ"),
        entry.message
    );
    let fields = vec![
        ("Time", show::local(entry.at)),
        ("Message", Value::str(&entry.message)),
    ];
    Record::value(
        "Microsoft.Exchange.Data.Storage.Management.ReportEntry",
        text,
        fields,
    )
}
