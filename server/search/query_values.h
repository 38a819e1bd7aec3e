// The values of labels in a query: how a list of them is spelt, what each one stands for, and how
// it is printed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema/fields.h"

namespace broadsheet::server {

// The values of a list such as cnn,"The Hill",bbc, folded, each once, none empty; a comma between
// quotation marks is part of its value.
[[nodiscard]] std::vector<std::string> label_values(std::string_view list);

// The term a value is found by, as label_term() but for what people write of a site: a whole URL,
// or its host with "www.".
[[nodiscard]] std::string asked_term(Field field, std::string_view value);

// Folded values as a list that label_values() reads again.
[[nodiscard]] std::string label_list(const std::vector<std::string>& values);

}  // namespace broadsheet::server
