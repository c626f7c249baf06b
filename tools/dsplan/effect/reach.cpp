#include <tools/dsplan/ascii_case.hpp>
#include <tools/dsplan/effect/reach.hpp>

#include <algorithm>
#include <optional>
#include <unordered_map>

namespace dsplan::effect {
namespace {

using directory::entry;

bool is_inherited_by(sddl::ace const& ace, sddl::guid const& class_guid) {
    return ace.has(sddl::ace_flag::container_inherit) &&
           (!ace.inherited_object_type || *ace.inherited_object_type == class_guid);
}

} // namespace

bool concerns(sddl::ace const& ace, std::span<sddl::sid const> token, property const& on) {
    bool const decides = sddl::is_allow(ace.type) || sddl::is_deny(ace.type);
    bool const conditional_allow =
        sddl::is_allow(ace.type) && sddl::is_callback(ace.type); // nobody knows the claims
    bool const property_matches =
        !ace.object_type || *ace.object_type == on.attribute || *ace.object_type == on.property_set;
    return decides && !conditional_allow && property_matches &&
           std::binary_search(token.begin(), token.end(), ace.trustee);
}

bool reaches_descendants(sddl::ace const& ace, sddl::guid const& class_guid) {
    return is_inherited_by(ace, class_guid) && !ace.has(sddl::ace_flag::no_propagate);
}

namespace {

bool is_effective_on_owner(sddl::ace const& ace) {
    return !ace.has(sddl::ace_flag::inherit_only);
}

// The outcome of an ordered walk over ACEs for a few wanted bits.
struct verdict {
    sddl::access_mask undecided;
    std::optional<std::string> denied_at;
    std::optional<std::string> blocked_at;
    bool unknown = false;

    [[nodiscard]] bool granted() const { return undecided.bits == 0 && !denied_at; }

    void see(sddl::ace const& ace, std::string_view where) {
        auto const decided = sddl::map_generic(ace.mask) & undecided;
        if (decided.bits == 0)
            return;
        undecided.bits &= ~decided.bits;
        if (sddl::is_deny(ace.type) && !denied_at)
            denied_at = std::string(where);
    }
};

class walker {
public:
    walker(property const& on, sddl::access_mask wanted, state const& which)
        : on_(on)
        , wanted_(wanted)
        , state_(which) {}

    verdict walk(entry const& object, sddl::guid const& class_guid, bool takes_nothing_from_above) {
        verdict found{wanted_, {}, {}, false};
        bool protected_list = takes_nothing_from_above;
        see(
            found, object, [](sddl::ace const& ace) { return is_effective_on_owner(ace); }, protected_list);
        entry const* below = &object;
        for (entry const* above = object.parent; !found.unknown; above = above->parent) {
            if (protected_list) {
                found.blocked_at = std::string(below->dn);
                break;
            }
            if (is_naming_context_root(*below))
                break;
            if (above == nullptr) {
                found.unknown = true;
                found.blocked_at = std::string(below->dn);
                break;
            }
            bool const direct = above == object.parent;
            see(
                found, *above,
                [&](sddl::ace const& ace) {
                    return direct ? is_inherited_by(ace, class_guid) : reaches_descendants(ace, class_guid);
                },
                protected_list);
            below = above;
        }
        return found;
    }

private:
    static bool is_naming_context_root(entry const& object) {
        constexpr std::int64_t head_of_naming_context = 1; // [MS-ADTS] 3.1.1.2.1, instanceType
        return object.is_a("domainDNS") || object.is_a("configuration") || object.is_a("dMD") ||
               (object.number(directory::attribute::instance_type).value_or(0) & head_of_naming_context) != 0;
    }

    template <class Applies>
    void see(verdict& found, entry const& object, Applies&& applies, bool& protected_list) {
        auto const* const dacl = state_.dacl_of(object);
        if (dacl == nullptr) {
            found.unknown = true;
            found.blocked_at = std::string(object.dn);
            return;
        }
        for (sddl::ace const& ace : dacl->aces)
            if (!ace.has(sddl::ace_flag::inherited) && concerns(ace, state_.token, on_) && applies(ace))
                found.see(ace, object.dn);
        protected_list = protected_list || object.descriptor->value->has(sddl::control_bit::dacl_protected);
    }

    property const& on_;
    sddl::access_mask wanted_;
    state const& state_;
};

object_class const* class_of(entry const& object, std::span<object_class const> classes) {
    auto const found = std::find_if(classes.begin(), classes.end(), [&](object_class const& candidate) {
        return equal_ignoring_case(object.structural_class(), candidate.ldap_display_name);
    });
    return found == classes.end() ? nullptr : &*found;
}

unreached explain(entry const& object, verdict const& found,
                  std::optional<directory::protection> const& protection) {
    unreached missed{std::string(object.dn), obstacle::not_granted, found.blocked_at.value_or("")};
    if (protection) {
        missed.why = obstacle::protected_account;
        missed.because = protection->through != nullptr ? std::string(protection->through->dn)
                         : protection->only_admin_count
                             ? "adminCount 1, a group that the export does not show"
                             : "the account itself";
    } else if (found.denied_at) {
        missed.why = obstacle::denied;
        missed.because = *found.denied_at;
    } else if (found.unknown) {
        missed.why = obstacle::unknown;
    } else if (found.blocked_at) {
        missed.why = obstacle::blocked_inheritance;
    }
    return missed;
}

} // namespace

reach measure_reach(directory::snapshot const& exported, std::span<directory::domain const> domains,
                    directory::protected_accounts const& protected_ones,
                    std::span<object_class const> classes, property const& on, sddl::access_mask wanted,
                    state const& before, state const& after) {
    reach measured;
    walker was(on, wanted, before);
    walker will_be(on, wanted, after);
    for (entry const& object : exported.entries()) {
        auto const* const class_found = class_of(object, classes);
        bool const in_scope =
            class_found != nullptr && std::any_of(domains.begin(), domains.end(), [&](auto const& domain) {
                return directory::is_at_or_below(object.key, domain.root->key);
            });
        if (!in_scope)
            continue;
        ++measured.objects;
        auto const protection = protected_ones.find(object);
        if (was.walk(object, class_found->guid, protection.has_value()).granted()) {
            ++measured.already;
            continue;
        }
        auto const found = will_be.walk(object, class_found->guid, protection.has_value());
        if (found.granted())
            ++measured.gained;
        else
            measured.not_reached.push_back(explain(object, found, protection));
    }
    return measured;
}

} // namespace dsplan::effect
