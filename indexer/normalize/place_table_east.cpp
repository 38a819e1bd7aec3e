// Written by hand. Cities are there where news says them and means the country.
#include <array>

#include "indexer/normalize/place_table.h"

namespace broadsheet::indexer {
namespace {

constexpr std::array kPlaces = {
    // Middle East
    Place{"Turkey", "turkey|turkish|turk|turks|t\u00FCrkiye|turkiye|ankara|istanbul"},
    Place{"Syria", "syria|syrian|syrians|damascus|aleppo|idlib"},
    Place{"Lebanon", "lebanon|lebanese|beirut|hezbollah"},
    Place{"Israel", "israel|israeli|israelis|jerusalem|tel aviv|knesset"},
    Place{"Palestinians",
          "palestine|palestinian|palestinians|palestinian authority|gaza|gaza strip|west bank|"
          "hamas|ramallah"},
    Place{"Jordan", "?jordan|jordanian|jordanians|amman"},
    Place{"Iraq", "iraq|iraqi|iraqis|baghdad|mosul|fallujah"},
    Place{"Iran", "iran|iranian|iranians|tehran|teheran"},
    Place{"Kuwait", "kuwait|kuwaiti|kuwaitis|kuwait city"},
    Place{"Saudi Arabia", "saudi arabia|saudi|saudis|riyadh|mecca"},
    Place{"Bahrain", "bahrain|bahraini|bahrainis|manama"},
    Place{"Qatar", "qatar|qatari|qataris|doha"},
    Place{"UAE", "united arab emirates|u.a.e.|=UAE|emirati|emiratis|dubai|abu dhabi"},
    Place{"Oman", "oman|omani|omanis|muscat"},
    Place{"Yemen", "yemen|yemeni|yemenis|sanaa|houthi|houthis"},
    // Caucasus and central Asia
    Place{"Georgia", "?georgia|?georgian|?georgians|tbilisi|south ossetia|abkhazia"},
    Place{"Armenia", "armenia|armenian|armenians|yerevan|nagorno-karabakh"},
    Place{"Azerbaijan", "azerbaijan|azerbaijani|azeri|azeris|baku"},
    Place{"Kazakhstan", "kazakhstan|kazakh|kazakhs|kazakhstani|astana|almaty"},
    Place{"Uzbekistan", "uzbekistan|uzbek|uzbeks|tashkent"},
    Place{"Turkmenistan", "turkmenistan|turkmen|ashgabat"},
    Place{"Kyrgyzstan", "kyrgyzstan|kyrgyz|bishkek"},
    Place{"Tajikistan", "tajikistan|tajik|tajiks|dushanbe"},
    Place{"Afghanistan", "afghanistan|afghan|afghans|kabul|kandahar|taliban"},
    Place{"Mongolia", "mongolia|mongolian|mongolians|ulan bator|ulaanbaatar"},
    // South Asia
    Place{"Pakistan", "pakistan|pakistani|pakistanis|islamabad|karachi|lahore"},
    Place{"India", "india|indian|indians|new delhi|delhi|mumbai|bombay|kolkata"},
    Place{"Kashmir", "kashmir|kashmiri|kashmiris"},
    Place{"Bangladesh", "bangladesh|bangladeshi|bangladeshis|dhaka"},
    Place{"Sri Lanka", "sri lanka|sri lankan|sri lankans|colombo"},
    Place{"Nepal", "nepal|nepalese|nepali|kathmandu"},
    Place{"Bhutan", "bhutan|bhutanese"},
    Place{"Maldives", "maldives|the maldives|maldivian"},
    // East and southeast Asia
    Place{"China",
          "china|chinese|beijing|peking|shanghai|xinjiang|wuhan|people's republic of china"},
    Place{"Hong Kong", "hong kong|hongkong|hong kongers"},
    Place{"Macau", "macau|macao"},
    Place{"Tibet", "tibet|tibetan|tibetans|lhasa"},
    Place{"Taiwan", "taiwan|taiwanese|taipei"},
    Place{"Japan", "japan|japanese|tokyo|bank of japan|osaka|fukushima"},
    Place{"North Korea", "north korea|north korean|north koreans|pyongyang|d.p.r.k.|=DPRK"},
    Place{"South Korea", "south korea|south korean|south koreans|seoul|?korea|?korean|?koreans"},
    Place{"Vietnam", "vietnam|vietnamese|hanoi|ho chi minh city"},
    Place{"Laos", "laos|laotian|laotians|vientiane"},
    Place{"Cambodia", "cambodia|cambodian|cambodians|phnom penh"},
    Place{"Thailand", "thailand|thai|thais|bangkok"},
    Place{"Myanmar", "myanmar|burma|burmese|naypyidaw|naypyitaw|yangon|rangoon|rohingya"},
    Place{"Malaysia", "malaysia|malaysian|malaysians|kuala lumpur"},
    Place{"Singapore", "singapore|singaporean|singaporeans"},
    Place{"Brunei", "brunei|bruneian"},
    Place{"Indonesia", "indonesia|indonesian|indonesians|jakarta|bali"},
    Place{"East Timor", "east timor|timor-leste|east timorese|timorese"},
    Place{"Philippines", "philippines|the philippines|philippine|filipino|filipinos|manila"},
    // Oceania
    Place{"Australia", "australia|australian|australians|canberra|sydney|melbourne"},
    Place{"New Zealand", "new zealand|new zealander|new zealanders|auckland|christchurch"},
    Place{"Papua New Guinea", "papua new guinea|port moresby"},
    Place{"Fiji", "fiji|fijian|fijians|suva"},
    Place{"Solomon Islands", "solomon islands|honiara"},
    Place{"Vanuatu", "vanuatu"},
    Place{"New Caledonia", "new caledonia"},
    Place{"Samoa", "samoa|samoan|samoans"},
    Place{"Tonga", "tonga|tongan|tongans"},
    Place{"Kiribati", "kiribati"},
    Place{"Tuvalu", "tuvalu"},
    Place{"Nauru", "nauru"},
    Place{"Palau", "palau|palauan"},
    Place{"Micronesia", "micronesia|micronesian"},
    Place{"Marshall Islands", "marshall islands|marshallese"},
    Place{"Guam", "guam"},
    // North Africa
    Place{"Egypt", "egypt|egyptian|egyptians|cairo|sinai"},
    Place{"Libya", "libya|libyan|libyans|tripoli|benghazi"},
    Place{"Tunisia", "tunisia|tunisian|tunisians|tunis"},
    Place{"Algeria", "algeria|algerian|algerians|algiers"},
    Place{"Morocco", "morocco|moroccan|moroccans|rabat|casablanca"},
    Place{"Western Sahara", "western sahara|polisario"},
    Place{"Sudan", "sudan|sudanese|khartoum|darfur"},
    Place{"South Sudan", "south sudan|south sudanese|juba"},
    Place{"Mauritania", "mauritania|mauritanian|nouakchott"},
    // West and central Africa
    Place{"Mali", "mali|malian|malians|bamako|timbuktu"},
    Place{"Niger", "niger|nigerien|nigeriens|niamey"},
    Place{"Chad", "?chad|chadian|chadians|n'djamena"},
    Place{"Burkina Faso", "burkina faso|burkinabe|ouagadougou"},
    Place{"Senegal", "senegal|senegalese|dakar"},
    Place{"Gambia", "gambia|the gambia|gambian|gambians|banjul"},
    Place{"Guinea-Bissau", "guinea-bissau|bissau"},
    Place{"Guinea", "guinea|guinean|guineans|conakry"},
    Place{"Sierra Leone", "sierra leone|sierra leonean|freetown"},
    Place{"Liberia", "liberia|liberian|liberians"},
    Place{"Ivory Coast", "ivory coast|cote d'ivoire|c\u00F4te d'ivoire|ivorian|ivorians|abidjan"},
    Place{"Ghana", "ghana|ghanaian|ghanaians|accra"},
    Place{"Togo", "togo|togolese"},
    Place{"Benin", "benin|beninese"},
    Place{"Nigeria", "nigeria|nigerian|nigerians|abuja|lagos|boko haram"},
    Place{"Cape Verde", "cape verde|cape verdean"},
    Place{"Cameroon", "cameroon|cameroonian|cameroonians|yaounde"},
    Place{"Central African Republic", "central african republic|bangui"},
    Place{"Equatorial Guinea", "equatorial guinea|malabo"},
    Place{"Gabon", "gabon|gabonese|libreville"},
    Place{"Congo",
          "democratic republic of congo|democratic republic of the congo|congo|congolese|"
          "kinshasa|brazzaville|zaire|zairean"},
    // East and southern Africa
    Place{"Ethiopia", "ethiopia|ethiopian|ethiopians|addis ababa|tigray"},
    Place{"Eritrea", "eritrea|eritrean|eritreans|asmara"},
    Place{"Djibouti", "djibouti"},
    Place{"Somalia", "somalia|somali|somalis|mogadishu|shabab|somaliland"},
    Place{"Kenya", "kenya|kenyan|kenyans|nairobi"},
    Place{"Uganda", "uganda|ugandan|ugandans|kampala"},
    Place{"Tanzania", "tanzania|tanzanian|tanzanians|dar es salaam|zanzibar"},
    Place{"Rwanda", "rwanda|rwandan|rwandans|kigali"},
    Place{"Burundi", "burundi|burundian|burundians|bujumbura"},
    Place{"Malawi", "malawi|malawian|malawians|lilongwe"},
    Place{"Zambia", "zambia|zambian|zambians|lusaka"},
    Place{"Zimbabwe", "zimbabwe|zimbabwean|zimbabweans|harare"},
    Place{"Mozambique", "mozambique|mozambican|mozambicans|maputo"},
    Place{"Madagascar", "madagascar|malagasy|antananarivo"},
    Place{"Mauritius", "mauritius|mauritian"},
    Place{"Seychelles", "seychelles"},
    Place{"Comoros", "comoros|comorian"},
    Place{"Angola", "angola|angolan|angolans|luanda"},
    Place{"Namibia", "namibia|namibian|namibians|windhoek"},
    Place{"Botswana", "botswana|gaborone"},
    Place{"South Africa",
          "south africa|south african|south africans|pretoria|johannesburg|"
          "cape town"},
    Place{"Lesotho", "lesotho|basotho"},
    Place{"Eswatini", "eswatini|swaziland|swazi"},
    // What looks like a place and is none, or not that one
    Place{"",
          "washington post|washington times|washington examiner|washington free beacon|"
          "washington state|washington nationals|washington redskins|george washington|"
          "denzel washington|new england|new mexico|south american|south america|latin american|"
          "latin americans|latin america|north american|north america|central america|"
          "central american|native american|native americans|american indian|african american|"
          "african americans|african-american|african-americans|asian american|asian americans|"
          "irish-american|italian-american|mexican-american|mexican-americans|mexican american|"
          "cuban-american|cuban-americans|cuban american|chinese-american|american express|"
          "american airlines|bank of america|american idol|good morning america|"
          "make america great again|america first|american league|indian ocean|south china sea|"
          "east china sea|gulf of mexico|sea of japan|persian gulf|korean peninsula|korean war|"
          "vietnam war|iraq war|cold war|french fries|french open|australian open|"
          "british columbia|british airways|british petroleum|paris hilton|jack london|"
          "wall street|michael jordan|jim jordan|jordan peterson|congress party|"
          "new york times|agence france-presse|france-presse|german shepherd|greek yogurt|"
          "spanish-language|spanish-speaking|english-language|panama papers|jimmy wales|"
          "prince of wales|lisa monaco|dutch harbor"},
};

}  // namespace

std::span<const Place> places_of_the_east() {
  return kPlaces;
}

}  // namespace broadsheet::indexer
