#include <tools/dsplan/directory/key_credential.hpp>
#include <tools/dsplan/directory/windows_time.hpp>
#include <tools/dsplan/ground/sha256.hpp>

#include <fmt/format.h>

#include <array>
#include <span>

namespace dsplan::directory {
namespace {

constexpr std::uint32_t version_0 = 0;
constexpr std::uint32_t version_1 = 0x100;
constexpr std::uint32_t version_2 = 0x200;

std::uint64_t little_endian(std::string_view octets) {
    std::uint64_t value = 0;
    for (auto octet = octets.rbegin(); octet != octets.rend(); ++octet)
        value = value << 8U | static_cast<unsigned char>(*octet);
    return value;
}

// The entry CustomKeyInformation ends after any of its fields.
custom_key_information read_custom(std::string_view value) {
    auto const at = [value](std::size_t index) {
        return index < value.size() ? std::optional<std::uint8_t>(static_cast<std::uint8_t>(value[index]))
                                    : std::nullopt;
    };
    return {.version = at(0).value_or(0),
            .flags = at(1).value_or(0),
            .volume_type = at(2),
            .supports_notification = at(3),
            .fek_key_version = at(4),
            .strength = at(5)};
}

class blob_reader {
public:
    explicit blob_reader(std::string_view octets) : octets_(octets) {}

    sddl::result<key_credential> read() {
        if (octets_.size() < 4)
            return expected(0, octets_.size(), "a version of 4 octets");
        made_.version = static_cast<std::uint32_t>(little_endian(octets_.substr(0, 4)));
        if (made_.version != version_0 && made_.version != version_1 && made_.version != version_2)
            return sddl::unexpected_at(0, 4, "version 0, 0x100 or 0x200",
                                       fmt::format("0x{:x}", made_.version));
        for (position_ = 4; position_ < octets_.size();)
            if (auto done = read_entry(); !done)
                return tl::unexpected(done.error());
        return std::move(made_);
    }

private:
    [[nodiscard]] static tl::unexpected<sddl::parse_error> expected(std::size_t begin, std::size_t end,
                                                                    std::string what) {
        auto found = end == begin ? std::string("the end") : fmt::format("{} octets", end - begin);
        return sddl::unexpected_at(begin, end, std::move(what), std::move(found));
    }

    sddl::result<void> read_entry() {
        constexpr std::size_t header = 3;
        auto const rest = octets_.size() - position_;
        if (rest < header)
            return expected(position_, octets_.size(), "an entry of at least 3 octets");
        auto const size = static_cast<std::size_t>(little_endian(octets_.substr(position_, 2)));
        auto const identifier = static_cast<std::uint8_t>(octets_[position_ + 2]);
        auto const start = position_ + header;
        auto const padding = made_.version == version_0 ? (4 - size % 4) % 4 : 0;
        if (octets_.size() - start < size + padding)
            return expected(start, octets_.size(),
                            fmt::format("{} octets of entry {}", size + padding, identifier));
        position_ = start + size + padding;
        return take(identifier, start, octets_.substr(start, size));
    }

    sddl::result<void> take(std::uint8_t identifier, std::size_t start, std::string_view value) {
        constexpr std::array<std::size_t, 10> sizes{0, 0, 0, 0, 0, 1, 16, 0, 8, 8}; // 0: any
        if (identifier < sizes.size() && sizes[identifier] != 0 && value.size() != sizes[identifier])
            return expected(start, start + value.size(),
                            fmt::format("{} octets in entry {}", sizes[identifier], identifier));
        store(identifier, value);
        return {};
    }

    void store(std::uint8_t identifier, std::string_view value) {
        switch (identifier) {
        case 1:
            made_.key_id = value;
            break;
        case 2:
            made_.key_hash = value;
            made_.expected_key_hash = sha256_octets(octets_.substr(position_));
            break;
        case 3:
            made_.material = value;
            made_.expected_key_id = sha256_octets(value);
            break;
        case 4:
            if (value.size() == 1)
                made_.usage = static_cast<std::uint8_t>(value[0]);
            else
                made_.legacy_usage = value;
            break;
        case 5:
            made_.source = static_cast<std::uint8_t>(value[0]);
            break;
        case 6:
            made_.device = sddl::read_guid(std::as_bytes(std::span(value))).value();
            break;
        case 7:
            made_.custom = read_custom(value);
            break;
        case 8:
            made_.last_logon = static_cast<std::int64_t>(little_endian(value));
            break;
        case 9:
            made_.created = static_cast<std::int64_t>(little_endian(value));
            break;
        default:
            made_.unknown_entries.push_back(identifier);
        }
    }

    std::string_view octets_;
    std::size_t position_ = 0;
    key_credential made_;
};

} // namespace

sddl::result<key_credential> read_key_credential(std::string_view octets) {
    return blob_reader(octets).read();
}

std::vector<std::string_view> missing_entries(key_credential const& value) {
    std::vector<std::string_view> missing;
    if (!value.key_id)
        missing.emplace_back("KeyID");
    if (!value.material)
        missing.emplace_back("KeyMaterial");
    if (!value.usage && value.legacy_usage.empty())
        missing.emplace_back("KeyUsage");
    return missing;
}

std::string usage_text(key_credential const& value) {
    if (!value.usage)
        return value.legacy_usage.empty() ? "no usage" : fmt::format("usage '{}'", value.legacy_usage);
    switch (*value.usage) {
    case 0:
        return "administrative key";
    case 1:
        return "sign-in key (NGC)";
    case 2:
        return "transport key";
    case 3:
        return "BitLocker recovery key";
    case 7:
        return "FIDO key";
    case 8:
        return "file encryption key";
    default:
        return fmt::format("key of usage {}", *value.usage);
    }
}

std::string source_text(key_credential const& value) {
    if (!value.source)
        return "not said";
    if (*value.source > 1)
        return fmt::format("{} (unknown)", *value.source);
    return *value.source == 0 ? "Active Directory" : "Entra ID";
}

std::string time_text(key_credential const& value, std::int64_t time) {
    // The two highest bits of the binary form say which clock it was; Entra ID writes UTC.
    constexpr std::int64_t ticks = 0x3FFF'FFFF'FFFF'FFFF;
    auto const is_binary = value.version == version_1 || value.source == std::uint8_t{1};
    auto const text = value.version == version_0 ? ticks_text(time)
                      : is_binary                ? ticks_text(time & ticks)
                                                 : filetime_text(time);
    return text.value_or(fmt::format("{}, which is no time", time));
}

} // namespace dsplan::directory
