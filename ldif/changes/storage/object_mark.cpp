#include <ldif/alternative_name.hpp>
#include <ldif/changes/storage/object_mark.hpp>
#include <ldif/text/name_folding.hpp>

namespace dsplan::ldif {

std::string object_mark(std::string_view value) {
    return guid_octets(value).value_or(std::string(value));
}

std::string sid_mark(std::string_view value) {
    return sid_octets(value).value_or(std::string(value));
}

namespace {

// Built-in groups have one SID in several domains.
bool is_of_account(std::string_view sid) {
    constexpr std::string_view account_sid("\1\5\0\0\0\0\0\5\25\0\0\0", 12); // S-1-5-21-... with five parts
    return sid.starts_with(account_sid);
}

} // namespace

std::string object_mark(record_view const& record) {
    std::string_view sid;
    bool is_foreign = false; // a foreign security principal has the SID of an account of another domain
    for (auto const& it : record.attributes) {
        if (equals_keyword(it.description, "objectguid"))
            return 'G' + object_mark(it.value);
        if (sid.empty() && equals_keyword(it.description, "objectsid"))
            sid = it.value;
        is_foreign = is_foreign || (equals_keyword(it.description, "objectclass") &&
                                    equals_keyword(it.value, "foreignsecurityprincipal"));
    }
    auto const octets = sid_mark(sid);
    return !is_foreign && is_of_account(octets) ? 'S' + octets : std::string();
}

bool may_be_one(std::string_view mark, std::string_view other) {
    return mark.empty() || other.empty() || mark.front() != other.front() || mark == other;
}

} // namespace dsplan::ldif
