#include <sddl/rights.hpp>
#include <tools/dsplan/words/object_kind.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace dsplan::words {
namespace {

constexpr std::uint32_t key_full_control = 0xF003F; // KEY_ALL_ACCESS
constexpr std::uint32_t key_read = 0x20019;         // KEY_READ

// clang-format off
// winnt.h: FILE_*; the sets as Windows' permission pages call them
constexpr std::array<kind_right, 6> file_sets{{
    {0x1F01FF, "full control"},
    {0x1301BF, "modify"},
    {0x1200A9, "read and execute"},
    {0x120089, "read"},
    {0x120116, "write"},
    {0x1200A0, "execute"},
}};
constexpr std::array<kind_right, 9> file_rights{{
    {0x1, "read data or list the folder"},
    {0x2, "write data or create files"},
    {0x4, "append data or create folders"},
    {0x8, "read extended attributes"},
    {0x10, "write extended attributes"},
    {0x20, "execute or traverse the folder"},
    {0x40, "delete subfolders and files"},
    {0x80, "read attributes"},
    {0x100, "write attributes"},
}};
constexpr std::array<kind_right, 6> share_sets{{
    {0x1F01FF, "full control"},
    {0x1301BF, "change"},
    {0x1200A9, "read"},
    {0x120089, "read without execute"},
    {0x120116, "write"},
    {0x1200A0, "execute"},
}};

// winnt.h: KEY_*
constexpr std::array<kind_right, 3> registry_sets{{
    {key_full_control, "full control"},
    {key_read, "read"},
    {0x20006, "write"},
}};
constexpr std::array<kind_right, 8> registry_rights{{
    {0x1, "query values"},
    {0x2, "set values"},
    {0x4, "create subkeys"},
    {0x8, "enumerate subkeys"},
    {0x10, "notify"},
    {0x20, "create links"},
    {0x100, "the 64-bit view"},
    {0x200, "the 32-bit view"},
}};

// winsvc.h: SERVICE_*, SC_MANAGER_*
constexpr std::array<kind_right, 1> service_sets{{
    {0xF01FF, "full control"},
}};
constexpr std::array<kind_right, 9> service_rights{{
    {0x1, "query the configuration"},
    {0x2, "change the configuration"},
    {0x4, "query the status"},
    {0x8, "enumerate dependents"},
    {0x10, "start"},
    {0x20, "stop"},
    {0x40, "pause and continue"},
    {0x80, "interrogate"},
    {0x100, "user-defined control"},
}};
constexpr std::array<kind_right, 1> service_manager_sets{{
    {0xF003F, "full control"},
}};
constexpr std::array<kind_right, 6> service_manager_rights{{
    {0x1, "connect"},
    {0x2, "create services"},
    {0x4, "enumerate services"},
    {0x8, "lock the database"},
    {0x10, "query the lock"},
    {0x20, "change the boot configuration"},
}};

// Event Logging Security
constexpr std::array<kind_right, 1> event_log_sets{{
    {0xF0007, "full control"},
}};
constexpr std::array<kind_right, 3> event_log_rights{{
    {0x1, "read"},
    {0x2, "write"},
    {0x4, "clear"},
}};

// objbase.h: COM_RIGHTS_*
constexpr std::array<kind_right, 5> com_rights{{
    {0x1, "execute"},
    {0x2, "local launch or access"},
    {0x4, "remote launch or access"},
    {0x8, "local activation"},
    {0x10, "remote activation"},
}};

// wbemcli.h: WBEM_*; the words of wmimgmt.msc
constexpr std::array<kind_right, 1> wmi_sets{{
    {0x6003F, "full control"},
}};
constexpr std::array<kind_right, 8> wmi_rights{{
    {0x1, "enable account"},
    {0x2, "execute methods"},
    {0x4, "full write"},
    {0x8, "partial write"},
    {0x10, "provider write"},
    {0x20, "remote enable"},
    {0x40, "subscribe"},
    {0x80, "publish"},
}};

// winspool.h: SERVER_*, PRINTER_*, JOB_*
constexpr std::array<kind_right, 3> printer_sets{{
    {0xF000C, "manage this printer"},
    {0xF0030, "manage documents"},
    {0x20008, "print"},
}};
constexpr std::array<kind_right, 7> printer_rights{{
    {0x1, "manage the print server"},
    {0x2, "enumerate the print server"},
    {0x4, "administer the printer"},
    {0x8, "use the printer"},
    {0x10, "administer documents"},
    {0x20, "read documents"},
    {0x40, "limited management"},
}};

// winnt.h: PROCESS_*
constexpr std::array<kind_right, 2> process_sets{{
    {0x1FFFFF, "full control"},
    {0x1F0FFF, "full control (before Windows Vista)"},
}};
constexpr std::array<kind_right, 14> process_rights{{
    {0x1, "terminate"},
    {0x2, "create threads"},
    {0x4, "set the session"},
    {0x8, "change the address space"},
    {0x10, "read memory"},
    {0x20, "write memory"},
    {0x40, "duplicate handles"},
    {0x80, "create processes"},
    {0x100, "set quotas"},
    {0x200, "set information"},
    {0x400, "query information"},
    {0x800, "suspend and resume"},
    {0x1000, "query limited information"},
    {0x2000, "set limited information"},
}};

// [MS-DTYP] 2.4.3
constexpr std::array<kind_right, 11> standard_rights{{
    {0x10000, "delete"},
    {0x20000, "read permissions"},
    {0x40000, "change permissions"},
    {0x80000, "take ownership"},
    {sddl::right_synchronize.bits, "synchronize"},
    {0x1000000, "read and write the SACL"},
    {0x2000000, "maximum allowed"},
    {0x10000000, "generic all"},
    {0x20000000, "generic execute"},
    {0x40000000, "generic write"},
    {0x80000000, "generic read"},
}};

constexpr std::array<object_kind_row, 11> kinds{{
    {object_kind::directory, "directory", "a directory object", "this object", "all objects", "objects that hold no others", {}, {}},
    {object_kind::file, "file", "a file or folder", "this folder", "subfolders", "files", file_sets, file_rights},
    {object_kind::registry, "registry", "a registry key", "this key", "subkeys", "values", registry_sets, registry_rights},
    {object_kind::service, "service", "a service", "this service", "containers", "objects", service_sets, service_rights},
    {object_kind::service_manager, "service-manager", "the service control manager", "the manager", "containers", "objects", service_manager_sets, service_manager_rights},
    {object_kind::event_log, "event-log", "an event log", "this log", "containers", "objects", event_log_sets, event_log_rights},
    {object_kind::com, "com", "a COM application", "this application", "containers", "objects", {}, com_rights},
    {object_kind::wmi, "wmi", "a WMI namespace", "this namespace", "subnamespaces", "objects", wmi_sets, wmi_rights},
    {object_kind::printer, "printer", "a printer", "this printer", "containers", "documents", printer_sets, printer_rights},
    {object_kind::process, "process", "a process", "this process", "containers", "objects", process_sets, process_rights},
    {object_kind::share, "share", "a share", "this share", "containers", "objects", share_sets, file_rights},
}};
// clang-format on

constexpr bool is_ascending(std::span<kind_right const> rights) {
    for (std::size_t index = 1; index < rights.size(); ++index)
        if (rights[index - 1].bits >= rights[index].bits)
            return false;
    return true;
}

constexpr bool are_rows_sound() {
    for (std::size_t index = 0; index < kinds.size(); ++index)
        if (kinds[index].kind != static_cast<object_kind>(index) || !is_ascending(kinds[index].rights))
            return false;
    return is_ascending(standard_rights);
}
static_assert(are_rows_sound(), "a kind is its index, and each right is there once");

void add_words(std::vector<std::string_view>& words, std::uint32_t& left, std::uint32_t mask,
               std::span<kind_right const> rows) {
    for (auto const& row : rows) {
        if ((mask & row.bits) != row.bits || (left & row.bits) == 0)
            continue;
        words.push_back(row.words);
        left &= ~row.bits;
    }
}

// ---- what masks give away

struct mask_place {
    std::string_view list;
    std::size_t index;
    sddl::ace const* value;

