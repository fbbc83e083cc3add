//! 发布居民查询页: one file with what residents may read and nothing else. Chooses by allow list, looks for what
//! must not go out, and writes the page; reads it again when it opens. Saves no file and shows nothing.

pub mod edition;
pub mod opening;
pub mod page;
pub mod scan;
pub mod selection;

#[cfg(test)]
mod tests;
