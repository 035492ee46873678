//! The four broad areas of need (SEND Code of Practice 2015, 6.28 to 6.35), and what plans add to them.

/// An area of need, as a heading or a row title names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// Communication and interaction.
    Communication,
    /// Cognition and learning.
    Cognition,
    /// Social, emotional and mental health.
    Emotional,
    /// Sensory and/or physical.
    Sensory,
    /// Self-care and independence.
    Independence,
    /// Preparing for adulthood.
    Adulthood,
    /// Health.
    Health,
    /// Social care.
    SocialCare,
}
