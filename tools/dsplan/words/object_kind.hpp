#pragma once
#include <sddl/access_mask.hpp>
#include <sddl/security_descriptor.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::words {

/// What a descriptor guards: the low sixteen bits of a mask mean something else on each of these.
enum class object_kind : std::uint8_t {
    directory,
    file,
    registry,
    service,
    service_manager,
    event_log,
    com,
    wmi,
    printer,
    process,
    share,
};

/// Bits of a mask and what they allow on objects of one kind.
struct kind_right {
    std::uint32_t bits;
    std::string_view words;
};

/// A kind of object. Its rights are in the order of their bits; its sets, which stand for several rights,
/// from the largest on.
struct object_kind_row {
    object_kind kind;
    std::string_view name;      ///< as --for takes it
    std::string_view words;     ///< "a file or folder"
    std::string_view itself;    ///< "this folder": where an ACE that is not inherit-only counts
    std::string_view container; ///< "subfolders": what inherits CI
    std::string_view leaf;      ///< "files": what inherits OI
    std::span<kind_right const> sets;
    std::span<kind_right const> rights;
};

[[nodiscard]] std::span<object_kind_row const> object_kinds();
[[nodiscard]] object_kind_row const& row_of(object_kind kind);
[[nodiscard]] std::optional<object_kind> find_object_kind(std::string_view name);

/// "directory, file, …", as a message lists them.
[[nodiscard]] std::vector<std::string> object_kind_names();

/// "read and execute, delete"; bits without a name as a number, "nothing" for none. Not for a directory.
[[nodiscard]] std::string kind_mask_words(object_kind kind, sddl::access_mask mask);

/// What a single bit means there; empty where it has no name.
[[nodiscard]] std::string_view kind_bit_words(object_kind kind, std::uint32_t bit);

/// The kind that the masks of a descriptor give away, and by what.
struct kind_evidence {
    object_kind kind = object_kind::directory;
    std::string reason; ///< "ACE 1 of the DACL has SYNCHRONIZE (0x100000)"; empty where nothing does
};

/// SYNCHRONIZE is no right on a directory object, and object types exist on those only.
[[nodiscard]] kind_evidence guess_object_kind(sddl::security_descriptor const& descriptor);

/// True where a mask says that the list is that of a file or a registry key: it holds SYNCHRONIZE, which no
/// right on a directory object is, or is all that one can do or read of a key.
[[nodiscard]] bool is_of_file(sddl::access_mask mask);

} // namespace dsplan::words