    [[nodiscard]] std::string text() const { return fmt::format("ACE {} of the {}", index + 1, list); }
};

bool has_rights(sddl::ace const& value) {
    return sddl::is_allow(value.type) || sddl::is_deny(value.type) || sddl::is_audit(value.type) ||
           sddl::is_object_type(value.type);
}

std::vector<mask_place> masks_of(sddl::security_descriptor const& descriptor) {
    std::vector<mask_place> found;
    for (auto const& [name, list] : {std::pair{"DACL", &descriptor.dacl}, {"SACL", &descriptor.sacl}})
        if (*list)
            for (std::size_t index = 0; index < (*list)->aces.size(); ++index)
                if (has_rights((*list)->aces[index]))
                    found.push_back({name, index, &(*list)->aces[index]});
    return found;
}

bool may_be_of_a_key(std::uint32_t mask) {
    constexpr std::uint32_t key_bits = 0xF00F033F;
    return (mask & ~key_bits) == 0;
}

bool is_set_of_a_key(std::uint32_t mask) {
    return std::any_of(registry_sets.begin(), registry_sets.end(),
                       [mask](kind_right const& set) { return set.bits == mask; });
}

} // namespace

std::span<object_kind_row const> object_kinds() {
    return kinds;
}

object_kind_row const& row_of(object_kind kind) {
    return kinds[static_cast<std::size_t>(kind)];
}

