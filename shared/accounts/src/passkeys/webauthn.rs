//! The ceremonies of WebAuthn, by the library `webauthn_rp`: options for browsers, and the verification of answers.
//! Nothing else knows the library. It reads the system's clock, by which each ceremony has five minutes; the stored
//! challenge ends by the clock of the context.

use super::{Options, PasskeyError, relying_party::RelyingParty};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    UserId,
    account::{
        Backup, CredentialId, OneTimeText, Passkey, PasskeyState, Passkeys, USER_HANDLE_LENGTH, user_handle, user_of,
    },
};
use serde::Serialize;
use thiserror::Error;
use webauthn_rp::{
    AuthenticatedCredential, DiscoverableAuthentication, DiscoverableAuthenticationServerState,
    DiscoverableCredentialRequestOptions, PublicKeyCredentialCreationOptions, Registration, RegistrationServerState,
    bin::{Decode, Encode},
    request::{
        PublicKeyCredentialDescriptor,
        auth::AuthenticationVerificationOptions,
        register::{
            CoseAlgorithmIdentifier, PublicKeyCredentialUserEntity, RegistrationVerificationOptions, UserHandle,
            Username,
        },
    },
    response::{
        AuthTransports, AuthenticatorAttachment, Backup as Flags, CredentialId as Id, SentChallenge,
        auth::error::AuthCeremonyErr,
        register::{CompressedPubKey, DynamicState, StaticState},
    },
};

type Handle = UserHandle<USER_HANDLE_LENGTH>;
type PublicKey = StaticState<CompressedPubKey<[u8; 32], [u8; 32], [u8; 48], Vec<u8>>>;

/// Why an answer is not accepted. None of the reasons says anything about the account.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Nobody's passkey, or no longer.
    #[error("unknown passkey")]
    Unknown,
    /// A passkey of another account than the first step's.
    #[error("passkey of another account")]
    OtherAccount,
    /// The signature is wrong, or what was signed can't be read: the answer may be anybody's.
    #[error("passkey not proved: {0}")]
    NotProved(String),
    /// The device counts fewer uses than before, so somebody may have a copy of the passkey.
    #[error("passkey with an old counter")]
    OldCounter,
    /// The passkey was used, but not as it must be: on a page of another origin, for another host, or without a check
    /// of its person.
    #[error("passkey not accepted: {0}")]
    NotAccepted(String),
}

impl Refusal {
    /// Whether the passkey itself signed the answer, so that the account's trail has a line about it.
    pub(super) const fn is_proved(&self) -> bool {
        matches!(self, Self::OldCounter | Self::NotAccepted(_))
    }
}

/// A ceremony that begins: the options for the browser, its token, and what was asked.
pub(super) struct Begun {
    pub(super) options: Options,
    pub(super) challenge: OneTimeText,
    pub(super) asked: String,
}

/// The credential of an accepted registration.
pub(super) struct NewCredential {
    pub(super) credential: CredentialId,
    pub(super) public_key: String,
    pub(super) transports: u8,
    pub(super) state: PasskeyState,
}

/// Begins to add a passkey. The person's device refuses if it has one of the account already.
pub(super) fn begin_adding(
    party: &RelyingParty,
    user: &UserId,
    email: &str,
    passkeys: &Passkeys,
) -> Result<Begun, PasskeyError> {
    let Ok(handle) = Handle::decode(user_handle(user));
    // A few addresses are no names by the rules of the standard (RFC 8265).
    let name = Username::try_from(email).or_else(|_| Username::try_from(user.as_str())).map_err(defect)?;
    let entity = PublicKeyCredentialUserEntity { name, id: &handle, display_name: None };
    let known = passkeys.all().iter().map(descriptor).collect::<Result<_, _>>()?;
    let mut options = PublicKeyCredentialCreationOptions::passkey(&party.id, entity, known);
    // Few devices have it alone. The others are what phones, security keys and Windows use.
    options.pub_key_cred_params = options.pub_key_cred_params.remove(CoseAlgorithmIdentifier::Es384);
    let challenge = one_time(SentChallenge(options.challenge.as_data()));
    let (asked, options) = options.start_ceremony().map_err(defect)?;
    begun(&options, challenge, &asked.encode().map_err(defect)?)
}

