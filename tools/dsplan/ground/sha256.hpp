#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace dsplan {

/// The SHA-256 of `octets`, 32 octets. FIPS 180-4
[[nodiscard]] std::string sha256_octets(std::string_view octets);

/// The same in lower-case hexadecimal.
[[nodiscard]] std::string sha256_hex(std::string_view octets);

/// The SHA-256 of octets that come piece by piece.
class sha256_sum {
public:
    sha256_sum();
    sha256_sum(sha256_sum&&) noexcept;
    sha256_sum& operator=(sha256_sum&&) noexcept;
    ~sha256_sum();

    void add(std::string_view octets);

    /// The 32 octets; once, at the end.
    [[nodiscard]] std::string octets();

    /// The same in lower-case hexadecimal.
    [[nodiscard]] std::string hex();

private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace dsplan
