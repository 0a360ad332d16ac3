//! The deployment settings of an endpoint's function. `make template` writes them to `template.yaml`. They
//! are not read at run time.

use crate::Endpoint;

/// The settings of an endpoint's function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FunctionSettings {
    /// The role's logical id in the template.
    pub role: &'static str,
    /// The timeout in seconds; `None` for that of `Globals`.
    pub timeout: Option<u8>,
    /// The memory in megabytes; `None` for that of `Globals`.
    pub memory: Option<u16>,
    /// The parameter with the executions that are kept for the function, and that it may use at most.
    pub reserved: Option<&'static str>,
    /// Whether a new version takes over gradually (`Shift`), and returns if its alarm fires.
    pub gradual: bool,
}

impl FunctionSettings {
    /// The initial settings. An endpoint without a role can't be deployed.
    pub(crate) const NONE: Self = Self { role: "", timeout: None, memory: None, reserved: None, gradual: false };
}

impl Endpoint {
    /// Sets the function's role, which several endpoints may share.
    #[must_use]
    pub const fn role(mut self, role: &'static str) -> Self {
        self.function.role = role;
        self
    }

    /// Sets the function's timeout, in seconds.
    #[must_use]
    pub const fn timeout(mut self, seconds: u8) -> Self {
        self.function.timeout = Some(seconds);
        self
    }

    /// Sets the function's memory, in megabytes.
    #[must_use]
    pub const fn memory(mut self, megabytes: u16) -> Self {
        self.function.memory = Some(megabytes);
        self
    }

    /// Reserves concurrency for the function, so that others can't starve it, and it can't starve them. The template
    /// has the parameter, and the condition `Has…` that it is not zero.
    #[must_use]
    pub const fn reserved(mut self, parameter: &'static str) -> Self {
        self.function.reserved = Some(parameter);
        self
    }

    /// Shifts requests to a new version gradually, because its defects would cost money.
    #[must_use]
    pub const fn gradual(mut self) -> Self {
        self.function.gradual = true;
        self
    }
}
