### Matatizo ya sehemu zote za API. Kiingereza pekee kina `advice`, kwa ajili ya mwongozo wa API.

bad_request = Ombi halieleweki
    .unexpected = /api/docs inaeleza ombi hili linaweza kuwa na nini.
    .unreadable = Ombi halisomeki: njia yake au herufi maalumu haziko sahihi.
    .too_long = Anwani na vigezo vyake ni virefu mno.
    .not_base64 = Mwili wa ombi si base64 sahihi.
    .query_unreadable = Vigezo vya anwani havisomeki.
    .parameter_repeated = Kigezo kimoja cha anwani kimetolewa mara mbili.
    .key_malformed = Tuma kichwa kimoja tu cha Idempotency-Key, chenye herufi 1 hadi 128 za ASCII
        zinazoonekana, bila koma.
    .not_an_object = Mwili wa ombi lazima uwe kitu cha JSON bila sehemu zinazojirudia (mstari { $line }, safu
        { $column }).
    .invalid_json = Mwili wa ombi si JSON sahihi (mstari { $line }, safu { $column }).

idempotency_key_required = Kichwa cha Idempotency-Key kinahitajika
    .detail = Tuma maandishi mapya ya kipekee (kama UUID) kwa kila operesheni, na yale yale unapoirudia.

unauthenticated = Ufunguo sahihi wa API au tokeni ya ufikiaji inahitajika
    .missing = Tuma ufunguo wako kama X-API-Key au kama tokeni ya Bearer, au ingia na utume tokeni ya ufikiaji.
    .malformed = Hii si ufunguo wa muundo nsk_live_… wala tokeni ya ufikiaji.
    .two_keys = Ombi lina funguo au tokeni mbili tofauti. Tuma moja.
    .unknown = Ufunguo au tokeni haijulikani, imebatilishwa au imeandikwa vibaya.
    .expired = Muda wa ufunguo umeisha au umefutwa. Tengeneza mpya katika mipangilio ya akaunti.
    .session_ended = Kipindi kimeisha. Ingia tena.

token_expired = Muda wa tokeni ya ufikiaji umeisha
    .detail = Tuma tokeni ya kuhuisha kwa POST /api/v1/auth/refresh, kisha rudia ombi kwa tokeni mpya ya
        ufikiaji.

insufficient_funds = Salio halitoshi
    .detail = Ongeza angalau ₵{ $missing }, au chagua ofa ya bei nafuu zaidi.

money_owed = Pochi yako ina deni
    .detail = Moja ya malipo yako lilipingwa, na ₵{ $owed } yake hazikuwa kwenye pochi. Ongeza angalau kiasi hicho:
        pesa unazoongeza hulipa deni kwanza.

origin_required = Anwani hii si ya wateja
    .detail = Tuma ombi kwa anwani ya umma ya API. Hii hujibu mtandao wetu wa usambazaji pekee.

missing_scope = Ufunguo wa API hauna ruhusa inayohitajika
    .detail = Ufunguo huu hauna ruhusa { $required_scope }. Tumia ufunguo wenye ruhusa hiyo.

sign_in_again = Unahitaji kuingia upya
    .detail = Ingia tena, kisha urudie hili kwa kipindi kipya ndani ya dakika kumi.

network_not_allowed = Mtandao huu hauruhusiwi
    .detail = Maombi kutoka anwani { $address } hayaruhusiwi hapa. Tumia mtandao unaoruhusiwa, au uruhusu huu katika
        mipangilio ya ufunguo.

account_disabled = Akaunti haiwezi kutumika
    .detail = Akaunti imefungwa au imezuiwa. Wasiliana na huduma kwa wateja na uwape request_id.

live_only = Ufunguo wa majaribio hausogezi pesa halisi
    .detail = Malipo, vocha na mipango huhusu pesa halisi, na ufunguo wa majaribio hauna. Tumia ufunguo halisi au
        kipindi.

