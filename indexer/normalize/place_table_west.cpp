// Written by hand. Cities are there where news says them and means the country.
#include <array>

#include "indexer/normalize/place_table.h"

namespace broadsheet::indexer {
namespace {

constexpr std::array kPlaces = {
    // North America and the Caribbean
    Place{"U.S.",
          "united states of america|united states|u.s.|u.s.a.|=US|=USA|america|american|americans|"
          "washington, d.c.|washington d.c.|washington dc|washington|white house|pentagon|"
          "capitol hill|?congress|?senate"},
    Place{"Canada", "canada|canadian|canadians|ottawa|toronto|quebec|montreal"},
    Place{"Mexico", "mexico city|mexico|mexican|mexicans"},
    Place{"Greenland", "greenland|greenlanders"},
    Place{"Guatemala", "guatemala city|guatemala|guatemalan|guatemalans"},
    Place{"Belize", "belize|belizean"},
    Place{"Honduras", "honduras|honduran|hondurans|tegucigalpa"},
    Place{"El Salvador", "el salvador|salvadoran|salvadorans|san salvador"},
    Place{"Nicaragua", "nicaragua|nicaraguan|nicaraguans|managua"},
    Place{"Costa Rica", "costa rica|costa rican|costa ricans"},
    Place{"Panama", "panama city|panama|panamanian|panamanians"},
    Place{"Cuba", "cuba|cuban|cubans|havana|guantanamo bay|guantanamo"},
    Place{"Haiti", "haiti|haitian|haitians|port-au-prince"},
    Place{"Dominican Republic", "dominican republic|santo domingo"},
    Place{"Dominica", "dominica"},
    Place{"Jamaica", "jamaica|jamaican|jamaicans"},
    Place{"Bahamas", "bahamas|the bahamas|bahamian|bahamians|nassau"},
    Place{"Barbados", "barbados|barbadian|barbadians"},
    Place{"Trinidad", "trinidad and tobago|trinidad|trinidadian"},
    Place{"Grenada", "grenada|grenadian"},
    Place{"St. Lucia", "st. lucia|saint lucia"},
    Place{"Puerto Rico", "puerto rico|puerto rican|puerto ricans"},
    Place{"Bermuda", "bermuda|bermudian"},
    Place{"Cayman Islands", "cayman islands"},
    // South America
    Place{"Brazil", "brazil|brazilian|brazilians|brasilia|rio de janeiro|sao paulo|s\u00E3o paulo"},
    Place{"Argentina", "argentina|argentine|argentines|argentinian|buenos aires"},
    Place{"Chile", "chile|chilean|chileans|santiago"},
    Place{"Peru", "peru|peruvian|peruvians"},
    Place{"Colombia", "colombia|colombian|colombians|bogota|bogot\u00E1"},
    Place{"Venezuela", "venezuela|venezuelan|venezuelans|caracas"},
    Place{"Ecuador", "ecuador|ecuadorian|ecuadorean|ecuadorians|quito"},
    Place{"Bolivia", "bolivia|bolivian|bolivians|la paz"},
    Place{"Paraguay", "paraguay|paraguayan|asuncion"},
    Place{"Uruguay", "uruguay|uruguayan|uruguayans|montevideo"},
    Place{"Guyana", "guyana|guyanese"},
    Place{"Suriname", "suriname|surinamese|paramaribo"},
    Place{"Falkland Islands", "falkland islands|falklands"},
    // Western and northern Europe
    Place{"UK",
          "united kingdom|great britain|britain|british|briton|britons|u.k.|=UK|england|scotland|"
          "scottish|scots|wales|welsh|northern ireland|london|downing street|westminster|belfast|"
          "edinburgh"},
    Place{"Ireland", "republic of ireland|ireland|irish|dublin"},
    Place{"France", "france|french|frenchman|paris|elysee"},
    Place{"Germany",
          "germany|west germany|east germany|german|germans|west german|east german|"
          "berlin|bonn|frankfurt|munich|bundesbank|bundestag"},
    Place{"Netherlands", "netherlands|the netherlands|holland|dutch|the hague|amsterdam"},
    Place{"Belgium", "belgium|belgian|belgians"},
    Place{"Luxembourg", "luxembourg"},
    Place{"Switzerland", "switzerland|swiss|bern|geneva|zurich"},
    Place{"Austria", "austria|austrian|austrians|vienna"},
    Place{"Liechtenstein", "liechtenstein"},
    Place{"Monaco", "monaco"},
    Place{"Italy", "italy|italian|italians|rome|milan"},
    Place{"Vatican", "vatican|vatican city|holy see"},
    Place{"San Marino", "san marino"},
    Place{"Malta", "malta|maltese|valletta"},
    Place{"Spain", "spain|spanish|spaniard|spaniards|madrid|catalonia|catalan|barcelona"},
    Place{"Portugal", "portugal|portuguese|lisbon"},
    Place{"Andorra", "andorra|andorran"},
    Place{"Gibraltar", "gibraltar"},
    Place{"Norway", "norway|norwegian|norwegians|oslo"},
    Place{"Sweden", "sweden|swedish|swede|swedes|stockholm"},
    Place{"Denmark", "denmark|danish|dane|danes|copenhagen"},
    Place{"Finland", "finland|finnish|finn|finns|helsinki"},
    Place{"Iceland", "iceland|icelandic|icelanders|reykjavik"},
    Place{"Faroe Islands", "faroe islands|faroes"},
    Place{"EU",
          "european union|european commission|european parliament|=EU|=EC|"
          "european community|brussels"},
    // Eastern and southern Europe
    Place{"Poland", "poland|polish|poles|warsaw"},
    Place{"Czech Republic", "czech republic|czechia|czech|czechs|prague|czechoslovakia"},
    Place{"Slovakia", "slovakia|slovak|slovaks|slovakian|bratislava"},
    Place{"Hungary", "hungary|hungarian|hungarians|budapest"},
    Place{"Romania", "romania|romanian|romanians|bucharest"},
    Place{"Bulgaria", "bulgaria|bulgarian|bulgarians"},
    Place{"Moldova", "moldova|moldovan|moldovans|chisinau"},
    Place{"Ukraine", "ukraine|ukrainian|ukrainians|kiev|kyiv|crimea|crimean|donetsk"},
    Place{"Belarus", "belarus|belarusian|belarusians|minsk"},
    Place{"Russia",
          "russia|russian|russians|moscow|kremlin|russian federation|chechnya|chechen|"
          "st. petersburg"},
    Place{"Soviet Union", "soviet union|soviet|soviets|u.s.s.r.|=USSR"},
    Place{"Estonia", "estonia|estonian|estonians|tallinn"},
    Place{"Latvia", "latvia|latvian|latvians|riga"},
    Place{"Lithuania", "lithuania|lithuanian|lithuanians|vilnius"},
    Place{"Greece", "greece|greek|greeks|athens"},
    Place{"Cyprus", "cyprus|cypriot|cypriots|nicosia"},
    Place{"Albania", "albania|albanian|albanians|tirana"},
    Place{"Kosovo", "kosovo|kosovar|kosovars|pristina"},
    Place{"Serbia", "serbia|serbian|serbians|serb|serbs|belgrade"},
    Place{"Montenegro", "montenegro|montenegrin|podgorica"},
    Place{"Croatia", "croatia|croatian|croatians|croat|croats|zagreb"},
    Place{"Slovenia", "slovenia|slovenian|slovenians|slovene|ljubljana"},
    Place{"Bosnia", "bosnia and herzegovina|bosnia|bosnian|bosnians|sarajevo"},
    Place{"North Macedonia", "north macedonia|macedonia|macedonian|macedonians|skopje"},
    Place{"Yugoslavia", "yugoslavia|yugoslav|yugoslavs|yugoslavian"},
};

}  // namespace

std::span<const Place> places_of_the_west() {
  return kPlaces;
}

}  // namespace broadsheet::indexer
