//! What a kind says of itself: the shape of a declaration. Holds no data of a township.

use super::ids::{RecordId, Ref};
use super::township::Row;
use super::value::{Date, Outline, Text, Value};

/// Who may see a field. A field is internal unless its declaration says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// 仅工作人员
    Internal,
    /// 公开
    Public,
    /// 经登记同意后公开: names of people other than leaders.
    Consent,
}

/// What a field holds, and so which input, column and check it gets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FieldType {
    Text,
    /// Text of several lines.
    LongText,
    Int,
    Real,
    Bool,
    Date,
    /// One of a fixed list of `(id, label)`.
    Choice(&'static [(&'static str, &'static str)]),
    /// The id of a record of the named kind.
    Ref(&'static str),
    /// A set of texts, each member a register of its own (add wins).
    Set,
    /// A closed polygon.
    Outline,
    /// A small portrait.
    Photo,
}

/// One field of a kind, declared once.
#[derive(Clone, Copy, Debug)]
pub struct FieldSpec {
    pub id: &'static str,
    pub label: &'static str,
    pub ty: FieldType,
    pub required: bool,
    pub visibility: Visibility,
    /// Register group: fields that only make sense together change together. Empty: a register alone.
    pub group: &'static str,
    /// 计量单位, shown behind the figure.
    pub unit: &'static str,
    /// Weight in look-up; 0 is not searched.
    pub search: u8,
    /// Spreadsheet headers that mean this field, besides its label and id.
    pub columns: &'static [&'static str],
    /// Why the field is asked for, under its input.
    pub hint: &'static str,
    /// Part of the record's title.
    pub title: bool,
    /// A reference to the same kind that makes a tree; checked for cycles.
    pub tree: bool,
    /// Shown as a table column until the reader chooses otherwise.
    pub listed: bool,
    /// A telephone number, to be dialled from where it is shown.
    pub phone: bool,
    /// A time of day, `14:05`.
    pub clock: bool,
}

impl FieldSpec {
    pub const fn new(id: &'static str, label: &'static str, ty: FieldType) -> FieldSpec {
        FieldSpec {
            id,
            label,
            ty,
            required: false,
            visibility: Visibility::Internal,
            group: "",
            unit: "",
            search: 0,
            columns: &[],
            hint: "",
            title: false,
            tree: false,
            listed: false,
            phone: false,
            clock: false,
        }
    }

    pub const fn required(mut self) -> FieldSpec {
        self.required = true;
        self
    }

    pub const fn public(mut self) -> FieldSpec {
        self.visibility = Visibility::Public;
        self
    }

    pub const fn consent(mut self) -> FieldSpec {
        self.visibility = Visibility::Consent;
        self
    }

    pub const fn group(mut self, group: &'static str) -> FieldSpec {
        self.group = group;
        self
    }

    pub const fn unit(mut self, unit: &'static str) -> FieldSpec {
        self.unit = unit;
        self
    }

    pub const fn search(mut self, weight: u8) -> FieldSpec {
        self.search = weight;
        self
    }

    pub const fn columns(mut self, columns: &'static [&'static str]) -> FieldSpec {
        self.columns = columns;
        self
    }

    pub const fn hint(mut self, hint: &'static str) -> FieldSpec {
        self.hint = hint;
        self
    }

    pub const fn title(mut self) -> FieldSpec {
        self.title = true;
        self.listed = true;
        self
    }

    pub const fn tree(mut self) -> FieldSpec {
        self.tree = true;
        self
    }

    pub const fn listed(mut self) -> FieldSpec {
        self.listed = true;
        self
    }

    pub const fn phone(mut self) -> FieldSpec {
        self.phone = true;
        self
    }

    pub const fn clock(mut self) -> FieldSpec {
        self.clock = true;
        self.hint = "24 小时制，如 14:05";
        self
    }

    pub const fn long(mut self) -> FieldSpec {
        self.ty = FieldType::LongText;
        self
    }

    /// Whether tables and sheets have a column for it.
    pub fn is_tabled(&self) -> bool {
        self.ty != FieldType::Photo
    }

    /// The register this field is written through.
    pub const fn register(&self) -> &'static str {
        if self.group.is_empty() { self.id } else { self.group }
    }
}

