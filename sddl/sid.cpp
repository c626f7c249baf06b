#include <sddl/sid.hpp>

namespace dsplan::sddl {}
