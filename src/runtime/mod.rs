//! Values, conversions, operators, scopes, pipeline, parameter binding, error records, .NET type members.
