#include <tools/dsplan/ground/sha256.hpp>
#include <tools/dsplan/render/plan_mark.hpp>

namespace dsplan::render {

std::string plan_digest(std::string_view plan_json) {
    return sha256_hex(plan_json);
}

std::string set_digest(std::string_view checksums) {
    return sha256_hex(checksums);
}

std::string plan_mark(std::string_view plan_digest) {
    return "dsplan plan, SHA-256 of plan.json: " + std::string(plan_digest);
}

} // namespace dsplan::render
