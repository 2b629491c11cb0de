//! Enumerations that travel as short codes: one list gives the variants, the wire form and the Fluent key.

/// A code that this build does not know: a newer central, or a damaged file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code:?} is not a known {of}")]
pub struct UnknownCode {
    /// The enumeration that was asked.
    pub of: &'static str,
    /// The code as received.
    pub code: String,
}

/// Declares an enumeration whose variants each have a kebab-case code, used on the wire and in Fluent keys.
macro_rules! coded_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize, utoipa::ToSchema,
        )]
        pub enum $name {
            $($(#[$vmeta])* #[serde(rename = $code)] $variant),+
        }

        impl $name {
            /// Every value, in the order in which a list shows them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code used on the wire and at the end of Fluent keys.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownCode;

            fn from_str(code: &str) -> Result<Self, Self::Err> {
                match code {
                    $($code => Ok(Self::$variant),)+
                    _ => Err($crate::UnknownCode { of: stringify!($name), code: code.to_owned() }),
                }
            }
        }
    };
}
