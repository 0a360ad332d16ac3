### Matatizo ya kuingia kwenye akaunti.

invalid_credentials = Anwani au nenosiri si sahihi
    .detail = Hakuna akaunti yenye anwani na nenosiri hili. Rekebisha, au omba kiungo cha kuweka nenosiri jipya.

wrong_password = Nenosiri si sahihi
    .detail = Hili si nenosiri lako la sasa.

email_not_verified = Anwani ya barua pepe bado haijathibitishwa
    .detail = Fungua kiungo kilicho kwenye barua pepe yetu, au kiombe tena.

too_many_attempts = Kumekuwa na majaribio mengi mno
    .detail = Subiri hadi { $until }, kisha jaribu tena.

link_not_valid = Kiungo si sahihi
    .detail = Kiungo kimeshatumika, ni cha zamani mno, au hakijakamilika. Omba kipya.

already_verified = Anwani hii ina akaunti
    .detail = Anwani imeshathibitishwa. Ingia.

session_ended = Kipindi kimeisha
    .over = Kipindi kimeisha. Ingia tena.
    .reused = Tokeni ya zamani ya kuhuisha imetumika tena, hivyo huenda mtu ana nakala yake. Kipindi kimefungwa.
        Ingia tena.
    .missing = Tuma tokeni ya kuhuisha ya kipindi, katika mwili wa ombi au katika kidakuzi chake.

csrf_header_required = Kichwa cha X-CSRF-Protection kinahitajika
    .detail = Tokeni ya kuhuisha imekuja kwenye kidakuzi. Tuma pia kichwa cha X-CSRF-Protection chenye thamani 1.
