### Barua, kwa Kiswahili.

page =
    .plain_link = Kitufe kisipofanya kazi, fungua anwani hii:
    .account = Umepokea barua pepe hii kwa sababu anwani hii ni ya akaunti ya { $product }.
    .address = Umepokea barua pepe hii kwa sababu anwani hii iliandikwa kwenye { $product }.
    .former = Umepokea barua pepe hii kwa sababu anwani hii ilikuwa ya akaunti ya { $product }.
    .unsubscribe = Acha kupokea vikumbusho kama hiki

fact =
    .at = Wakati
    .device = Kifaa
    .network = Mtandao
    .passkey = Ufunguo wa siri
    .key = Ufunguo
    .last_four = Unaishia na
    .new_email = Anwani mpya
    .coins_to = Zinakwenda
    .spent = Matumizi
    .budget = Bajeti
    .month_ends = Mwisho wa mwezi
    .available = Salio
    .phone = Namba
    .ends_at = Mwisho
    .subject = Mada
    .reference = Risiti
    .number = Hati
    .amount = Kiasi
    .plan = Mpango

link =
    .hours = Kiungo kinafanya kazi kwa { $hours ->
        [one] saa moja
       *[other] saa { $hours }
    }.
    .minutes = Kiungo kinafanya kazi kwa { $minutes ->
        [one] dakika moja
       *[other] dakika { $minutes }
    }.

verify_email =
    .subject = Thibitisha anwani yako ya barua pepe
    .lead = Karibu { $product }
    .body = Tafadhali thibitisha kwamba anwani hii ni yako. Baada ya hapo, akaunti yako itakuwa tayari.

        { link.hours }
    .button = Thibitisha anwani hii
    .note = Hukujisajili? Puuza barua pepe hii. Hakuna kitakachotokea kiungo kisipofunguliwa.

already_registered =
    .subject = Tayari una akaunti
    .lead = Tayari una akaunti ya { $product }
    .body = Mtu fulani, huenda ni wewe, alijaribu kujisajili kwa anwani hii. Unahitaji kuingia tu.
    .button = Ingia
    .second = Umesahau nenosiri? Chagua jipya
    .note = Hukuwa wewe? Hakuna kilichobadilika kwenye akaunti yako, na huhitaji kufanya chochote.

reset_password =
    .subject = Chagua nenosiri jipya
    .lead = Chagua nenosiri jipya
    .body = Mtu fulani, huenda ni wewe, aliomba nenosiri jipya la akaunti yako ya { $product }.

        { link.minutes }
    .button = Chagua nenosiri jipya
    .note = Hukuwa wewe? Puuza barua pepe hii, na nenosiri lako litabaki lilivyo.

password_changed =
    .subject = Nenosiri lako limebadilishwa
    .lead = Nenosiri lako limebadilishwa
    .body = Kuanzia sasa, ingia kwa nenosiri jipya. Funguo zako za kuingilia, kiungo chako na Google na funguo zako za
        API zimebaki zilivyokuwa. Zikague kwenye mipangilio.
    .note = Hukuwa wewe? Chagua nenosiri jipya mara moja, kisha ujibu barua pepe hii.

new_sign_in =
    .subject = Kuna aliyeingia upya kwenye akaunti yako
    .lead = Kuna aliyeingia upya kwenye akaunti yako
    .body = Kama ni wewe, huhitaji kufanya chochote.
    .note = Hukuwa wewe? Badilisha nenosiri lako mara moja, kisha ujibu barua pepe hii.

two_factor_on =
    .subject = Kuingia kwa hatua mbili kumewashwa
    .lead = Kuingia kwa hatua mbili kumewashwa
    .body = Kuanzia sasa, kuingia kunahitaji nenosiri lako na hatua ya pili. Hivyo akaunti yako iko salama zaidi.
    .note = Hukuwa wewe? Badilisha nenosiri lako mara moja, kisha ujibu barua pepe hii.

two_factor_off =
    .subject = Kuingia kwa hatua mbili kumezimwa
    .lead = Kuingia kwa hatua mbili kumezimwa
    .body = Akaunti yako hailindwi tena na hatua ya pili. Unaweza kuiwasha tena kwenye mipangilio.
    .note = Hukuwa wewe? Badilisha nenosiri lako mara moja, kisha ujibu barua pepe hii.

