#include <sddl/write.hpp>
#include <tools/dsplan/directory/schema_names.hpp>
#include <tools/dsplan/review/descriptor_findings.hpp>
#include <tools/dsplan/words/descriptor_reading.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace dsplan::review {
namespace {

namespace flag = sddl::ace_flag;

// A right on one object type that gives more than its name says. [MS-ADTS] 5.1.3.2.1, [MS-ADA2]
struct dangerous_right {
    std::string_view rule;
    sddl::access_mask right;
    sddl::guid type;
};

sddl::guid guid_of(std::string_view text) {
    return sddl::parse_guid(text).value();
}

std::array<dangerous_right, 6> const& dangerous_rights() {
    static std::array<dangerous_right, 6> const rows{{
        {"takeover-key-credential", sddl::right_write_property,
         guid_of("5b47d60f-6090-40b2-9f37-2a4de88f3063")},
        {"takeover-key-credential", sddl::right_write_property,
         guid_of("9b026da6-0d3c-465c-8bee-5199d7165cba")},
        {"takeover-delegation", sddl::right_write_property, guid_of("3f78c3e5-f79a-46bd-a0b8-9d18116ddc79")},
        {"takeover-delegation", sddl::right_write_property, guid_of("4c164200-20c0-11d0-a768-00aa006e0529")},
        {"takeover-reset-password", sddl::right_control_access,
         guid_of("00299570-246d-11d0-a768-00aa006e0529")},
        {"takeover-replication", sddl::right_control_access, guid_of("1131f6ad-9c07-11d1-f79f-00c04fc2dcd2")},
    }};
    return rows;
}

constexpr sddl::access_mask changing_rights =
    sddl::right_create_child | sddl::right_delete_child | sddl::right_self_write |
    sddl::right_write_property | sddl::right_delete_tree | sddl::right_control_access | sddl::right_delete |
    sddl::right_write_dac | sddl::right_write_owner;

bool is_inheritable(sddl::ace const& value) {
    return value.has(flag::container_inherit) || value.has(flag::object_inherit);
}

class ace_judge {
public:
    ace_judge(written_descriptor const& written, words::name_context const& names,
              finding_list const& findings)
        : written_(written)
        , names_(names)
        , findings_(findings) {}

    void judge(std::size_t index) {
        value_ = &written_.after.dacl->aces[index];
        mask_ = sddl::map_generic(value_->mask);
        if (!sddl::is_known_type(value_->type))
            return;
        unknown_names();
        if (has_no_effect(index) || !sddl::is_allow(value_->type) ||
            words::is_administrative(value_->trustee))
            return;
        takeover();
        if (words::is_nearly_everybody(value_->trustee) && (mask_ & changing_rights).bits != 0)
            add("broad-trustee", fmt::format("{}: {}", who(), may()));
    }

private:
    [[nodiscard]] std::string who() const { return names_.account(value_->trustee); }

    [[nodiscard]] std::string may() const {
        auto const words = words::read_ace(*value_, names_);
        return words.applies_to == "this object" ? words.may
                                                 : fmt::format("{}, on {}", words.may, words.applies_to);
    }

    void add(std::string_view rule, std::string text) const {
        findings_.add(
            rule, std::move(text),
            {{std::string(written_.object.dn), std::string(written_.attribute), names_.text(*value_)}});
    }

    // ---- what it gives away

    void takeover() const {
        if (!value_->object_type && mask_.contains(sddl::directory_full_control)) {
            add("takeover-full-control", fmt::format("{}: {}", who(), may()));
            return;
        }
        if (!value_->object_type && (mask_ & (sddl::right_write_dac | sddl::right_write_owner)).bits != 0)
            add("takeover-permissions", fmt::format("{}: {}", who(), may()));
        if (!value_->object_type && mask_.contains(sddl::right_write_property))
            add("takeover-write-all", fmt::format("{}: {}; the write is for every property", who(), may()));
        typed_rights();
        group_membership();
    }

    void typed_rights() const {
        for (auto const& row : dangerous_rights()) {
            bool const is_all_extended = !value_->object_type && row.right == sddl::right_control_access;
            // Replication rights count on the root of a naming context only.
            if (is_all_extended && row.rule == "takeover-replication" && !written_.object.is_domain_root)
                continue;
            if (mask_.contains(row.right) && (value_->object_type == row.type || is_all_extended))
                add(row.rule, fmt::format("{}: {}", who(), may()));
        }
    }

    void group_membership() const {
        static auto const member = guid_of("bf9679c0-0de6-11d0-a285-00aa003049e2");
        static auto const membership = guid_of("bc0ac240-79a9-11d0-9020-00c04fc2d4cf");
        if (!written_.object.is_privileged_group && !written_.object.is_admin_sd_holder)
            return;
        bool const writes = mask_.contains(sddl::right_write_property) &&
                            (value_->object_type == member || value_->object_type == membership);
        bool const adds_itself =
            mask_.contains(sddl::right_self_write) && (!value_->object_type || value_->object_type == member);
        if (writes || adds_itself)
            add("takeover-group", fmt::format("{}: {}", who(), may()));
    }

    // ---- whether it does anything

    [[nodiscard]] bool has_no_effect(std::size_t index) const {
        if (value_->has(flag::inherit_only) && !is_inheritable(*value_)) {
            add("ace-inherit-only-nowhere", fmt::format("the ACE for {} counts nowhere", who()));
            return true;
        }
        if (mask_.bits == 0) {
            add("ace-no-rights", fmt::format("the ACE for {} names no right", who()));
            return true;
        }
        return is_of_wrong_class() || is_shadowed(index);
    }

