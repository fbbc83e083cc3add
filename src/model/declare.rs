//! The two macros a declaration is written in. Plain `macro_rules`: what they make can be read here.

/// Declares a record kind: a typed struct, its field list and its reading from a row.
///
/// `Name, "id", "中文" { field: Type, "标签" .modifier() …; … }`. Modifiers are the `const fn`s of
/// [`FieldSpec`](crate::model::spec::FieldSpec). Every kind also gets `since` and `until`.
#[macro_export]
macro_rules! record {
    ($(#[$meta:meta])* $name:ident, $id:literal, $label:literal {
        $($(#[$field_meta:meta])* $field:ident: $ty:ty, $field_label:literal
            $(.$modifier:ident($($argument:expr),*))*;)*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            pub id: $crate::model::RecordId,
            $($(#[$field_meta])* pub $field: $ty,)*
            /// 起始日期
            pub since: Option<$crate::model::Date>,
            /// 结束日期: the first day on which the record no longer holds.
            pub until: Option<$crate::model::Date>,
        }

        impl $crate::model::Record for $name {
            const ID: &'static str = $id;
            const KIND: &'static $crate::model::KindSpec = &$crate::model::KindSpec {
                id: $id,
                label: $label,
                fields: &[
                    $($crate::model::FieldSpec::new(
                        stringify!($field),
                        $field_label,
                        <$ty as $crate::model::spec::Field>::TYPE,
                    )$(.$modifier($($argument),*))*,)*
                    $crate::model::spec::SINCE,
                    $crate::model::spec::UNTIL,
                ],
            };

            fn read(row: &$crate::model::Row) -> Self {
                let mut cells = row.cells.iter();
                let mut next = || cells.next().unwrap_or(&$crate::model::Value::Null);
                $name {
                    id: row.id.clone(),
                    $($field: $crate::model::spec::Field::read(next()),)*
                    since: $crate::model::spec::Field::read(next()),
                    until: $crate::model::spec::Field::read(next()),
                }
            }

            fn id(&self) -> &$crate::model::RecordId {
                &self.id
            }

            fn cells(&self) -> Vec<$crate::model::Value> {
                use $crate::model::spec::Field;
                vec![
                    $(Field::write(&self.$field),)*
                    Field::write(&self.since),
                    Field::write(&self.until),
                ]
            }
        }
    };
}

/// Declares a fixed list: an enum whose variants carry a stable id and a Chinese label.
#[macro_export]
macro_rules! choices {
    ($(#[$meta:meta])* $name:ident {
        $($(#[$variant_meta:meta])* $variant:ident = $id:literal, $label:literal;)+
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)+
        }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            pub const LIST: &'static [(&'static str, &'static str)] = &[$(($id, $label)),+];

            pub fn id(self) -> &'static str {
                $name::LIST[self as usize].0
            }

            pub fn label(self) -> &'static str {
                $name::LIST[self as usize].1
            }

            pub fn from_id(id: &str) -> Option<$name> {
                $name::LIST.iter().position(|(known, _)| *known == id).map(|at| $name::ALL[at])
            }
        }

        impl $crate::model::spec::Choice for $name {
            const LIST: &'static [(&'static str, &'static str)] = $name::LIST;

            fn from_id(id: &str) -> Option<Self> {
                $name::from_id(id)
            }

            fn id(self) -> &'static str {
                $name::id(self)
            }
        }
    };
}
