#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/review/value_reading.hpp>
#include <tools/dsplan/review/value_tests.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

/// Values of certificate templates. [MS-CRTD] 2
namespace dsplan::review::value_tests {
namespace {

struct purpose_row {
    std::string_view oid;
    std::string_view words;
    bool is_for_any_account; ///< beyond the account that enrolls
};
constexpr std::array purposes{
    purpose_row{"1.3.6.1.4.1.311.20.2.1", "a certificate of the template requests others for anybody", true},
    purpose_row{"1.3.6.1.4.1.311.20.2.2", "a certificate of the template is good for logging on", false},
    purpose_row{"1.3.6.1.5.2.3.4", "a certificate of the template is good for logging on", false},
    purpose_row{"1.3.6.1.5.5.7.3.2", "a certificate of the template is good for logging on", false},
    purpose_row{"2.5.29.37.0", "a certificate of the template is good for everything", true},
};

std::uint32_t bits_after(value_change const& change) {
    return change.removes || change.values.empty() ? 0 : bits_of(change.values.front()).value_or(0);
}

std::uint32_t bits_before(value_change const& change) {
    return change.before.empty() ? 0 : bits_of(change.before.front()).value_or(0);
}

} // namespace

std::string enrollee_names_subject(value_change const& change) {
    constexpr std::uint32_t subject = 0x1;
    constexpr std::uint32_t alternative_name = 0x10000;
    auto const set = bits_after(change) & ~bits_before(change) & (subject | alternative_name);
    return set == 0 ? "" : "the person who enrolls names the account in the certificate";
}

std::string drops_approval(value_change const& change) {
    constexpr std::uint32_t pending = 0x2;
    constexpr std::uint32_t no_security_extension = 0x80000;
    if ((bits_after(change) & ~bits_before(change) & no_security_extension) != 0)
        return "certificates do not name the SID of their account";
    return (bits_before(change) & ~bits_after(change) & pending) != 0
               ? "requests no longer wait for an approval"
               : "";
}

std::string drops_signature(value_change const& change) {
    auto const before = change.number_before();
    auto const after = change.removes_all() ? std::optional<std::int64_t>(0) : change.number();
    bool const is_fewer = after && (before ? *after < *before : *after == 0);
    return is_fewer && !change.is_new_object
               ? fmt::format("a request needs {} signatures of an enrollment agent", *after)
               : std::string();
}

std::string makes_authorities(value_change const& change) {
    constexpr std::uint32_t is_authority = 0x80;
    auto const& object = change.object;
    bool const is_template = object.object_class.empty()
                                 ? object.dn.find(",CN=Certificate Templates,") != std::string_view::npos
                                 : equal_ignoring_case(object.object_class, "pKICertificateTemplate");
    return is_template && (bits_after(change) & ~bits_before(change) & is_authority) != 0
               ? "a certificate of the template issues others"
               : "";
}

std::string is_good_for_logon(value_change const& change) {
    for (auto const value : change.coming())
        for (auto const& row : purposes)
            if (row.oid == value && (row.is_for_any_account || !change.is_new_object))
                return fmt::format("{} ({})", row.words, row.oid);
    // Without any purpose a certificate is good for all of them.
    bool const loses_all = change.removes_all() || (change.removes && change.is_base_known &&
                                                    change.going().size() == change.before.size());
    return loses_all ? "a certificate of the template is good for everything" : "";
}

} // namespace dsplan::review::value_tests
