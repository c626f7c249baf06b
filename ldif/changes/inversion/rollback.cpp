#include <ldif/changes/inversion/rollback.hpp>
#include <ldif/changes/references.hpp>
#include <ldif/changes/storage/stored_record.hpp>
#include <ldif/changes/storage/stored_text.hpp>

#include <cstdint>

namespace dsplan::ldif {

void rollback::keep(record const& undoing) {
    std::string key;
    append_sorted(key, ~static_cast<std::uint64_t>(summary_.changes));
    std::string octets;
    append_stored_record(octets, undoing);
    records_.add(key, octets);
    ++summary_.records;
}

void rollback::keep_deletion(std::string const& dn) {
    record deletion;
    deletion.dn = dn;
    deletion.changetype = change_type::delete_entry;
    keep(deletion);
}

void rollback::lose(lost_state const& lost) {
    summary_.lost += lost.kind == lost_kind::unknown_values ? 0U : 1U;
    lose_(lost);
}

void rollback::note_restored(std::string_view dn) {
    restored_.put(key_in_export(dn), {});
}

void rollback::note_revived(std::string_view dn) {
    revived_.put(key_in_export(dn), {});
}

void rollback::note_renamed(std::string_view dn, std::string_view new_dn) {
    names_.rename(tree_key(dn), tree_key(new_dn), key_in_export(dn));
}

tl::expected<void, invert_error>
rollback::for_each(std::function<tl::expected<void, invert_error>(record const&)> const& use) {
    records_.rewind();
    std::string_view key;
    std::string_view octets;
    while (records_.next(key, octets))
        if (auto used = use(load_record(octets)); !used)
            return used;
    return {};
}

// Under the name that the object had before all changes.
std::string rollback::key_in_export(std::string_view dn) const {
    return names_.original(tree_key(dn));
}

} // namespace dsplan::ldif
