#include <sddl/guid.hpp>

namespace dsplan::sddl {}
