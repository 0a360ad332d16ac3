//! What an endpoint's function is given when it is deployed. `make template` writes it into `template.yaml`; at run time nothing
//! reads it.

use crate::Endpoint;

/// The settings of an endpoint's function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FunctionSettings {
    /// Its role, by the logical id in the template.
    pub role: &'static str,
    /// Its time-out in seconds; `None` for that of `Globals`.
    pub timeout: Option<u8>,
    /// Its memory in megabytes; `None` for that of `Globals`.
    pub memory: Option<u16>,
    /// Whether executions are kept for it (`ReservedConcurrency`).
    pub reserved: bool,
}

impl FunctionSettings {
    /// Before anything is said. An endpoint without a role can't be deployed.
    pub(crate) const NONE: Self = Self { role: "", timeout: None, memory: None, reserved: false };
}

impl Endpoint {
    /// Gives its function this role: a capability, which several endpoints may share.
    #[must_use]
    pub const fn role(mut self, role: &'static str) -> Self {
        self.function.role = role;
        self
    }

    /// Gives its function this time-out, in seconds.
    #[must_use]
    pub const fn timeout(mut self, seconds: u8) -> Self {
        self.function.timeout = Some(seconds);
        self
    }

    /// Gives its function this memory, in megabytes.
    #[must_use]
    pub const fn memory(mut self, megabytes: u16) -> Self {
        self.function.memory = Some(megabytes);
        self
    }

    /// Keeps executions for its function, so that others can't starve it.
    #[must_use]
    pub const fn reserved(mut self) -> Self {
        self.function.reserved = true;
        self
    }
}
