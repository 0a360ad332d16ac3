### Maandishi ya sera na ya bei.

refund_when =
    .no_number = Hakuna namba iliyoweza kununuliwa kwa bei iliyowekwa akiba.
    .no_code = Hakuna ujumbe uliofika kabla ya mwisho wa muda wa oda.
    .cancelled = Ulighairi kabla ya ujumbe kufika.
    .number_reported = Uliripoti kwamba namba haifanyi kazi, kabla ya ujumbe kufika.
    .supplier_closed = Msambazaji alichukua namba kabla ya ujumbe kufika.
    .supplier_unreachable = Msambazaji hakupatikana kwa dakika 30 baada ya mwisho wa muda.

refund_amount = 100 % ya bei, mara moja, kwenye salio lako

ignored_when =
    .older_than_order = Ujumbe ni wa kabla ya oda, kutokana na matumizi ya awali ya namba.
    .operator_greeting = Ujumbe hauna msimbo, na bila shaka ni salamu ambayo mtandao hutuma kwa namba mpya.
    .empty = Ujumbe hauna maandishi wala msimbo.

quote_valid = Wakati wa ombi. Tuma bei hii kama max_price unaponunua, na hutalipa zaidi kamwe.
