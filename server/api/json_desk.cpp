// Decisions of the desk.
#include "server/api/json.h"

namespace broadsheet::server {
namespace {

void write_decision(JsonWriter& json, const Decision& decision) {
  const bool is_pin = decision.kind == DecisionKind::pin;
  json.begin_object();
  json.member("article", decision.article);
  json.member("other", decision.other);
  json.member("kind", is_pin ? "pin" : "block");
  json.key("position");
  is_pin ? json.number(decision.position) : json.null();
  json.key("both_ways");
  json.boolean(decision.both_ways);
  json.member_or_null("reason", decision.reason);
  json.member_or_null("by", decision.by);
  json.member_or_null("expires", decision.expires ? format_utc(*decision.expires) : std::string());
  json.member("made", format_utc(decision.made));
  json.key("revision");
  json.number(decision.revision);
  json.end_object();
}

}  // namespace

std::string decision_json(const Decision& decision) {
  JsonWriter json;
  write_decision(json, decision);
  return json.take();
}

std::string decisions_json(const std::string& article, const std::vector<Decision>& decisions) {
  JsonWriter json;
  json.begin_object();
  json.member("article", article);
  json.key("decisions");
  json.begin_array();
  for (const Decision& decision : decisions)
    write_decision(json, decision);
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace broadsheet::server