    // The class whose objects the ACE is for; null where there are several or it is not known.
    [[nodiscard]] directory::schema_class const* only_class() const {
        if (written_.object.is_admin_sd_holder)
            return nullptr; // its list is for the accounts and groups that it is stamped on
        if (value_->inherited_object_type && is_inheritable(*value_) && value_->has(flag::inherit_only))
            return names_.known.find_class(*value_->inherited_object_type);
        if (is_inheritable(*value_) || written_.object.object_class.empty())
            return nullptr;
        return names_.known.find_class(written_.object.object_class);
    }

    [[nodiscard]] bool is_of_wrong_class() const {
        auto const fault =
            is_inheritable(*value_) && names_abstract_class() ? abstract_class_text() : meaningless_type();
        if (!fault.empty())
            add("ace-wrong-class", fault);
        return !fault.empty();
    }

    // Objects inherit by their most specific class, which is never an abstract one. [MS-ADTS] 6.1.3
    [[nodiscard]] bool names_abstract_class() const {
        auto const* const heir =
            value_->inherited_object_type ? names_.known.find_class(*value_->inherited_object_type) : nullptr;
        return heir != nullptr && heir->category == directory::class_category::abstract &&
               value_->has(flag::inherit_only);
    }

    [[nodiscard]] std::string abstract_class_text() const {
        return fmt::format("no object inherits as a {}, which is an abstract class",
                           names_.known.find_class(*value_->inherited_object_type)->name);
    }

    // Why the object type can never apply to the only class that the ACE is for; empty where it can.
    [[nodiscard]] std::string meaningless_type() const {
        constexpr auto typed = sddl::right_read_property | sddl::right_write_property |
                               sddl::right_self_write | sddl::right_control_access |
                               sddl::right_create_child | sddl::right_delete_child;
        auto const* const of = only_class();
        if (of == nullptr || !value_->object_type || (mask_.bits & ~typed.bits) != 0)
            return {};
        auto const name = directory::object_type_name(names_.known, *value_->object_type, value_->mask);
        if (!name || names_.has_meaning(*of, *value_->object_type, mask_))
            return {};
        switch (name->kind) {
        case directory::schema_kind::attribute:
            return fmt::format("objects of class {} have no {}", of->name, name->text);
        case directory::schema_kind::property_set:
            return fmt::format("objects of class {} have no attribute of {}", of->name, name->text);
        case directory::schema_kind::object_class:
            return fmt::format("no {} can stand below objects of class {}", name->text, of->name);
        case directory::schema_kind::extended_right:
        case directory::schema_kind::validated_write:
            break;
        }
        return fmt::format("{} does not apply to objects of class {}", name->text, of->name);
    }

    [[nodiscard]] bool is_shadowed(std::size_t index) const {
        if (!sddl::is_allow(value_->type))
            return false;
        auto const& aces = written_.after.dacl->aces;
        auto const found = std::find_if(aces.begin(), aces.begin() + static_cast<std::ptrdiff_t>(index),
                                        [this](sddl::ace const& before) { return takes_all_of(before); });
        if (found == aces.begin() + static_cast<std::ptrdiff_t>(index))
            return false;
        add("ace-shadowed", fmt::format("{} denies all that the ACE allows {}", names_.text(*found), who()));
        return true;
    }

    // Whether a deny ACE speaks of every right, for the trustee, wherever the ACE counts. Conditional ones
    // may not.
    [[nodiscard]] bool takes_all_of(sddl::ace const& before) const {
        constexpr sddl::sid everyone{.sub_authority_count = 1, .identifier_authority = {0, 0, 0, 0, 0, 1}};
        if (!sddl::is_deny(before.type) || sddl::is_callback(before.type))
            return false;
        bool const same_types =
            (!before.object_type || before.object_type == value_->object_type) &&
            (!before.inherited_object_type || before.inherited_object_type == value_->inherited_object_type);
        constexpr std::uint8_t kinds = flag::container_inherit | flag::object_inherit;
        bool const reaches_as_far =
            (before.flags & kinds & value_->flags) == (value_->flags & kinds) &&
            (!before.has(flag::inherit_only) || value_->has(flag::inherit_only)) &&
            (!before.has(flag::no_propagate) || value_->has(flag::no_propagate) || !is_inheritable(*value_));
        return same_types && reaches_as_far && sddl::map_generic(before.mask).contains(mask_) &&
               (before.trustee == value_->trustee || before.trustee == everyone ||
                names_.is_in(value_->trustee, before.trustee));
    }

    // ---- names

    void unknown_names() const {
        if (value_->object_type &&
            !directory::object_type_name(names_.known, *value_->object_type, value_->mask))
            add("unknown-guid",
                fmt::format("{} is no class, attribute or right of the schema", *value_->object_type));
        if (value_->inherited_object_type &&
            names_.known.find_class(*value_->inherited_object_type) == nullptr)
            add("unknown-guid", fmt::format("{} is no class of the schema", *value_->inherited_object_type));
        if (names_.exported != nullptr && words::domain_identifier(value_->trustee) != 0 &&
            names_.exported->find(value_->trustee) == nullptr)
            add("unresolved-sid", fmt::format("the base has no account {}", who()));
    }

    written_descriptor const& written_;
    words::name_context const& names_;
    finding_list const& findings_;
    sddl::ace const* value_ = nullptr;
    sddl::access_mask mask_{};
};

} // namespace

void find_in_aces(written_descriptor const& written, std::vector<std::size_t> const& candidates,
                  words::name_context const& names, finding_list const& findings) {
    ace_judge judge(written, names, findings);
    for (auto const index : candidates)
        judge.judge(index);
}

} // namespace dsplan::review
