// One client; what it asks is fixed, so that two runs ask the same.
#include "tests/support/mixed_load.h"

#include "tests/support/http_client.h"

namespace broadsheet::tests {

MixedLoad::MixedLoad(std::uint16_t port) : thread_([this, port] { run(port); }) {}

MixedLoad::~MixedLoad() {
  stop();
}

void MixedLoad::stop() {
  stopped_ = true;
  if (thread_.joinable()) thread_.join();
}

void MixedLoad::run(std::uint16_t port) {
  const std::string targets[] = {"/v1/search?q=harvest&sort=newest",
                                 "/v1/search?q=tariff+storm&related=2",
                                 "/v1/search?q=%22was+counted+again%22&from=2025-04-01",
                                 "/v1/search?q=rail&section=world&sort=oldest",
                                 "/v1/search?source=north-post",
                                 "/v1/articles/a1",
                                 "/v1/articles/a1/related"};
  HttpClient client(port);
  while (!stopped_) {
    const std::string& target = targets[static_cast<std::size_t>(requests_) % std::size(targets)];
    const Answer answer = client.get(target);
    ++requests_;
    if (answer.status != 200) ++failures_[std::to_string(answer.status) + " " + answer.body];
  }
}

}  // namespace broadsheet::tests