not_found = Haikupatikana
    .detail = Hakiki anwani na kitambulisho. Vitu vya akaunti nyingine havionyeshwi.

method_not_allowed = Njia hii hairuhusiwi hapa
    .detail = Tumia mojawapo ya njia zilizo katika kichwa cha Allow; /api/docs inazieleza.

in_progress = Ombi la awali bado linaendelea
    .detail = Ombi la awali bado halijakamilika. Subiri muda ulioonyeshwa na Retry-After, kisha tuma hili tena.

wrong_status = Hali ya sasa hairuhusu jambo hili
    .detail = Hili haliwezekani katika hali ya { $current_status }. Soma kitu chenyewe uone kinachowezekana sasa.

busy = Ombi lingine linabadilisha data hii
    .detail = Maombi mengine yanabadilisha data hiyo hiyo. Subiri muda ulioonyeshwa na Retry-After, kisha tuma
        hili tena.

price_above_max = Bei imezidi max_price
    .detail = Bei ya sasa ni ₵{ $price }, juu ya max_price ya ₵{ $max_price }. Ongeza max_price, au chagua
        mtandao au nchi nyingine.

no_offer = Hii haiuzwi kwa sasa
    .not_listed = Hakuna msambazaji anayeuza hii. GET /api/v1/services/{"{"}service_name{"}"}/offers inaorodhesha
        vinavyouzwa.
    .not_priced = Bei yake haijulikani kwa sasa. Jaribu mtandao au nchi nyingine.

no_numbers = Hakuna namba kwa sasa
    .out_of_stock = Hakuna namba kwa sasa. Jaribu mtandao au nchi nyingine, au jaribu tena baadaye.
    .sold_out = Hakuna namba kwa sasa. Hukutozwa chochote. Jaribu mtandao au nchi nyingine, au jaribu tena
        baadaye.
    .price_rose = Bei ya msambazaji imezidi yako. Hukutozwa chochote. Omba bei mpya.

service_blocked = Huduma hii haiuzwi
    .detail = Misimbo ya benki, malipo, masoko ya fedha, serikali na huduma za afya haiuzwi, na huduma mpya
        huuzwa baada tu ya sisi kuikagua.

sales_paused = Hii haiuzwi kwa sasa
    .detail = Mauzo yamesitishwa. Hukutozwa chochote. Chagua huduma au nchi nyingine, au jaribu tena baadaye.

body_too_large = Mwili wa ombi ni mkubwa mno
    .detail = Tuma kB 256 au chini ya hapo.

not_json = Mwili wa ombi lazima uwe JSON
    .detail = Tuma kitu cha JSON chenye Content-Type: application/json.

validation_failed = Ombi lina sehemu zisizo sahihi
    .detail = Rekebisha sehemu zilizoorodheshwa katika `errors` kisha utume ombi tena.

idempotency_key_reused = Idempotency-Key ilitumika kwa ombi lingine
    .detail = Tumia ufunguo mpya kwa ombi lingine, au tuma ombi la kwanza tena bila kulibadilisha.

too_many_attempts = Kumekuwa na majaribio mengi mno
    .detail = Subiri hadi { $until }, kisha jaribu tena.

rate_limited = Maombi ni mengi mno
    .quota = Kikomo cha { $policy } ni { $limit } kwa dakika. Subiri muda ulioonyeshwa na Retry-After. Maombi
        yaliyokataliwa huhesabiwa pia.
    .flood = Maombi ni mengi mno kwa wakati mmoja. Subiri muda ulioonyeshwa na Retry-After.

internal = Kuna hitilafu upande wetu
    .detail = Jaribu tena. Ikishindikana tena, tuma request_id kwa huduma kwa wateja.

unavailable = Huduma haiwezi kujibu kwa sasa
    .detail = Jaribu tena baada ya muda mfupi, kwa Idempotency-Key ile ile.
