// Every shared sample of IPTC's formats: an article with a headline and a text, or the reason why
// it is none. A new sample needs its row.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <set>

#include <gtest/gtest.h>

#include "tests/support/raw_articles.h"

namespace broadsheet::indexer {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kNone = "";  // an article without a text of its own

struct Sample {
  const char* file;
  const char* title;           // its beginning; nullptr when it is refused
  std::string_view text_else;  // something its text holds; the refusal when it is refused
};

constexpr const char* kEmpty = "it has neither a headline nor a text";
constexpr const char* kConcept = "a concept (a person, an event, a topic), no article";
constexpr const char* kPlan = "a plan of coverage, no article";
constexpr const char* kGroups =
    "the groups of a package: they name items and hold no text of their own";
constexpr const char* kPicture = "a ninjs item of type picture is no article";
constexpr const char* kAudio = "a ninjs item of type audio is no article";
constexpr const char* kVideo = "a news item of class video is no article";

constexpr std::array kSamples = {
    Sample{"newsml-1/businesswire-newsml-20130515006361.xml",
           "Dell Redefines",
           "announced an expanded"},
    Sample{"newsml-1/businesswire-newsml-20130605006126.xml", "Cambrios", "Cambrios Technologies"},
    Sample{"newsml-1/businesswire-newsml-20130612006110.xml", "APP", "Asia Pulp"},
    Sample{"newsml-1/businesswire-newsml-20130731006140.xml", "Lunch Taking", "20 percent"},
    Sample{"newsml-g2/LISTING_11_Person_Concept_conveyed_in_a_NewsML-G2_Concept_Item.xml",
           nullptr,
           kConcept},
    Sample{"newsml-g2/LISTING_13_Complete_Catalog_Item.xml",
           nullptr,
           "a catalog of vocabularies, no article"},
    Sample{"newsml-g2/LISTING_14_Event_sent_as_a_Concept_Item.xml", nullptr, kConcept},
    Sample{"newsml-g2/LISTING_16_A_Set_of_Events_carried_in_a_News_Item.xml", nullptr, kEmpty},
    Sample{"newsml-g2/LISTING_17_Planning_Item_a_CCL.xml", nullptr, kPlan},
    Sample{"newsml-g2/LISTING_18_Planning_Item_at_PCL.xml", nullptr, kPlan},
    Sample{"newsml-g2/LISTING_19_Planning_Item_with_delivery_at_CCL.xml", nullptr, kPlan},
    Sample{"newsml-g2/LISTING_1_A_NewsML-G2_News_Item.xml", "Fed to halt", kNone},
    Sample{"newsml-g2/LISTING_20_Planning_Item_with_delivery_at_PCL.xml", nullptr, kPlan},
    Sample{"newsml-g2/LISTING_24_News_Message_conveying_a_complete_News_Package.xml",
           nullptr,
           "a package: it names items and holds no text of its own"},
    Sample{"newsml-g2/LISTING_26_Embedded_photo_metadata_fields_mapped_to_NewsML-G2.xml",
           nullptr,
           "a news item of class picture is no article"},
    Sample{"newsml-g2/LISTING_2_NewsML-G2_Text_Document.xml", "Fed to halt", "sed dion"},
    Sample{"newsml-g2/LISTING_5_Multi-part_Video_in_NewsML-G2.xml", nullptr, kVideo},
    Sample{"newsml-g2/LISTING_7_Group_Set_example_showing_Hierarchical_Package_Structure.xml",
           nullptr,
           kGroups},
    Sample{
        "newsml-g2/LISTING_9_Group_Set_example_showing_a_SEQ_Package_Mode.xml", nullptr, kGroups},
    Sample{"newsml-g2/ap_metadata_example.xml", nullptr, kVideo},
    Sample{"ninjs/2.1-SIPA_image_2.json", nullptr, kPicture},
    Sample{"ninjs/2.1-ap_audio.json", nullptr, kAudio},
    Sample{"ninjs/2.1-businesswire-newsml-20130605006126.json", "Cambrios", "Technologies"},
    Sample{"ninjs/2.1-businesswire-newsml-20130731006140.json", "Lunch Taking", "20 percent"},
    Sample{"ninjs/2.1-imageEncodedRights.json", nullptr, kPicture},
    Sample{"ninjs/2.1-tt_text_image_2.json", "Militärövning", "Jonas Svensson"},
    Sample{"ninjs/3.0-20231005-65-addb-event.json",
           nullptr,
           "a ninjs item of type event is no article"},
    Sample{"ninjs/3.0-SIPA_image_3.json", nullptr, kPicture},
    Sample{"ninjs/3.0-ap_audio.json", nullptr, kAudio},
    Sample{"ninjs/3.0-businesswire-newsml-20130605006126.json", "Cambrios", "Technologies"},
    Sample{"ninjs/3.0-businesswire-newsml-20130731006140.json", "Lunch Taking", "20 percent"},
    Sample{"ninjs/3.0-imageEncodedRights.json", nullptr, kPicture},
    Sample{"ninjs/3.0-tt_text_image_3.json", "Militärövning", "Jonas Svensson"},
    Sample{"nitf/LISTING_22_Sports_story_in_NewsML-G2NITF.xml", "Preview: Arizona", "Doug Davis"},
    Sample{"nitf/LISTING_25_An_NITF_marked-up_article_conveyed_in_inlineXML.xml",
           "Arizona Diamondbacks",
           "clash of the Titans"},
};

void expect_as_told(const Sample& sample, const RawArticle& article) {
  if (sample.title == nullptr) {
    EXPECT_EQ(article.refusal, sample.text_else) << sample.file;
    return;
  }
  EXPECT_EQ(article.refusal, "") << sample.file;
  EXPECT_TRUE(article.title.value_or("").starts_with(sample.title)) << sample.file;
  const std::string text = article.body.value_or(article.body_html.value_or(""));
  EXPECT_EQ(text.empty(), sample.text_else.empty()) << sample.file;
  EXPECT_NE(text.find(sample.text_else), std::string::npos) << sample.file;
}

TEST(wire_samples, are_articles_or_refused_with_a_reason) {
  const char* data = std::getenv("BROADSHEET_TEST_DATA");
  if (data == nullptr || !fs::is_directory(fs::path(data) / "formats"))
    GTEST_SKIP() << "no test data: set BROADSHEET_TEST_DATA to the folder with formats/";
  std::set<std::string> told;
  for (const Sample& sample : kSamples) {
    told.insert(sample.file);
    const auto articles =
        tests::read_raw_articles((fs::path(data) / "formats" / sample.file).string());
    ASSERT_FALSE(articles.empty()) << sample.file;
    expect_as_told(sample, articles.front());
  }
  for (const char* folder : {"ninjs", "newsml-1", "newsml-g2", "nitf"}) {
    for (const auto& entry : fs::directory_iterator(fs::path(data) / "formats" / folder)) {
      const std::string file = std::string(folder) + "/" + entry.path().filename().string();
      EXPECT_EQ(told.count(file), 1U) << file << " has no row";
    }
  }
}

}  // namespace
}  // namespace broadsheet::indexer
