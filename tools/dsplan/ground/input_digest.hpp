#pragma once
#include <tools/dsplan/ground/failure.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace dsplan {

/// Which file something was made from: its name without the folder, its size in octets and the SHA-256 of its
/// octets. A pipe has neither size nor digest, since it cannot be read again.
struct input_digest {
    std::string name;
    std::optional<std::uint64_t> size{};
    std::string sha256{}; ///< lower-case hexadecimal

    friend bool operator==(input_digest const&, input_digest const&) = default;
};

/// Reads the file once, block by block. Errors: it cannot be opened or read.
[[nodiscard]] result<input_digest> digest_of_input(std::filesystem::path const& file);

} // namespace dsplan
