#include <ldif/distinguished_name.hpp>
#include <sddl/parse.hpp>
#include <sddl/parse_error.hpp>
#include <sddl/self_relative.hpp>
#include <tools/dsplan/effect/change_application.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/number_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <unordered_map>

namespace dsplan::effect {
namespace {

bool is_named(std::string_view description, std::string_view name) {
    return equal_ignoring_case(description.substr(0, description.find(';')), name);
}

class changer {
public:
    changer(access::directory_image& image, change_context const& context)
        : image_(image)
        , context_(context) {}

    result<void> apply(ldif::record const& change) {
        record_ = &change;
        if (change.dn.empty())
            return {}; // operations of the rootDSE change no object
        ++summary_.records;
        switch (change.changetype.value_or(ldif::change_type::add)) {
        case ldif::change_type::add:
        case ldif::change_type::ntds_schema_add:
            return add();
        case ldif::change_type::delete_entry:
        case ldif::change_type::ntds_schema_delete:
            return remove();
        case ldif::change_type::modify:
        case ldif::change_type::ntds_schema_modify:
            return modify();
        case ldif::change_type::modrdn:
        case ldif::change_type::moddn:
        case ldif::change_type::ntds_schema_modrdn:
            return rename();
        }
        return {};
    }

    [[nodiscard]] change_summary take() && { return std::move(summary_); }

private:
    [[nodiscard]] tl::unexpected<failure> fail(std::string_view expected, std::string_view found) const {
        return tl::unexpected(
            failure{fmt::format("expected {}, found {}", expected, found),
                    fmt::format("  change record in line {}, {}\n", record_->line, printable(record_->dn))});
    }

    // Names of added and moved objects come first; an object of the export counts where it still is.
    [[nodiscard]] access::object_index find(std::string_view dn) const {
        auto const key = ldif::normalize(dn);
        return key ? find_key(*key) : access::no_object;
    }

    [[nodiscard]] access::object_index find_key(std::string const& key) const {
        if (auto const renamed = renamed_.find(key); renamed != renamed_.end())
            return image_.objects[renamed->second].is_deleted ? access::no_object : renamed->second;
        if (auto const* const exported = context_.exported.find(key)) {
            auto const object = index_of(*exported);
            return is_in_place(object) ? object : access::no_object;
        }
        // Below an object that moved: its children are found by the name they had.
        auto const above = directory::parent_key(key);
        auto const parent = above.empty() ? access::no_object : find_key(std::string(above));
        if (parent == access::no_object || image_.objects[parent].exported == nullptr)
            return access::no_object;
        auto const old_key =
            key.substr(0, key.size() - above.size()) + std::string(image_.objects[parent].exported->key);
        auto const* const exported = context_.exported.find(old_key);
        return exported != nullptr && !image_.objects[index_of(*exported)].is_moved ? index_of(*exported)
                                                                                    : access::no_object;
    }

    [[nodiscard]] access::object_index index_of(directory::entry const& exported) const {
        return static_cast<access::object_index>(&exported - context_.exported.entries().data());
    }

    [[nodiscard]] bool is_in_place(access::object_index object) const {
        if (image_.objects[object].is_deleted)
            return false;
        for (auto above = object; above != access::no_object; above = image_.objects[above].parent) {
            if (image_.objects[above].is_moved)
                return false;
        }
        return true;
    }

    [[nodiscard]] bool has_children(access::object_index object) const {
        return std::any_of(image_.objects.begin(), image_.objects.end(),
                           [&](access::image_object const& candidate) {
                               return candidate.parent == object && !candidate.is_deleted;
                           });
    }

    result<void> set_descriptor(access::object_index object, std::string_view octets) {
        auto descriptor = sddl::read_self_relative(std::as_bytes(std::span(octets)));
        if (!descriptor)
            return fail("a security descriptor in nTSecurityDescriptor", sddl::message(descriptor.error()));
        if (!descriptor->dacl)
            return fail("a security descriptor with a DACL", "one without: a domain controller refuses it");
        image_.objects[object].descriptor = &image_.made.emplace_back(*std::move(descriptor));
        image_.objects[object].is_written = true;
        ++summary_.descriptors;
        return {};
    }