/// Begins to use a passkey, whoever's it is.
pub(super) fn begin_using(party: &RelyingParty) -> Result<Begun, PasskeyError> {
    let options = DiscoverableCredentialRequestOptions::passkey(&party.id);
    let challenge = one_time(SentChallenge(options.0.challenge.as_data()));
    let (asked, options) = options.start_ceremony().map_err(defect)?;
    begun(&options, challenge, &asked.encode().map_err(defect)?)
}

/// The answer of a device that made a passkey.
pub(super) struct Made(Registration);

impl Made {
    pub(super) fn read(json: &str) -> Result<Self, PasskeyError> {
        Registration::from_json_relaxed(json.as_bytes()).map(Self).map_err(unreadable)
    }

    /// The token of the challenge that it answers.
    pub(super) fn challenge(&self) -> Result<OneTimeText, PasskeyError> {
        self.0.challenge_relaxed().map(one_time).map_err(unreadable)
    }

    /// The new credential, if the answer is accepted.
    pub(super) fn verify(&self, party: &RelyingParty, asked: &str) -> Result<NewCredential, PasskeyError> {
        let asked = RegistrationServerState::<USER_HANDLE_LENGTH>::decode(&bytes(asked)?).map_err(defect)?;
        let options = RegistrationVerificationOptions::<'_, '_, &str, &str> {
            allowed_origins: &[party.origin.as_str()],
            // Some browsers send more than was asked for.
            error_on_unsolicited_extensions: false,
            ..RegistrationVerificationOptions::default()
        };
        let made = asked.verify(&party.id, &self.0, &options);
        let made = made.map_err(|error| Refusal::NotAccepted(error.to_string()))?;
        let Ok(public_key) = made.static_state().encode();
        let Ok(transports) = made.transports().encode();
        Ok(NewCredential {
            credential: credential(made.id().as_ref()),
            public_key: URL_SAFE_NO_PAD.encode(public_key),
            transports,
            state: state(made.dynamic_state()),
        })
    }
}

/// The answer of a device that used a passkey.
pub(super) struct Used(DiscoverableAuthentication<USER_HANDLE_LENGTH>);

impl Used {
    pub(super) fn read(json: &str) -> Result<Self, PasskeyError> {
        DiscoverableAuthentication::from_json_relaxed(json.as_bytes()).map(Self).map_err(unreadable)
    }

    /// The token of the challenge that it answers.
    pub(super) fn challenge(&self) -> Result<OneTimeText, PasskeyError> {
        self.0.challenge_relaxed().map(one_time).map_err(unreadable)
    }

    /// The account that the device names.
    pub(super) fn user(&self) -> UserId {
        let mut handle = [0; USER_HANDLE_LENGTH];
        handle.copy_from_slice(self.0.response().user_handle().as_ref());
        user_of(handle)
    }

    /// The credential that the device names.
    pub(super) fn credential(&self) -> CredentialId {
        credential(self.0.raw_id().as_ref())
    }

