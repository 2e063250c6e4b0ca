//! The shell itself: expressions, modules, history, transcripts.

mod add_ps_snapin;
mod clear_host;
mod connect_exchange_online;
mod disconnect_exchange_online;
mod get_culture;
mod get_execution_policy;
mod get_host;
mod get_module;
mod get_ps_session;
mod import_module;
mod import_ps_session;
mod install_module;
mod invoke_command;
mod invoke_expression;
pub mod modules;
mod new_ps_session;
mod remove_module;
mod remove_ps_session;
mod send_mail_message;
mod set_execution_policy;
mod set_strict_mode;
mod start_transcript;
mod stop_transcript;
pub mod transcript;

use crate::runtime::cmdlet::{CmdletMeta, Declared};

/// One line a verb.
pub const CMDLETS: &[&CmdletMeta] = &[
    &add_ps_snapin::AddPsSnapin::META,
    &clear_host::ClearHost::META,
    &connect_exchange_online::ConnectExchangeOnline::META,
    &disconnect_exchange_online::DisconnectExchangeOnline::META,
    &get_culture::GetCulture::META,
    &get_execution_policy::GetExecutionPolicy::META,
    &get_host::GetHost::META,
    &get_module::GetModule::META,
    &get_ps_session::GetPsSession::META,
    &import_module::ImportModule::META,
    &import_ps_session::ImportPsSession::META,
    &install_module::InstallModule::META,
    &invoke_command::InvokeCommand::META,
    &invoke_expression::InvokeExpression::META,
    &new_ps_session::NewPsSession::META,
    &remove_module::RemoveModule::META,
    &remove_ps_session::RemovePsSession::META,
    &send_mail_message::SendMailMessage::META,
    &set_execution_policy::SetExecutionPolicy::META,
    &set_strict_mode::SetStrictMode::META,
    &start_transcript::StartTranscript::META,
    &stop_transcript::StopTranscript::META,
];
