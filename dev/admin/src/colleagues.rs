//! The people of the staff: hired with a first password, or given a new one, listed, dismissed.

use crate::{Failure, arguments::Colleagues, run::id, shown::Answer, views};
use accounts::Passwords;
use domain::{access::StaffRole, account::Password};
use runtime::Context;
use serde_json::{Value, json};
use staff::{NewColleague, Staff};
use std::time::Duration;

/// How long a first password can be replaced.
const FIRST_PASSWORD: Duration = Duration::from_hours(72);

/// Runs a command.
pub async fn run(context: &Context, staff: &Staff<'_>, command: &Colleagues) -> Result<Answer, Failure> {
    match command {
        Colleagues::Hire { email, role, reason } => {
            let first = Password::first(runtime::random_bytes());
            let new = NewColleague {
                email: email.clone(),
                role: StaffRole::from(*role),
                password: Passwords::default().hash(&first),
                replace_until: Some(context.now().plus(FIRST_PASSWORD)),
            };
            let (person, is_new) = staff.hire(new, reason).await?;
            let mut view = views::customer(&person);
            if is_new {
                view["first_password"] = json!(first.expose());
            }
            Ok(view.into())
        }
        Colleagues::FirstPassword { person, reason } => {
            let first = Password::first(runtime::random_bytes());
            let (hash, until) = (Passwords::default().hash(&first), context.now().plus(FIRST_PASSWORD));
            let person = staff.renew_first_password(&id(staff, person).await?, hash, until, reason).await?;
            let mut view = views::customer(&person);
            view["first_password"] = json!(first.expose());
            Ok(view.into())
        }
        Colleagues::List => Ok(Value::Array(staff.colleagues().await?.iter().map(views::customer).collect()).into()),
        Colleagues::Dismiss { person, reason } => {
            Ok(views::customer(&staff.set_role(&id(staff, person).await?, None, reason).await?).into())
        }
    }
}
