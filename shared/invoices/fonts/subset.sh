#!/bin/sh
# Makes the fonts of this folder again: `sh subset.sh`, with Node.js and Python. README.md says what they hold.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm install --silent --no-save --ignore-scripts @expo-google-fonts/noto-sans@0.4.2 \
	@expo-google-fonts/vazirmatn@0.4.1 @expo-google-fonts/noto-sans-devanagari@0.4.1
python3 -m venv venv
venv/bin/pip install --quiet fonttools==4.68.0

# Latin with the letters of African languages, Greek, Cyrillic, Vietnamese, punctuation, and signs of currencies.
latin=0020-007E,00A0-00AC,00AE-024F,0251,0253,0254,0256,0257,0259,025B,0260,0263,0268,0269,0272,0283,0289,028A,028B
latin=$latin,0292,02BB,02BC,0300-0304,0306-030C,0323,0327,0328,0331,0384-03CE,0400-045F,0490-0493,049A,049B,04A2,04A3
latin=$latin,04AE-04B3,04D8,04D9,04E8,04E9,1E00-1EFF,2010-2015,2018-201E,2020-2022,2026,202F,2030,2032,2033,2039,203A
latin=$latin,20A6,20AC,20B5,20B9,20BF,2116,2122,2212
# Arabic with the letters of Persian and Urdu.
arabic=0020,00A0,060C,061B,061F,0621-0655,0660-066D,0670-06D3,06D5,06F0-06FF,200C,200D,25CC
devanagari=0020,00A0,0900-097F,200C,200D,20B9,25CC

subset() { # package, family, characters, features
	for weight in 400Regular 600SemiBold; do
		venv/bin/pyftsubset "node_modules/@expo-google-fonts/$1/$weight/$2_$weight.ttf" --unicodes="$3" \
			--layout-features="$4" --no-hinting --drop-tables+=STAT,gasp,prep --name-IDs=0,1,2,3,4,5,6,13,14 \
			--notdef-outline --output-file="$here/$2-${weight#?00}.ttf"
	done
}

subset noto-sans NotoSans "$latin" ccmp,locl,kern,mark,mkmk
subset vazirmatn Vazirmatn "$arabic" ccmp,locl,init,medi,fina,rlig,liga,kern,mark,mkmk
subset noto-sans-devanagari NotoSansDevanagari "$devanagari" \
	locl,nukt,akhn,rphf,rkrf,blwf,half,cjct,pres,abvs,blws,psts,dist,mark,abvm,blwm
# The three families have the same licence, each with its own line of copyright.
cd node_modules/@expo-google-fonts
{
	head -n 1 -q noto-sans/LICENSE_FONT vazirmatn/LICENSE_FONT noto-sans-devanagari/LICENSE_FONT
	tail -n +2 noto-sans/LICENSE_FONT
} >"$here/OFL.txt"
