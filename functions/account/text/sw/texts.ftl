### Ukurasa unaositisha vikumbusho kwa barua pepe.

title = Sitisha barua pepe hizi
question = Je, hutaki tena vikumbusho vya aina hii kwa barua pepe?
button = Sitisha
done = Hutapokea tena vikumbusho vya aina hii kwa barua pepe. Unaweza kuviwasha tena katika akaunti yako.
