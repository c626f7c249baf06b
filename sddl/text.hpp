#pragma once
#include <sddl/guid.hpp>
#include <sddl/sid.hpp>

#include <string>

namespace dsplan::sddl {

// The canonical texts without fmt between: printing descriptors spends most of its time here. Not installed.
void append_text(std::string& text, guid const& value);
void append_text(std::string& text, sid const& value);

} // namespace dsplan::sddl
