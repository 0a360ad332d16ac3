### Matatizo ya pochi.

too_many_orders = Kipindi kina uthibitishaji mwingi mno
    .detail = Ripoti ina uthibitishaji usiozidi { $most }, na kipindi hiki kina zaidi. Chagua kipindi kifupi zaidi.
