#include <ldif/base64.hpp>

namespace dsplan::ldif {}
