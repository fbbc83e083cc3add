//! stub
use crate::flags::Flags;
pub fn test(_flags: &Flags) -> Result<(), String> {
    Ok(())
}
