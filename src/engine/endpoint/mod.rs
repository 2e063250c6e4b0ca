//! Endpoints: the connection settings of a server to migrate from or to, and the probe of such a server.

mod implicit;
mod ops;
pub(super) mod probe;
mod request;
mod view;

pub(super) use ops::check_server;
pub use request::{Admin, AdminForm, NewEndpoint, ProbeTarget, Security, SetEndpoint};
pub use view::{
    AuthenticationMethod, ConnectionSettings, EndpointType, EndpointView, ProbeOutcome, ProbeView,
};
