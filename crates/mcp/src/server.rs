//! The server as the protocol sees it: who it is, which tools it has, and how what they tell becomes a result.

use crate::{
    call::{self, Told},
    client::{Desk, NoClient},
    fenced::fenced,
    given::Given,
    secret::Key,
    tool::Tool,
    words::{Say, say},
};
use rmcp::{
    ErrorData, RoleServer, ServerHandler,
    model::{
        CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation,
        ListToolsResult, PaginatedRequestParams, ServerCapabilities, ServerConfig,
    },
    service::RequestContext,
};
use rulebook::Lang;
use serde_json::{Value, json};
use std::sync::Arc;

/// What a server is made of.
#[derive(Debug)]
pub struct Settings<'s> {
    /// The desk that is asked: `https:`, or `http:` on this machine.
    pub url: &'s str,
    /// The key with which it is asked.
    pub key: Key,
    /// In which language everything is said.
    pub lang: Lang,
    /// Whether tools may change something. Without it they tell what they would do.
    pub may_write: bool,
}

/// The server. A copy asks the same desk.
#[derive(Clone, Debug)]
pub struct Server {
    desk: Arc<Desk>,
    lang: Lang,
    may_write: bool,
}

impl Server {
    /// A server made so. Nothing is asked of the desk before somebody calls a tool.
    pub fn new(settings: Settings<'_>) -> Result<Self, NoClient> {
        let Settings { url, key, lang, may_write } = settings;
        let desk = Arc::new(Desk::new(url, key, lang)?);
        Ok(Self { desk, lang, may_write })
    }

    /// In which language everything is said.
    pub(crate) fn lang(&self) -> Lang {
        self.lang
    }

    async fn told(&self, tool: Tool, request: CallToolRequestParams) -> Told {
        let given = match Given::new(tool, request.arguments) {
            Ok(given) => given,
            Err(fault) => return fault.into(),
        };
        call::call(&self.desk, self.may_write, tool, &given).await.unwrap_or_else(Told::from)
    }

    /// What is told, for people and for programs. Whatever the desk said is marked as data in both.
    fn result(&self, told: &Told) -> CallToolResult {
        let mut said: Vec<String> = told.ours.iter().map(|said| say(&said.as_say(), self.lang)).collect();
        let mut text = said.join("\n");
        if let Some(answer) = &told.answer {
            let data = say(&Say::Data, self.lang);
            let (block, is_cut) = fenced(answer);
            for part in [&data, &block] {
                text.push_str(if text.is_empty() { "" } else { "\n" });
                text.push_str(part);
            }
            if is_cut {
                text.push('\n');
                text.push_str(&say(&Say::Cut, self.lang));
            }
            said.push(data);
        }
        let content = vec![ContentBlock::text(text)];
        let mut result =
            if told.is_error { CallToolResult::error(content) } else { CallToolResult::success(content) };
        let mut structured = json!({ "said": said.join(" "), "answer": told.answer });
        if let (Some(done), Some(members)) = (told.done, structured.as_object_mut()) {
            members.insert("done".to_owned(), Value::Bool(done));
        }
        result.structured_content = Some(structured);
        result
    }
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let who = Implementation::new("kebei", env!("CARGO_PKG_VERSION"));
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(who)
            .with_instructions(say(&Say::Instructions { may_write: self.may_write }, self.lang))
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let tools = Tool::ALL.map(|tool| tool.listed(self.lang, self.may_write));
        Ok(ListToolsResult::with_all_items(tools.to_vec()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Some(tool) = Tool::of_name(&request.name) else {
            return Err(ErrorData::invalid_params(say(&Say::NoTool, self.lang), None));
        };
        let told = self.told(tool, request).await;
        Ok(self.result(&told).into())
    }
}