std::optional<object_kind> find_object_kind(std::string_view name) {
    auto const* const row = std::find_if(kinds.begin(), kinds.end(),
                                         [name](object_kind_row const& one) { return one.name == name; });
    return row == kinds.end() ? std::nullopt : std::optional(row->kind);
}

std::vector<std::string> object_kind_names() {
    std::vector<std::string> names;
    for (auto const& row : kinds)
        names.emplace_back(row.name);
    return names;
}

std::string kind_mask_words(object_kind kind, sddl::access_mask mask) {
    auto const& row = row_of(kind);
    std::vector<std::string_view> words;
    auto left = mask.bits;
    add_words(words, left, mask.bits, row.sets);
    add_words(words, left, mask.bits, row.rights);
    add_words(words, left, mask.bits, standard_rights);
    auto text = fmt::format("{}", fmt::join(words, ", "));
    if (left != 0)
        text += fmt::format("{}0x{:x}", text.empty() ? "" : ", ", left);
    return text.empty() ? "nothing" : text;
}

std::string_view kind_bit_words(object_kind kind, std::uint32_t bit) {
    for (auto const rows : {row_of(kind).rights, std::span<kind_right const>(standard_rights)})
        for (auto const& row : rows)
            if (row.bits == bit)
                return row.words;
    return {};
}

bool is_of_file(sddl::access_mask mask) {
    return mask.contains(sddl::right_synchronize) || mask.bits == key_full_control || mask.bits == key_read;
}

kind_evidence guess_object_kind(sddl::security_descriptor const& descriptor) {
    auto const masks = masks_of(descriptor);
    auto const first = [&](auto const& is_so) {
        return std::find_if(masks.begin(), masks.end(), is_so);
    };
    if (auto const found = first([](mask_place const& one) { return sddl::is_object_type(one.value->type); });
        found != masks.end())
        return {object_kind::directory, fmt::format("{} is of an object type", found->text())};
    if (auto const found = first(
            [](mask_place const& one) { return (one.value->mask & sddl::right_synchronize).bits != 0; });
        found != masks.end())
        return {object_kind::file, fmt::format("{} has SYNCHRONIZE (0x100000), which is no right on a "
                                               "directory object",
                                               found->text())};
    bool const may_be_key = std::all_of(masks.begin(), masks.end(), [](mask_place const& one) {
        return may_be_of_a_key(one.value->mask.bits);
    });
    auto const key = first([](mask_place const& one) { return is_set_of_a_key(one.value->mask.bits); });
    if (may_be_key && key != masks.end())
        return {object_kind::registry,
                fmt::format("the mask of {} is the set {} of a registry key", key->text(),
                            key->value->mask.bits == key_full_control ? "KA"
                            : key->value->mask.bits == key_read       ? "KR"
                                                                      : "KW")};
    return {};
}

} // namespace dsplan::words