/// One kind of record, declared once by `record!`.
#[derive(Debug)]
pub struct KindSpec {
    pub id: &'static str,
    pub label: &'static str,
    pub fields: &'static [FieldSpec],
}

/// Every record lives from a day to a day; both ends are one register.
pub const SINCE: FieldSpec =
    FieldSpec::new("since", "起始日期", FieldType::Date).public().group("period");
/// The first day on which the record no longer holds.
pub const UNTIL: FieldSpec = FieldSpec::new("until", "结束日期", FieldType::Date)
    .public()
    .group("period")
    .hint("从这一天起不再有效；记录不会删除");

/// A typed view of a row. Reading is total: what is missing or odd reads as empty.
pub trait Record: Sized {
    /// Apart from `KIND`, so that kinds may refer to each other in a circle.
    const ID: &'static str;
    const KIND: &'static KindSpec;

    fn read(row: &Row) -> Self;

    fn id(&self) -> &RecordId;

    /// The values in the order of `KIND.fields`.
    fn cells(&self) -> Vec<Value>;
}

/// A Rust type that a field can have.
pub trait Field: Default {
    const TYPE: FieldType;

    fn read(value: &Value) -> Self;

    fn write(&self) -> Value;
}

impl Field for Text {
    const TYPE: FieldType = FieldType::Text;

    fn read(value: &Value) -> Text {
        match value {
            Value::Text(text) => text.clone(),
            _ => Text::default(),
        }
    }

    fn write(&self) -> Value {
        if self.is_empty() { Value::Null } else { Value::Text(self.clone()) }
    }
}

impl Field for Option<i64> {
    const TYPE: FieldType = FieldType::Int;

    fn read(value: &Value) -> Self {
        value.as_int()
    }

    fn write(&self) -> Value {
        self.map_or(Value::Null, Value::int)
    }
}

impl Field for Option<f64> {
    const TYPE: FieldType = FieldType::Real;

    fn read(value: &Value) -> Self {
        value.as_real()
    }

    fn write(&self) -> Value {
        self.map_or(Value::Null, Value::real)
    }
}

/// A fixed list, made by `choices!`.
pub trait Choice: Copy {
    /// Ids and labels.
    const LIST: &'static [(&'static str, &'static str)];

    fn from_id(id: &str) -> Option<Self>;

    fn id(self) -> &'static str;
}

impl<C: Choice> Field for Option<C> {
    const TYPE: FieldType = FieldType::Choice(C::LIST);

    fn read(value: &Value) -> Self {
        value.as_str().and_then(C::from_id)
    }

    fn write(&self) -> Value {
        self.map_or(Value::Null, |choice| Value::Text(choice.id().into()))
    }
}

impl Field for bool {
    const TYPE: FieldType = FieldType::Bool;

    fn read(value: &Value) -> bool {
        matches!(value, Value::Bool(true))
    }

    fn write(&self) -> Value {
        if *self { Value::Bool(true) } else { Value::Null }
    }
}

impl Field for Option<Date> {
    const TYPE: FieldType = FieldType::Date;

    fn read(value: &Value) -> Self {
        value.as_date()
    }

    fn write(&self) -> Value {
        self.map_or(Value::Null, Value::date)
    }
}

impl<K: Record> Field for Option<Ref<K>> {
    const TYPE: FieldType = FieldType::Ref(K::ID);

    fn read(value: &Value) -> Self {
        value.as_str().and_then(RecordId::parse).map(Ref::new)
    }

    fn write(&self) -> Value {
        self.as_ref().map_or(Value::Null, |target| Value::Text(target.id.text().clone()))
    }
}

impl Field for Vec<Text> {
    const TYPE: FieldType = FieldType::Set;

    fn read(value: &Value) -> Self {
        value.as_set().to_vec()
    }

    fn write(&self) -> Value {
        if self.is_empty() { Value::Null } else { Value::Set(self.as_slice().into()) }
    }
}

impl Field for Outline {
    const TYPE: FieldType = FieldType::Outline;

    fn read(value: &Value) -> Self {
        Outline::from_value(value).unwrap_or_default()
    }

    fn write(&self) -> Value {
        self.to_value()
    }
}