    result<void> add() {
        auto const key = ldif::normalize(record_->dn);
        if (!key)
            return fail(key.error().expected, key.error().found);
        if (find_key(*key) != access::no_object)
            return fail("the name of a new object", "one that the export has");
        auto const parent = find_key(std::string(directory::parent_key(*key)));
        if (parent == access::no_object)
            return fail("a container that the export has", "none");
        auto const object = static_cast<access::object_index>(image_.objects.size());
        auto& made = image_.objects.emplace_back();
        made.parent = parent;
        made.is_written = true;
        image_.members.emplace_back();
        image_.new_names.emplace(object, record_->dn);
        renamed_.insert_or_assign(*key, object);
        ++summary_.added;
        return add_attributes(object);
    }

    result<void> add_attributes(access::object_index object) {
        std::vector<std::string_view> names;
        std::string_view octets;
        for (auto const& line : record_->attributes) {
            if (is_named(line.description, "objectClass"))
                names.push_back(line.value);
            else if (is_named(line.description, "nTSecurityDescriptor"))
                octets = line.value;
            else if (is_named(line.description, "member")) {
                if (auto linked = change_member(object, line.value, true); !linked)
                    return linked;
            }
        }
        image_.objects[object].classes = static_cast<std::uint32_t>(image_.classes.size());
        image_.classes.push_back(context_.known.resolve(names));
        if (directory::is_derived_from(image_.classes.back(), "user"))
            summary_.not_followed.push_back(fmt::format(
                "what the new account {} may do: it gets its SID when it is made", printable(record_->dn)));
        if (!octets.empty())
            return set_descriptor(object, octets);
        set_class_default(object);
        return {};
    }

    // Who will own the new object is whoever imports the change; a Domain Admin's objects belong to that
    // group.
    void set_class_default(access::object_index object) {
        auto const& made = image_.objects[object];
        auto const* const structural = image_.classes[made.classes].structural;
        auto near = made.parent;
        while (near != access::no_object && image_.objects[near].exported == nullptr)
            near = image_.objects[near].parent;
        auto const sids =
            context_.sids_near(near == access::no_object ? nullptr : image_.objects[near].exported);
        auto descriptor = structural == nullptr ? sddl::result<sddl::security_descriptor>{}
                                                : sddl::parse(structural->default_descriptor, sids);
        if (structural == nullptr || !descriptor || !sids.domain) {
            summary_.not_followed.push_back(fmt::format(
                "the descriptor that {} gets from its class is not known", printable(record_->dn)));
            image_.objects[object].descriptor = nullptr;
            return;
        }
        constexpr std::uint32_t domain_admins = 512;
        descriptor->owner = sddl::with_relative_identifier(*sids.domain, domain_admins);
        descriptor->group = descriptor->owner;
        if (!descriptor->dacl)
            sddl::set_dacl(*descriptor, {});
        image_.objects[object].descriptor = &image_.made.emplace_back(*std::move(descriptor));
    }

    result<void> remove() {
        auto const object = find(record_->dn);
        if (object == access::no_object)
            return fail("an object of the export", "none of that name");
        if (has_children(object))
            return fail("an object without children to delete", "a container that is not empty");
        image_.objects[object].is_deleted = true;
        for (auto& members : image_.members)
            std::erase(members, object);
        image_.members[object].clear();
        ++summary_.deleted;
        return {};
    }

    result<void> rename() {
        auto const object = find(record_->dn);
        if (object == access::no_object)
            return fail("an object of the export", "none of that name");
        auto const old = ldif::parse_distinguished_name(record_->dn);
        auto const leaf = ldif::parse_distinguished_name(record_->renamed->relative_distinguished_name);
        if (!leaf || leaf->rdns.empty() || !old)
            return fail("a relative distinguished name",
                        "'" + record_->renamed->relative_distinguished_name + "'");
        auto above = record_->renamed->superior
                         ? ldif::parse_distinguished_name(*record_->renamed->superior)
                         : ldif::parse_distinguished_name(ldif::to_string(ldif::parent(*old).value_or(*old)));
        auto const parent = above ? find(ldif::to_string(*above)) : access::no_object;
        if (parent == access::no_object)
            return fail("a container of the export as newsuperior", "none of that name");
        for (auto step = parent; step != access::no_object; step = image_.objects[step].parent) {
            if (step == object)
                return fail("a container that is not the object itself or below it", "one that is");
        }
        above->rdns.insert(above->rdns.begin(), leaf->rdns.front());
        image_.objects[object].parent = parent;
        image_.objects[object].is_moved = true;
        image_.new_names.insert_or_assign(object, ldif::to_string(*above));
        renamed_.insert_or_assign(ldif::normalized(*above), object);
        ++summary_.moved;
        return {};
    }