    /// What the device reports, if the answer is accepted as one of this account's passkey.
    pub(super) fn verify(
        &self,
        party: &RelyingParty,
        asked: &str,
        user: &UserId,
        passkey: &Passkey,
    ) -> Result<PasskeyState, PasskeyError> {
        let asked = DiscoverableAuthenticationServerState::decode(&bytes(asked)?).map_err(defect)?;
        let Ok(handle) = Handle::decode(user_handle(user));
        let id = bytes(passkey.credential.as_str())?;
        let id = Id::decode(id.as_slice()).map_err(defect)?;
        let public_key = PublicKey::decode(&bytes(&passkey.public_key)?).map_err(defect)?;
        let mut known =
            AuthenticatedCredential::new(id, &handle, public_key, reported(passkey.state)).map_err(defect)?;
        let options = AuthenticationVerificationOptions::<'_, '_, &str, &str> {
            allowed_origins: &[party.origin.as_str()],
            error_on_unsolicited_extensions: false,
            ..AuthenticationVerificationOptions::default()
        };
        asked.verify(&party.id, &self.0, &mut known, &options).map_err(|error| refusal(&error))?;
        Ok(state(known.dynamic_state()))
    }
}

/// The library verifies the signature before everything that these reasons are about, except those of the first group.
fn refusal(error: &AuthCeremonyErr) -> Refusal {
    match error {
        AuthCeremonyErr::Timeout
        | AuthCeremonyErr::CollectedClientData(_)
        | AuthCeremonyErr::CollectedClientDataRelaxed(_)
        | AuthCeremonyErr::AuthenticatorData(_)
        | AuthCeremonyErr::PubKey(_)
        | AuthCeremonyErr::AssertionSignature
        | AuthCeremonyErr::UserHandleMismatch
        | AuthCeremonyErr::CredentialIdMismatch => Refusal::NotProved(error.to_string()),
        AuthCeremonyErr::SignatureCounter => Refusal::OldCounter,
        _ => Refusal::NotAccepted(error.to_string()),
    }
}

fn begun(options: &impl Serialize, challenge: OneTimeText, asked: &[u8]) -> Result<Begun, PasskeyError> {
    let options = Options(serde_json::to_value(options).map_err(defect)?);
    Ok(Begun { options, challenge, asked: URL_SAFE_NO_PAD.encode(asked) })
}

/// A passkey that the account has, as browsers are told of it.
fn descriptor(passkey: &Passkey) -> Result<PublicKeyCredentialDescriptor<Vec<u8>>, PasskeyError> {
    Ok(PublicKeyCredentialDescriptor {
        id: Id::decode(bytes(passkey.credential.as_str())?).map_err(defect)?,
        transports: AuthTransports::decode(passkey.transports).map_err(defect)?,
    })
}

fn one_time(SentChallenge(challenge): SentChallenge) -> OneTimeText {
    OneTimeText::of_challenge(challenge.to_le_bytes())
}

fn credential(id: &[u8]) -> CredentialId {
    CredentialId::new(URL_SAFE_NO_PAD.encode(id))
}

fn state(state: DynamicState) -> PasskeyState {
    let backup = match state.backup {
        Flags::NotEligible => Backup::Never,
        Flags::Eligible => Backup::Possible,
        Flags::Exists => Backup::Synced,
    };
    PasskeyState { sign_count: state.sign_count, backup }
}

/// The other way round. Every passkey was registered with a check of its person.
const fn reported(PasskeyState { sign_count, backup }: PasskeyState) -> DynamicState {
    let backup = match backup {
        Backup::Never => Flags::NotEligible,
        Backup::Possible => Flags::Eligible,
        Backup::Synced => Flags::Exists,
    };
    DynamicState { user_verified: true, backup, sign_count, authenticator_attachment: AuthenticatorAttachment::None }
}

/// The bytes of a stored text.
fn bytes(base64url: &str) -> Result<Vec<u8>, PasskeyError> {
    URL_SAFE_NO_PAD.decode(base64url).map_err(defect)
}

#[expect(clippy::needless_pass_by_value, reason = "it is the argument of map_err")]
fn unreadable(error: impl ToString) -> PasskeyError {
    PasskeyError::Unreadable(error.to_string())
}

#[expect(clippy::needless_pass_by_value, reason = "it is the argument of map_err")]
fn defect(error: impl ToString) -> PasskeyError {
    PasskeyError::Defect(error.to_string())
}