google_linked =
    .subject = Sasa unaweza kuingia kwa Google
    .lead = Sasa unaweza kuingia kwa Google
    .body = Akaunti yako imeunganishwa na akaunti ya Google, ambayo kuanzia sasa inaweza kuingia humo.
    .note = Hukuwa wewe? Ondoa muunganisho kwenye mipangilio, badilisha nenosiri lako mara moja, kisha ujibu barua pepe
        hii.

google_unlinked =
    .subject = Kuingia kwa Google kumezimwa
    .lead = Kuingia kwa Google kumezimwa
    .body = Akaunti yako haijaunganishwa tena na akaunti ya Google. Kuanzia sasa, ingia kwa nenosiri lako.

passkey_added =
    .subject = Ufunguo wa siri umeongezwa
    .lead = Ufunguo wa siri umeongezwa
    .body = Unaingia kwenye akaunti yako bila nenosiri wala msimbo.
    .note = Hukuwa wewe? Ondoa ufunguo huo kwenye mipangilio, badilisha nenosiri lako, kisha ujibu barua pepe hii.

passkey_removed =
    .subject = Ufunguo wa siri umeondolewa
    .lead = Ufunguo wa siri umeondolewa
    .body = Hauwezi tena kuingia kwenye akaunti yako.
    .note = Hukuwa wewe? Badilisha nenosiri lako mara moja, kisha ujibu barua pepe hii.

key_made =
    .subject = Ufunguo mpya wa API umeundwa
    .lead = Ufunguo mpya wa API umeundwa
    .body = Programu zinaweza kuutumia kutenda kwa niaba ya akaunti yako, kwa hiyo uweke siri.
    .note = Hukuwa wewe? Futa ufunguo kwenye mipangilio, badilisha nenosiri lako, kisha ujibu barua pepe hii.

key_stopped =
    .subject = Ufunguo wako wa API umesimamishwa
    .lead = Ufunguo wako wa API umesimamishwa
    .body = Oda nyingi mfululizo ziliisha bila ujumbe, kama ulivyoweka. Hautanunua chochote hadi utakapouanzisha tena.
    .note = Angalia kwanza oda zake za mwisho: huduma au nchi nyingine inaweza kufanya kazi vizuri zaidi. Unauanzisha ufunguo
        kwenye mipangilio.

confirm_new_email =
    .subject = Thibitisha anwani yako mpya ya barua pepe
    .lead = Thibitisha anwani yako mpya ya barua pepe
    .body = Tafadhali thibitisha kwamba akaunti yako ya { $product } itumie anwani hii kuanzia sasa.

        { link.hours }
    .button = Thibitisha anwani hii
    .note = Hukuomba hivi? Puuza barua pepe hii. Hakuna kitakachobadilika kiungo kisipofunguliwa.

confirm_email_change =
    .subject = Thibitisha mabadiliko ya anwani yako ya barua pepe
    .lead = Je, unataka kubadilisha anwani yako ya barua pepe?
    .body = Akaunti yako ya { $product } iko karibu kuhamia kwenye anwani iliyo hapa chini. Tafadhali thibitisha
        kutoka kwenye sanduku hili la barua, ili mtu mwingine asiweze kuihamisha.

        { link.hours }
    .button = Thibitisha mabadiliko
    .note = Hukuwa wewe? Usifungue kiungo. Badilisha nenosiri lako mara moja, kisha ujibu barua pepe hii.

confirm_refund_address =
    .subject = Thibitisha sarafu zako ziende wapi
    .lead = Je, unataka sarafu zako zirudi kwenye anwani hii?
    .body = Linganisha anwani iliyo hapa chini na ile iliyo kwenye pochi yako, herufi kwa herufi. Sarafu zinazotumwa
        kwenye anwani isiyo sahihi hupotea. Baada ya kuthibitisha, mtu hukagua marejesho kabla hayajatumwa.

        { link.hours }
    .button = Thibitisha anwani hii
    .note = Si wewe? Usifungue kiungo. Badilisha nenosiri lako na funguo zako za API mara moja, na ujibu barua hii.