    result<void> modify() {
        auto const object = find(record_->dn);
        if (object == access::no_object)
            return fail("an object of the export", "none of that name");
        for (ldif::modification const& change : record_->modifications) {
            if (auto done = modify(object, change); !done)
                return done;
        }
        return {};
    }

    result<void> modify(access::object_index object, ldif::modification const& change) {
        using enum ldif::modification_operation;
        if (is_named(change.description, "nTSecurityDescriptor")) {
            if (change.operation == delete_values)
                return {}; // what is added behind it counts
            if (change.values.size() != 1)
                return fail("one value of nTSecurityDescriptor", with_thousands(change.values.size()));
            return set_descriptor(object, change.values.front());
        }
        if (is_named(change.description, "member"))
            return modify_members(object, change);
        if (is_named(change.description, "primaryGroupID"))
            return change_primary_group(object, change);
        for (std::string_view const name : {"objectClass", "sIDHistory", "dSHeuristics"}) {
            if (is_named(change.description, name))
                summary_.not_followed.push_back(
                    fmt::format("the effect of {} of {} is not computed", name, printable(record_->dn)));
        }
        return {};
    }

    // An account stays in both groups: it must be a member of the new one before, and the server makes the
    // old one an ordinary membership. [MS-SAMR] 3.1.1.8.2
    result<void> change_primary_group(access::object_index object, ldif::modification const& change) {
        auto const* const account = image_.objects[object].exported;
        std::uint32_t rid = 0;
        auto const& text =
            change.values.empty() ? std::string_view() : std::string_view(change.values.front());
        auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), rid);
        if (error != std::errc{} || end != text.data() + text.size())
            return fail("a relative identifier in primaryGroupID", "'" + printable(text) + "'");
        auto const home = account != nullptr && account->sid ? sddl::domain_of(*account->sid) : std::nullopt;
        auto const sid = home ? sddl::with_relative_identifier(*home, rid) : std::nullopt;
        auto const* const group = sid ? context_.exported.find(*sid) : nullptr;
        if (group == nullptr) {
            summary_.not_followed.push_back(
                fmt::format("the primary group {} of {} is not in the export", rid, printable(record_->dn)));
            return {};
        }
        auto const& members = image_.members[index_of(*group)];
        if (std::find(members.begin(), members.end(), object) == members.end())
            return fail("a primary group that the account is a member of", printable(group->dn));
        return {};
    }

    result<void> modify_members(access::object_index group, ldif::modification const& change) {
        using enum ldif::modification_operation;
        bool const clears =
            change.operation == replace || (change.operation == delete_values && change.values.empty());
        if (clears) {
            summary_.members_removed += image_.members[group].size();
            image_.members[group].clear();
        }
        for (std::string const& dn : change.values) {
            if (auto done = change_member(group, dn, change.operation != delete_values); !done)
                return done;
        }
        return {};
    }

    result<void> change_member(access::object_index group, std::string_view dn, bool add) {
        auto member = find(dn);
        if (member == access::no_object) {
            summary_.not_followed.push_back(fmt::format("the member {} is not in the export", printable(dn)));
            return {};
        }
        auto const* const exported = image_.objects[member].exported;
        if (exported != nullptr && exported->sid && exported->is_a("foreignSecurityPrincipal")) {
            if (auto const* const account = context_.exported.find(*exported->sid))
                member = index_of(*account);
        }
        auto& members = image_.members[group];
        auto const place = std::find(members.begin(), members.end(), member);
        if (add == (place != members.end()))
            return fail(add ? "a member that the group does not have" : "a member of the group",
                        fmt::format("{}, which {}", printable(dn), add ? "it has" : "it does not have"));
        if (add)
            members.push_back(member);
        else
            members.erase(place);
        ++(add ? summary_.members_added : summary_.members_removed);
        return {};
    }

    access::directory_image& image_;
    change_context const& context_;
    ldif::record const* record_ = nullptr;
    std::unordered_map<std::string, access::object_index> renamed_;
    change_summary summary_;
};

} // namespace

result<change_summary> apply_changes(access::directory_image& image, change_context const& context,
                                     std::span<ldif::record const> changes) {
    changer applied(image, context);
    for (ldif::record const& change : changes) {
        if (auto done = applied.apply(change); !done)
            return tl::unexpected(std::move(done).error());
    }
    return std::move(applied).take();
}

} // namespace dsplan::effect
