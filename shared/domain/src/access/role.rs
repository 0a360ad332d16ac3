//! The roles of staff, and what each of them may do.

use super::{Grants, Permission};
use crate::UserId;
use serde::{Deserialize, Serialize};
use std::fmt;
use strum::VariantArray;
use utoipa::ToSchema;

/// The role of a person of the staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, VariantArray, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StaffRole {
    /// Decides who works here. May do everything.
    Owner,
    /// Payments, refunds, invoices, vouchers.
    Finance,
    /// Customers' questions.
    Support,
    /// Identity, abuse, requests of authorities.
    Compliance,
    /// Figures without names.
    Analyst,
}

use StaffRole::{Analyst, Compliance, Finance, Owner, Support};

/// Who may do what. No role has a permission that is not here.
const TABLE: [(Permission, &[StaffRole]); 11] = [
    (Permission::StaffSelf, StaffRole::ALL),
    (Permission::UsersRead, &[Owner, Finance, Support, Compliance]),
    (Permission::UsersWrite, &[Owner, Support, Compliance]),
    (Permission::RefundsWrite, &[Owner, Finance]),
    (Permission::FindingsWrite, &[Owner, Finance, Support]),
    (Permission::WalletsCorrect, &[Owner, Finance]),
    (Permission::RolesWrite, &[Owner]),
    (Permission::AuditRead, &[Owner, Compliance]),
    (Permission::VouchersWrite, &[Owner, Finance]),
    (Permission::PricesWrite, &[Owner, Finance]),
    (Permission::MetricsRead, &[Owner, Finance, Analyst]),
];

impl StaffRole {
    /// Every role.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// The name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Finance => "finance",
            Self::Support => "support",
            Self::Compliance => "compliance",
            Self::Analyst => "analyst",
        }
    }

    /// What the role may do.
    pub fn grants(self) -> Grants {
        TABLE.iter().filter(|(_, roles)| roles.contains(&self)).map(|(permission, _)| *permission).collect()
    }

    /// The table of all roles, in Markdown.
    pub fn table() -> String {
        let header = Self::ALL.iter().fold("| permission |".to_owned(), |line, role| format!("{line} {role} |"));
        let rule = format!("|---|{}", "---|".repeat(Self::ALL.len()));
        let rows = TABLE.iter().map(|(permission, roles)| {
            let cells = Self::ALL.iter().map(|role| if roles.contains(role) { " yes |" } else { " |" });
            format!("| `{}` |{}", permission.as_str(), cells.collect::<String>())
        });
        [header, rule].into_iter().chain(rows).fold(String::new(), |text, line| text + &line + "\n")
    }
}

/// Why a person of the staff must not act on an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OffLimits {
    /// It is the person's own.
    #[error("nobody acts on the own account")]
    Own,
    /// It is a colleague's.
    #[error("only who decides about roles acts on the account of a colleague")]
    Colleague,
}

/// Whether a person of the staff may change this account: nobody the own one, and only who decides about roles that of
/// a colleague.
pub fn may_act_on(grants: &Grants, own: &UserId, target: &UserId, role: Option<StaffRole>) -> Result<(), OffLimits> {
    if own == target {
        Err(OffLimits::Own)
    } else if role.is_some() && !grants.contains(Permission::RolesWrite) {
        Err(OffLimits::Colleague)
    } else {
        Ok(())
    }
}

impl fmt::Display for StaffRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staff_have_no_permission_of_customers_and_customers_none_of_staff() {
        let own = [Permission::OF_KEYS.as_slice(), &Permission::OF_SESSIONS].concat();
        for (permission, roles) in TABLE {
            assert!(!own.contains(&permission) && !roles.is_empty(), "{permission:?}");
            assert!(roles.contains(&Owner), "the owner may do everything");
        }
        for permission in Permission::ALL {
            let is_staff = TABLE.iter().any(|(known, _)| known == permission);
            assert_ne!(is_staff, own.contains(permission), "{permission:?} belongs to customers or to staff");
        }
        assert!(!Support.grants().contains(Permission::RolesWrite) && Owner.grants().contains(Permission::RolesWrite));
    }

    #[test]
    fn colleagues_are_off_limits_but_for_who_decides_about_roles() {
        let user = |n| UserId::new(crate::Timestamp::from_millis(1), n);
        let may = |role: StaffRole, target, its| may_act_on(&role.grants(), &user(1), &user(target), its);
        assert_eq!(may(Owner, 1, Some(Owner)), Err(OffLimits::Own), "so the last owner stays");
        assert_eq!(may(Support, 2, Some(Analyst)), Err(OffLimits::Colleague));
        assert_eq!((may(Support, 2, None), may(Owner, 2, Some(Owner))), (Ok(()), Ok(())));
    }

    #[test]
    fn a_role_is_stored_under_its_name() {
        for &role in StaffRole::ALL {
            assert_eq!(serde_json::to_value(role).unwrap(), role.as_str());
        }
    }
}
