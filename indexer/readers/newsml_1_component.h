// One component of a NewsML 1 item with those inside it.
#pragma once

#include <map>
#include <string>

#include "indexer/readers/reader.h"
#include "indexer/readers/xml.h"

namespace broadsheet::indexer {

// References to topics ("#t1") and what the topics are called.
using TopicNames = std::map<std::string, std::string>;

// Takes headline, metadata, text and picture, outer components first. What is found first stays, so
// of a text in several languages or forms the first is read. Items inside it are not.
void take_component(XmlNode component, const TopicNames& topics, RawArticle& raw);

}  // namespace broadsheet::indexer
