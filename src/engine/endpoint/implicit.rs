//! The endpoint of a batch that says how to reach the server itself, as in 2009: one that fits is used again, else one is made
//! and named after the server.

use super::{EndpointView, NewEndpoint, SetEndpoint};
use crate::engine::error::EngineError;
use crate::engine::handle::Engine;

impl Engine {
    /// The endpoint of these settings; `request.name` is not used. One that exists takes over the limit of the request.
    ///
    /// # Errors
    /// As `new_endpoint`.
    pub async fn implicit_endpoint(
        &self,
        request: NewEndpoint,
    ) -> Result<EndpointView, EngineError> {
        let port = request
            .port
            .unwrap_or_else(|| request.security.default_port());
        let known = self.get_endpoints(None).await?;
        let fits = known.iter().find(|one| {
            one.remote_server
                .eq_ignore_ascii_case(&request.remote_server)
                && one.port == port
                && one.security == request.security
                && one.accept_untrusted_certificates == request.accept_untrusted_certificates
        });
        if let Some(fits) = fits {
            let limits = SetEndpoint {
                identity: fits.identity.clone(),
                max_concurrent_migrations: Some(request.max_concurrent_migrations),
                max_concurrent_incremental_syncs: Some(request.max_concurrent_incremental_syncs),
                ..SetEndpoint::default()
            };
            return self.set_endpoint(limits).await;
        }
        let is_taken = |name: &str| {
            known
                .iter()
                .any(|one| one.identity.eq_ignore_ascii_case(name))
        };
        let plain: String = request.remote_server.chars().take(64).collect();
        let tail = format!(":{port}");
        let with_port: String = request
            .remote_server
            .chars()
            .take(64 - tail.len())
            .collect();
        let names = [plain, with_port + &tail];
        let name = names
            .iter()
            .find(|name| !is_taken(name))
            .unwrap_or(&names[1]);
        self.new_endpoint(NewEndpoint {
            name: name.clone(),
            ..request
        })
        .await
    }
}
