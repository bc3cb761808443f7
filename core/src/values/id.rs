//! Ids: the places of things in the lists of a rulebook. Each list has a type of its own, so that the place in one is not taken for
//! a place in another.

/// Declares ids. Each is a number, counted from 0, and is written as one.
macro_rules! ids {
    ($($(#[$about:meta])* $id:ident($number:ty);)*) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $id($number);

        impl $id {
            /// An id under which nothing stands. A compiler that lacks the true one has noted why.
            pub const NOWHERE: Self = Self(<$number>::MAX);

            /// The things of a list, each with its id.
            pub fn of_each<T>(list: &[T]) -> impl Iterator<Item = (Self, &T)> + Clone {
                (0..=<$number>::MAX).map(Self).zip(list)
            }
        }

        impl std::fmt::Display for $id {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, formatter)
            }
        }

        impl From<$id> for usize {
            fn from(id: $id) -> Self {
                Self::try_from(id.0).unwrap_or(Self::MAX)
            }
        }

        impl TryFrom<usize> for $id {
            type Error = std::num::TryFromIntError;

            fn try_from(place: usize) -> Result<Self, Self::Error> {
                <$number>::try_from(place).map(Self)
            }
        }
    )*};
}
pub(crate) use ids;
