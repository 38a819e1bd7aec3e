// The table, written by hand, and finding its names in a query.
#include "server/search/place_names.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace broadsheet::server {
namespace {

// Long queries gain most from 0.2 to 0.3, less from 0.5 and nothing from 0.8 on; for headlines that
// are looked up again 0.3 changes hardly anything and 0.4 is worse (broadsheet-eval sets time
// knownitem-allsides-body knownitem-reuters).
constexpr double kKinWeight = 0.25;

// Places with | between them. Of the names of a place each stands for the others, but names of
// several words (united_states) are only recognised: what is added to a query are single words.
constexpr std::string_view kPlaces =
    // The Americas
    "united_states america american usa|canada canadian|mexico mexican|guatemala guatemalan|"
    "honduras honduran|el_salvador salvadoran|nicaragua nicaraguan|panama panamanian|cuba cuban|"
    "haiti haitian|dominican_republic dominican|jamaica jamaican|puerto_rico rican|"
    "brazil brazilian|argentina argentine argentinian|chile chilean|peru peruvian|"
    "colombia colombian|venezuela venezuelan|ecuador ecuadorian ecuadorean|bolivia bolivian|"
    "paraguay paraguayan|uruguay uruguayan|guyana guyanese|greenland greenlander|"
    // Europe
    "europe european|united_kingdom uk britain british briton|england english|scotland scottish|"
    "wales welsh|ireland irish|france french|germany german|netherlands dutch holland|"
    "belgium belgian|switzerland swiss|austria austrian|italy italian|malta maltese|"
    "spain spanish spaniard|catalonia catalan|portugal portuguese|norway norwegian|"
    "sweden swedish swede|denmark danish dane|finland finnish finn|iceland icelandic icelander|"
    "poland polish pole|czech_republic czech czechia|czechoslovakia czechoslovak|slovakia slovak|"
    "hungary hungarian|romania romanian|bulgaria bulgarian|moldova moldovan|ukraine ukrainian|"
    "belarus belarusian|russia russian|soviet_union soviet ussr|estonia estonian|latvia latvian|"
    "lithuania lithuanian|greece greek|cyprus cypriot|albania albanian|kosovo kosovar|"
    "serbia serbian serb|montenegro montenegrin|macedonia macedonian|croatia croatian croat|"
    "slovenia slovenian slovene|bosnia bosnian|yugoslavia yugoslav|georgia georgian|"
    "armenia armenian|azerbaijan azerbaijani azeri|chechnya chechen|crimea crimean|"
    // The Middle East and Africa
    "turkey turkish turk turkiye|syria syrian|lebanon lebanese|israel israeli|"
    "palestine palestinian|jordan jordanian|iraq iraqi|iran iranian|kuwait kuwaiti|"
    "saudi_arabia saudi|bahrain bahraini|qatar qatari|oman omani|yemen yemeni|"
    "united_arab_emirates uae emirati|africa african|egypt egyptian|libya libyan|"
    "tunisia tunisian|algeria algerian|morocco moroccan|sudan sudanese|ethiopia ethiopian|"
    "eritrea eritrean|somalia somali|kenya kenyan|uganda ugandan|rwanda rwandan|"
    "burundi burundian|tanzania tanzanian|congo congolese|cameroon cameroonian|nigeria nigerian|"
    "ghana ghanaian|senegal senegalese|mali malian|liberia liberian|ivory_coast ivorian|"
    "burkina_faso burkinabe|angola angolan|mozambique mozambican|zambia zambian|"
    "zimbabwe zimbabwean|namibia namibian|malawi malawian|madagascar malagasy|"
    // Asia and the Pacific
    "asia asian|afghanistan afghan|kazakhstan kazakh|uzbekistan uzbek|turkmenistan turkmen|"
    "tajikistan tajik|kyrgyzstan kyrgyz|pakistan pakistani|india indian|kashmir kashmiri|"
    "bangladesh bangladeshi|sri_lanka lankan|nepal nepalese nepali|bhutan bhutanese|"
    "tibet tibetan|mongolia mongolian|china chinese|taiwan taiwanese|japan japanese|"
    "korea korean|vietnam viet_nam vietnamese|laos laotian|cambodia cambodian|thailand thai|"
    "burma burmese myanmar|malaysia malaysian|singapore singaporean|indonesia indonesian|"
    "timor timorese|philippines filipino philippine|australia australian|"
    "zealand zealander|fiji fijian|samoa samoan|tonga tongan";

constexpr std::size_t kMaxNameWords = 3;

// Calls `each` with every part of `list` between marks.
template <typename Each>
void split(std::string_view list, char mark, const Each& each) {
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t end = std::min(list.find(mark, at), list.size());
    each(list.substr(at, end - at));
    at = end + 1;
  }
}

// The place of each name; all views are into kPlaces.
using PlacesByName = std::unordered_map<std::string_view, std::string_view>;

PlacesByName read_places() {
  PlacesByName places;
  split(kPlaces, '|', [&](std::string_view place) {
    split(place, ' ', [&](std::string_view name) { places.emplace(name, place); });
  });
  return places;
}

// The names of the place that `name`, or that without its plural's s, is one of; empty for others.
std::string_view place_named(std::string_view name) {
  static const PlacesByName kByName = read_places();
  auto found = kByName.find(name);
  if (found == kByName.end() && !name.empty() && name.back() == 's')
    found = kByName.find(name.substr(0, name.size() - 1));
  return found == kByName.end() ? std::string_view() : found->second;
}

class Places {
 public:
  explicit Places(QueryTerms& terms) : terms_(terms) {}

  // The tree is at most kMaxQueryDepth deep.
  void find(QueryNode& group) {
    if (group.occur == Occur::excluded) return;
    std::vector<QueryNode>& nodes = group.children;
    for (std::size_t at = 0; at < nodes.size(); ++at) {
      find(nodes[at]);
      if (!is_typed(nodes[at])) continue;
      const std::string_view place = place_ending_at(nodes, at);
      split(place, ' ', [&](std::string_view name) { add(nodes[at], name); });
    }
  }

 private:
  static bool is_typed(const QueryNode& node) {
    return node.kind == NodeKind::word && node.occur != Occur::excluded &&
           node.field == Field::body && node.starts_with.empty() && !node.is_stop_word;
  }

  // The longest name counts.
  static std::string_view place_ending_at(const std::vector<QueryNode>& nodes, std::size_t at) {
    std::string name = nodes[at].exact;
    std::string_view place = place_named(name);
    for (std::size_t more = 1; more < kMaxNameWords && more <= at; ++more) {
      const QueryNode& before = nodes[at - more];
      if (!is_typed(before) || before.occur != nodes[at].occur) break;
      name.insert(0, before.exact + '_');
      if (const std::string_view longer = place_named(name); !longer.empty()) place = longer;
    }
    return place;
  }

  // A name whose stem is asked for already adds nothing.
  void add(QueryNode& word, std::string_view name) {
    if (name.empty() || name.find('_') != std::string_view::npos) return;
    QueryNode kin = terms_.word(name);
    kin.weight = kKinWeight;
    kin.begin = word.begin;
    kin.end = word.end;
    const bool is_asked = std::any_of(kin.terms.begin(), kin.terms.end(), [&](const auto& term) {
      return std::find(word.terms.begin(), word.terms.end(), term) != word.terms.end();
    });
    if (!is_asked) word.kin.push_back(std::move(kin));
  }

  QueryTerms& terms_;
};

}  // namespace

void add_place_names(QueryNode& root, QueryTerms& terms) {
  Places(terms).find(root);
}

}  // namespace broadsheet::server
