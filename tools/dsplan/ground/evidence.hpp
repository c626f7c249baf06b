#pragma once
#include <string>

namespace dsplan {

/// What in an input says so. Texts are as the input has them, not yet printable.
struct evidence {
    std::string dn;
    std::string attribute;
    std::string value; ///< text form: SDDL of an ACE, a number, a name
};

} // namespace dsplan
