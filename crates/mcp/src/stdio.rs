//! The server on two streams: standard input and output, as assistants start it. The output carries the protocol and nothing else.

use crate::server::Server;
use rmcp::{RoleServer, ServiceExt, service::ServerInitializeError, transport::async_rw::AsyncRwTransport};
use tokio::io::{AsyncRead, AsyncWrite};

/// Bytes of a message at most: an inventory of as many instances as a call takes, with room. What is longer is thrown away unread.
pub(crate) const LONGEST_MESSAGE: usize = 1 << 20;

/// Why there was no conversation.
#[derive(Debug, thiserror::Error)]
pub enum NoConversation {
    /// What came was not the protocol.
    #[error("what came on standard input does not begin a conversation of the Model Context Protocol")]
    NoProtocol,
    /// Something inside broke.
    #[error("the conversation broke off: {0}")]
    Broken(String),
}

/// Speaks over standard input and output until the input ends.
pub async fn serve_stdio(server: Server) -> Result<(), NoConversation> {
    let (input, output) = rmcp::transport::stdio();
    serve_streams(server, input, output).await
}

/// The same over any two streams.
pub async fn serve_streams(
    server: Server,
    input: impl AsyncRead + Send + Unpin + 'static,
    output: impl AsyncWrite + Send + Unpin + 'static,
) -> Result<(), NoConversation> {
    let transport = AsyncRwTransport::<RoleServer, _, _>::new(input, output);
    let running = match server.serve(transport.with_max_line_length(LONGEST_MESSAGE)).await {
        Ok(running) => running,
        // Whoever hangs up before he has said anything wanted nothing.
        Err(ServerInitializeError::ConnectionClosed(_) | ServerInitializeError::Cancelled) => return Ok(()),
        // Never with what was received: it may be anything.
        Err(ServerInitializeError::ExpectedInitializeRequest(_)) => return Err(NoConversation::NoProtocol),
        Err(error) => return Err(NoConversation::Broken(error.to_string())),
    };
    running.waiting().await.map(drop).map_err(|error| NoConversation::Broken(error.to_string()))
}
