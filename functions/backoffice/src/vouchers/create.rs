//! `POST /api/v1/admin/vouchers` - makes a voucher.

use super::view::VoucherView;
use crate::{
    access::MakeVouchers,
    codes::{NotAVoucher, VoucherCodeTaken},
    reason::Reason,
    work::Work,
};
use api::{
    FieldError, Json, Parse, Problem,
    axum::{self, extract::State, response::IntoResponse},
    parse::Between,
};
use domain::{
    Credits, Timestamp,
    voucher::{self, NewVoucher, VoucherCode},
};
use http::StatusCode;
use runtime::Context;
use serde::Serialize;
use staff::{MadeVoucher, NoVoucher};
use utoipa::ToSchema;

/// A voucher to make.
#[derive(Parse, ToSchema)]
#[parse(problems(VoucherCodeTaken))]
#[schema(example = json!({
    "credits": "2.50", "uses": 100, "until": "2027-01-01T00:00:00Z", "reason": "for readers of the newsletter",
}))]
pub struct VoucherToMake {
    /// What each use gives, as promotional credit: at most 100.
    pub credits: Credits,
    /// How often it can be used, by all customers together. Each customer can use it once.
    #[schema(value_type = u32, minimum = 1, maximum = 10_000)]
    pub uses: Between<1, 10_000>,
    /// When it begins. Defaults to now.
    #[schema(required = false)]
    pub from: Option<Timestamp>,
    /// When it ends.
    pub until: Timestamp,
    /// Its code: 6 to 40 letters and digits. Defaults to a random one. A chosen text can be guessed.
    #[schema(required = false, value_type = Option<String>)]
    pub code: Option<VoucherCode>,
    /// What it is for. Customers do not see it.
    #[schema(value_type = String)]
    pub reason: Reason,
}

/// A new voucher, with its code.
#[derive(Serialize, ToSchema)]
pub struct MadeVoucherView {
    /// The code. It is shown once.
    #[schema(examples("7K2M-Q9XD-0TVB-4HRN"))]
    code: String,
    #[serde(flatten)]
    voucher: VoucherView,
}

/// Make a voucher
///
/// Answers the code, which is shown once: only a hash of it is stored. If the answer is lost, end the voucher and make
/// another one.
#[utoipa::path(
    post, path = "/api/v1/admin/vouchers", operation_id = "make_voucher", tag = "backoffice",
    request_body = VoucherToMake, responses((status = 201, description = "The voucher.", body = MadeVoucherView)),
)]
pub async fn create(
    State(context): State<Context>,
    work: Work<MakeVouchers>,
    Json(VoucherToMake { credits, uses, from, until, code, reason }): Json<VoucherToMake>,
) -> Result<impl IntoResponse, Problem> {
    let new = NewVoucher { credits, uses: uses.get(), from, until, reason: reason.as_str().to_owned() };
    let MadeVoucher { voucher, code } = work.staff(&context).make_voucher(new, code).await.map_err(problem)?;
    let made = MadeVoucherView { code: code.expose(), voucher: voucher.into() };
    Ok((StatusCode::CREATED, axum::Json(made)))
}

/// How staff see why no voucher was made.
fn problem(reason: NoVoucher) -> Problem {
    let wrong = |field: &str, error: NotAVoucher| Problem::fields(vec![FieldError::new(field, error)]);
    match reason {
        NoVoucher::NotAVoucher(voucher::NotAVoucher::Credits) => wrong("credits", NotAVoucher::Credits),
        NoVoucher::NotAVoucher(voucher::NotAVoucher::Uses) => wrong("uses", NotAVoucher::Uses),
        NoVoucher::NotAVoucher(voucher::NotAVoucher::Times) => wrong("until", NotAVoucher::Times),
        NoVoucher::CodeTaken => VoucherCodeTaken.into(),
        NoVoucher::Store(error) => error.into(),
    }
}
