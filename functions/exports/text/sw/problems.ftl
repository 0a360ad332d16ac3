### Matatizo ya nakala za data.

export_too_soon = Nakala ya mwisho iliombwa muda mfupi mno uliopita
    .detail = Nakala inayofuata inaweza kuombwa kuanzia { $from }. Hadi wakati huo, tumia kiungo kilicho kwenye
        barua pepe yetu ya mwisho.

export_not_available = Nakala ya data haipatikani
    .detail = Kiungo ni cha zamani mno, hakijakamilika, au ni cha akaunti nyingine. Omba nakala mpya.
