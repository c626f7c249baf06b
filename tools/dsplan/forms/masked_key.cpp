#include <sddl/bytes.hpp>
#include <tools/dsplan/forms/masked_key.hpp>
#include <tools/dsplan/ground/sha256.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace dsplan {
namespace {

struct key_entry {
    unsigned char id;
    std::string data;
};

std::optional<std::vector<key_entry>> entries_of(std::string_view octets) {
    std::vector<key_entry> entries;
    octets.remove_prefix(std::min<std::size_t>(4, octets.size()));
    while (octets.size() >= 3) {
        auto const size = static_cast<std::size_t>(sddl::u16_at(std::as_bytes(std::span(octets)), 0));
        if (octets.size() < size + 3)
            return std::nullopt;
        entries.push_back({static_cast<unsigned char>(octets[2]), std::string(octets.substr(3, size))});
        octets.remove_prefix(size + 3);
    }
    return octets.empty() ? std::optional(std::move(entries)) : std::nullopt;
}

// The head of an RSA key stays, so that it is read as one of the same size.
std::string masked_key(std::string const& material, masked_names const& names) {
    constexpr std::size_t head = 27;
    if (!material.starts_with("RSA1") || material.size() <= head)
        return names.octets(material);
    return material.substr(0, head) + names.octets(material, material.size() - head);
}

std::string written(std::vector<key_entry> const& entries, std::size_t first) {
    std::string text;
    for (std::size_t i = first; i < entries.size(); ++i) {
        text += static_cast<char>(entries[i].data.size() & 0xFFU);
        text += static_cast<char>(entries[i].data.size() >> 8U);
        text += static_cast<char>(entries[i].id);
        text += entries[i].data;
    }
    return text;
}

} // namespace

// Its hashes hold, or do not, as before.
std::string masked_key_credential(std::string_view octets, masked_names const& names) {
    auto entries = entries_of(octets);
    if (!entries)
        return names.octets(octets);
    auto const original = *entries;
    std::string material;
    for (auto& each : *entries) {
        if (each.id == 3) {
            auto const masked = masked_key(each.data, names);
            for (auto& other : *entries)
                if (other.id == 1)
                    other.data = other.data == sha256_octets(each.data) ? sha256_octets(masked)
                                                                        : names.octets(other.data);
            each.data = masked;
        } else if (each.id == 6) {
            each.data = names.octets(each.data);
        }
    }
    for (std::size_t i = 0; i < entries->size(); ++i)
        if ((*entries)[i].id == 2)
            (*entries)[i].data = original[i].data == sha256_octets(written(original, i + 1))
                                     ? sha256_octets(written(*entries, i + 1))
                                     : names.octets(original[i].data);
    return std::string(octets.substr(0, 4)) + written(*entries, 0);
}

} // namespace dsplan