email_changed =
    .subject = Anwani yako ya barua pepe imebadilishwa
    .lead = Anwani yako ya barua pepe imebadilishwa
    .body = Kuanzia sasa, utaingia kwa anwani mpya, na tutakuandikia huko.
    .note = Hukuwa wewe? Jibu barua pepe hii mara moja.

export_ready =
    .subject = Data yako iko tayari
    .lead = Data yako iko tayari kupakuliwa
    .body = Uliomba nakala ya data yako. Itunze mahali salama, kwa sababu ni ya binafsi.

        { link.hours }
    .button = Pakua
    .note = Hukuomba? Badilisha nenosiri lako mara moja, kisha ujibu barua pepe hii.

entries_ready =
    .subject = Miamala ya pochi yako iko tayari
    .lead = Miamala ya pochi yako iko tayari kupakuliwa
    .body = Uliomba nakala ya miamala ya pochi yako, katika CSV na JSON.

        { link.hours }
    .button = Pakua
    .note = Hukuomba? Badilisha nenosiri lako mara moja, kisha ujibu barua pepe hii.

account_deleted =
    .subject = Akaunti yako imefutwa
    .lead = Akaunti yako ya { $product } imefutwa
    .body = Asante kwa muda wote uliokuwa nasi.
    .note = Hukuwa wewe? Jibu barua pepe hii mara moja.

renewal_failed =
    .subject = Mpango wako haukuweza kuendelezwa
    .lead = Mpango wako haukuweza kuendelezwa
    .body = Salio lako halitoshi kwa mwezi ujao. Mpango wako unaendelea kwa sasa, na tunajaribu tena kila siku
        hadi utakapoisha.
    .note = Ongeza salio ili uendelee nao. Huhitaji kusubiri jaribio lijalo: chagua mpango tena kwenye akaunti
        yako.

plan_ended =
    .subject = Mpango wako umeisha
    .lead = Mpango wako umeisha
    .body = Akaunti yako imerudi kwenye mpango wa bure. Oda zilizo wazi zinaendelea kama kawaida.
    .note = Unaweza kuchagua mpango kwenye akaunti yako wakati wowote.

budget_reached =
    .subject = { $percent } % ya bajeti yako imetumika
    .lead = { $percent } % ya bajeti yako imetumika
    .body = Hii ndiyo gharama ya oda zako za mwezi huu zaidi ya uthibitisho uliomo kwenye mpango wako. Unaweza
        kubadilisha bajeti kwenye akaunti yako.

low_balance =
    .subject = Salio lako ni dogo
    .lead = Salio lako ni dogo
    .body = Huenda hivi karibuni lisitoshe kwa namba yako ijayo. Unaweza kuongeza salio kwenye akaunti yako wakati
        wowote.

rental_ending =
    .subject = Muda wa kukodi namba yako unakaribia kwisha
    .lead = Muda wa kukodi namba yako unakaribia kwisha
    .body = Baada ya hapo, namba haitapokea tena ujumbe kwa ajili yako. Kama bado unaihitaji, ongeza muda mapema
        kwenye akaunti yako.

ticket_answered =
    .subject = Tumejibu: { $subject }
    .lead = Tumejibu swali lako
    .body = Unaweza kusoma jibu kwenye akaunti yako, na kuandika tena huko.
    .button = Soma jibu

receipt =
    .subject = Risiti yako { $reference }
    .lead = Asante kwa malipo yako
    .body = Tafadhali tunza barua pepe hii kama risiti yako.
    .note = Kuna tatizo? Jibu barua pepe hii.

invoice =
    .subject = Ankara yako { $number }
    .lead = Asante kwa malipo yako
    .body = Ankara yako iko tayari. Unaweza kuipakua kwenye akaunti yako wakati wowote.
    .button = Fungua ankara
    .note = Kuna tatizo? Jibu barua pepe hii.

credit_note =
    .subject = Hati yako ya mkopo { $number }
    .lead = Hati yako ya mkopo iko tayari
    .body = Inafuta ankara, kwa sehemu au yote. Unaweza kuipakua kwenye akaunti yako wakati wowote.
    .button = Fungua hati ya mkopo
    .note = Kuna tatizo? Jibu barua pepe hii.
