### Matatizo ya kuingia kwenye akaunti.

invalid_credentials = Anwani au nenosiri si sahihi
    .detail = Hakuna akaunti yenye anwani na nenosiri hili. Rekebisha, au omba kiungo cha kuweka nenosiri jipya.

wrong_password = Nenosiri si sahihi
    .detail = Hili si nenosiri lako la sasa.

email_not_verified = Anwani ya barua pepe bado haijathibitishwa
    .detail = Fungua kiungo kilicho kwenye barua pepe yetu, au kiombe tena.

second_factor_required = Msimbo unahitajika
    .detail = Akaunti inatumia kuingia kwa hatua mbili. Tuma challenge na msimbo kwa POST /api/v1/auth/second-factor
        kabla ya { $until }.

wrong_code = Msimbo si sahihi
    .detail = Msimbo huu si sahihi, au umeshatumika. Subiri unaofuata.

challenge_over = challenge si sahihi
    .detail = challenge imeshatumika, ni ya zamani mno, au haijakamilika. Ingia tena.

only_sign_in = Hii ndiyo njia pekee ya kuingia
    .detail = Akaunti yako haina nenosiri. Weka nenosiri kwanza, la sivyo hutaweza kuingia tena.

staff_need_second_factor = Wafanyakazi wanahitaji kuingia kwa hatua mbili
    .detail = Wewe ni mfanyakazi, kwa hiyo kuingia kwa hatua mbili kunabaki kuwashwa.

code_required = Msimbo unahitajika
    .detail = Akaunti inatumia kuingia kwa hatua mbili. Tuma msimbo pamoja na nenosiri.

passkey_challenge_over = challenge ya ufunguo wa siri imeisha
    .detail = challenge imeshatumika, ni ya zamani mno, au ni ya mtu mwingine. Anza tena.

passkey_refused = Ufunguo wa siri haukubaliwi
    .detail = Ufunguo wa siri haujulikani, au haukutumiwa inavyotakiwa. Ingia kwa njia nyingine.

passkey_taken = Ufunguo wa siri tayari ni wa akaunti
    .detail = Tayari kuna akaunti yenye ufunguo huu wa siri. Tumia mwingine.

too_many_passkeys = Akaunti haina nafasi ya ufunguo mwingine wa siri
    .detail = Akaunti ina funguo za siri { $most } zisizozidi. Ondoa mmoja kwanza.

second_factor_on = Kuingia kwa hatua mbili kumewashwa
    .detail = Kuingia kwa hatua mbili tayari kumewashwa. Ili kutumia programu nyingine, kuzime kwanza.

second_factor_off = Kuingia kwa hatua mbili kumezimwa
    .detail = Kuingia kwa hatua mbili kumezimwa.

no_second_factor_proposed = Hakuna siri inayosubiri msimbo wake wa kwanza
    .detail = Omba siri kwanza, kisha uithibitishe ndani ya dakika 15.

proof_of_work_required = Uthibitisho wa kazi unahitajika
    .detail = Tuma uthibitisho mpya wa kazi wa biti { $bits } kwa kusudi { $purpose } katika kichwa Proof-Of-Work.

google_not_configured = Kuingia kwa Google hakupatikani
    .detail = Kuingia kwa Google hakupatikani hapa. Ingia kwa anwani na nenosiri.

google_sign_in_over = Kuingia huku kwa Google si sahihi
    .detail = Kuingia huku kulishakamilika, kumechukua muda mrefu mno, au kulianzishwa kwingine. Anza tena.

google_refused = Google haijathibitisha wewe ni nani
    .code = Google haikubali msimbo: umeshatumika, ni wa zamani mno, au ni wa kuingia kwingine. Anza tena.
    .token = Kilichotumwa na Google si sahihi kwa kuingia huku. Anza tena.
    .unverified = Google haijathibitisha anwani yako ya barua pepe. Ithibitishe kwenye Google, au jisajili kwa nenosiri.
    .not_vouched = Google haiwezi kusema anwani hii ni ya nani leo. Jisajili kwa nenosiri, kisha uunganishe Google kwenye akaunti.

link_account = Anwani hii ina akaunti
    .detail = Anwani yako ya Google ina akaunti hapa, ambayo haijaunganishwa na Google. Ingia kwa nenosiri lako, kisha
        iunganishe kwenye akaunti. Kama huna nenosiri, omba kiungo cha kuliweka.

google_linked = Akaunti imeunganishwa na Google
    .detail = Akaunti tayari imeunganishwa na akaunti ya Google. Ili kutumia nyingine, ondoa kwanza muunganisho huo.

google_taken = Akaunti hii ya Google inatumika
    .detail = Akaunti hii ya Google imeunganishwa na akaunti nyingine. Chagua nyingine, au ondoa kwanza muunganisho huo.

google_not_linked = Akaunti haijaunganishwa na Google
    .detail = Akaunti haijaunganishwa na akaunti yoyote ya Google.

link_not_valid = Kiungo si sahihi
    .detail = Kiungo kimeshatumika, ni cha zamani mno, au hakijakamilika. Omba kipya.

already_verified = Anwani hii ina akaunti
    .detail = Anwani imeshathibitishwa. Ingia.

email_taken = Anwani mpya ina akaunti
    .detail = Wakati huo akaunti ilifunguliwa kwa anwani mpya, hivyo yako inabaki na anwani yake.

open_orders = Kuna oda zilizo wazi
    .detail = Oda zilizo wazi: { $open_orders }. Zighairi au subiri ziishe, kisha rudia ombi.

balance_left = Kuna pesa kwenye salio
    .detail = Salio ni ₵{ $available }. Litumie, au rudia ombi pamoja na waive_balance ili kuliacha.

session_ended = Kipindi kimeisha
    .over = Kipindi kimeisha. Ingia tena.
    .reused = Tokeni ya zamani ya kuhuisha imetumika tena, hivyo huenda mtu ana nakala yake. Kipindi kimefungwa.
        Ingia tena.
    .missing = Tuma tokeni ya kuhuisha ya kipindi, katika mwili wa ombi au katika kidakuzi chake.

csrf_header_required = Kichwa cha X-CSRF-Protection kinahitajika
    .detail = Tokeni ya kuhuisha iko kwenye kidakuzi, au itawekwa humo. Tuma pia kichwa cha X-CSRF-Protection chenye
        thamani 1.
