//! Members of types themselves: `[int].Name`, `$x.GetType().BaseType`.

use super::args::Args;
use super::table::{Answer, Fault, Kind, Method, Property, TypeTable};
use super::{TypeRef, names};
use crate::runtime::members;
use crate::runtime::object::PsObject;
use crate::runtime::value::Value;

fn own(value: &Value) -> Result<TypeRef, Fault> {
    match value {
        Value::Type(ty) => Ok(*ty),
        _ => Err(Fault::invalid_operation("This is no type.")),
    }
}

fn flag(value: &Value, test: impl FnOnce(TypeRef) -> bool) -> Answer {
    Ok(Value::Bool(test(own(value)?)))
}

macro_rules! of_type {
    ($signature:literal, $ty:ident => $value:expr) => {
        Property::read($signature, |v| {
            let $ty = own(v)?;
            Ok($value)
        })
    };
}

/// Names of the members of a type that have a test.
fn member_infos(ty: TypeRef, kind: &str, list: impl Iterator<Item = &'static str>) -> Value {
    let info = |name: &'static str| {
        PsObject::custom(vec![
            ("Name", Value::str(name)),
            ("MemberType", Value::str(kind)),
            ("DeclaringType", Value::Type(ty)),
        ])
    };
    Value::array(list.map(info).collect())
}

/// `System.Type`
pub static TYPE: TypeTable = TypeTable {
    name: "System.Type",
    aliases: &["type"],
    static_methods: &[Method::new("type GetType(string typeName)", |c| {
        Ok(names::find(&c.text(0)).map_or(Value::Null, Value::Type))
    })],
    ..TypeTable::EMPTY
};

/// `System.RuntimeType`
pub static RUNTIME_TYPE: TypeTable = TypeTable {
    name: "System.RuntimeType",
    base: "System.Type",
    properties: &[
        of_type!("string Name {get;}", ty => ty.name().into()),
        of_type!("string FullName {get;}", ty => ty.full_name().into()),
        of_type!("string Namespace {get;}", ty => ty.namespace().into()),
        of_type!("type BaseType {get;}", ty => ty.base().map_or(Value::Null, Value::Type)),
        of_type!("type UnderlyingSystemType {get;}", ty => Value::Type(ty)),
        of_type!("string AssemblyQualifiedName {get;}", ty => format!("{}, System.Private.CoreLib", ty.full_name()).into()),
        of_type!("System.Object Assembly {get;}", _ty => PsObject::custom(vec![("FullName", "System.Private.CoreLib".into()), ("Location", "".into())])),
        of_type!("bool IsPublic {get;}", _ty => Value::Bool(true)),
        // As .NET marks its values, texts and collections.
        of_type!("bool IsSerializable {get;}", ty => Value::Bool(ty.is_value() || ty.element().is_some() || ty.full_name() == "System.String" || ty.namespace().starts_with("System.Collections"))),
        Property::read("bool IsValueType {get;}", |v| flag(v, TypeRef::is_value)),
        Property::read("bool IsEnum {get;}", |v| flag(v, TypeRef::is_enum)),
        Property::read("bool IsArray {get;}", |v| {
            flag(v, |ty| ty.element().is_some())
        }),
        Property::read("bool IsClass {get;}", |v| {
            flag(v, |ty| {
                matches!(ty.table().kind, Kind::Class | Kind::Static)
            })
        }),
        Property::read("bool IsInterface {get;}", |v| {
            flag(v, |ty| ty.table().kind == Kind::Interface)
        }),
        Property::read("bool IsAbstract {get;}", |v| {
            flag(v, |ty| ty.table().kind == Kind::Static)
        }),
        Property::read("bool IsGenericType {get;}", |v| {
            flag(v, |ty| !ty.arguments().is_empty())
        }),
        Property::read("bool IsPrimitive {get;}", |v| {
            let names = [
                "Boolean", "Byte", "SByte", "Int16", "UInt16", "Int32", "UInt32", "Int64",
                "UInt64", "Char", "Double", "Single",
            ];
            flag(v, |ty| {
                ty.namespace() == "System" && names.contains(&ty.name())
            })
        }),
        of_type!("type[] GenericTypeArguments {get;}", ty => Value::array(ty.arguments().iter().map(|a| Value::Type(*a)).collect())),
    ],
    methods: &[
        Method::new("bool IsAssignableFrom(type c)", |c| match c.arg(0) {
            Value::Type(other) => Ok(Value::Bool(other.is_a(own(c.this)?))),
            _ => Ok(Value::Bool(false)),
        }),
        Method::new("bool IsSubclassOf(type c)", |c| match c.arg(0) {
            Value::Type(other) => Ok(Value::Bool(
                own(c.this)? != *other && own(c.this)?.is_a(*other),
            )),
            _ => Ok(Value::Bool(false)),
        }),
        Method::new("bool IsInstanceOfType(System.Object o)", |c| {
            Ok(Value::Bool(crate::runtime::compare::is_type(
                c.arg(0),
                own(c.this)?,
            )))
        }),
        Method::new("type GetElementType()", |c| {
            Ok(own(c.this)?.element().map_or(Value::Null, Value::Type))
        }),
        Method::new("type[] GetGenericArguments()", |c| {
            Ok(Value::array(
                own(c.this)?
                    .arguments()
                    .iter()
                    .map(|a| Value::Type(*a))
                    .collect(),
            ))
        }),
        Method::new("type[] GetInterfaces()", |c| {
            let interfaces = own(c.this)?.lineage().flat_map(|ty| ty.table().interfaces);
            Ok(Value::array(
                interfaces
                    .map(|name| Value::Type(TypeRef::named(name)))
                    .collect(),
            ))
        }),
        Method::new("System.Object[] GetMethods()", |c| {
            let ty = own(c.this)?;
            let all = ty
                .lineage()
                .flat_map(|ty| ty.table().methods.iter().chain(ty.table().static_methods));
            Ok(member_infos(
                ty,
                "Method",
                all.map(|m| super::signature::method_name(m.signature)),
            ))
        }),
        Method::new("System.Object[] GetProperties()", |c| {
            let ty = own(c.this)?;
            let all = ty.lineage().flat_map(|ty| ty.table().properties);
            Ok(member_infos(
                ty,
                "Property",
                all.map(|p| super::signature::property_name(p.signature)),
            ))
        }),
        Method::new("System.Object GetEnumNames()", |c| {
            Ok(Value::array(
                own(c.this)?
                    .table()
                    .members
                    .iter()
                    .map(|(name, _)| Value::str(name))
                    .collect(),
            ))
        }),
        Method::new("System.Object GetProperty(string name)", |c| {
            let (ty, name) = (own(c.this)?, c.text(0));
            let found = members::static_names(ty)
                .into_iter()
                .find(|n| n.eq_ignore_ascii_case(&name));
            Ok(found.map_or(Value::Null, |name| {
                PsObject::custom(vec![("Name", name.into())])
            }))
        }),
    ],
    ..TypeTable::EMPTY
};
