#include <ldif/distinguished_name.hpp>
#include <sddl/parse.hpp>
#include <sddl/self_relative.hpp>
#include <tools/dsplan/access/holder_search.hpp>
#include <tools/dsplan/paths/account_flags.hpp>
#include <tools/dsplan/paths/directory_side.hpp>

#include <algorithm>
#include <set>
#include <span>

namespace dsplan::paths {
namespace {

using directory::attribute;
using lists = std::set<sddl::security_descriptor const*>;

void add_sids(std::set<sddl::sid>& sids, sddl::security_descriptor const& list) {
    if (list.owner)
        sids.insert(*list.owner);
    if (!list.dacl)
        return;
    for (auto const& value : list.dacl->aces) {
        auto const deciding = access::deciding_sids(value);
        sids.insert(deciding.begin(), deciding.end());
    }
}

// Values that say who may act for others, or retrieve a password, are lists, too.
void add_value_sids(std::set<sddl::sid>& sids, access::directory_image const& image) {
    for (auto const& object : image.objects) {
        for (auto const name : {attribute::ms_ds_allowed_to_act_on_behalf_of_other_identity,
                                attribute::ms_ds_group_msa_membership}) {
            auto const value = object.exported->first(name);
            if (auto const list = value ? descriptor_in(*value) : std::nullopt)
                add_sids(sids, *list);
        }
    }
}

// So are the local administrators of read-only domain controllers, by name.
void add_manager_sids(std::set<sddl::sid>& sids, access::directory_image const& image) {
    std::set<std::string> managers; // keys
    for (auto const& object : image.objects) {
        auto const flags = object.exported->number(attribute::user_account_control).value_or(0);
        auto const name = object.exported->first(attribute::managed_by);
        if (name && (flags & account_flag::partial_secrets) != 0)
            managers.insert(ldif::normalize(*name).value_or(std::string()));
    }
    for (auto const& object : image.objects)
        if (!managers.empty() && object.exported->sid && managers.contains(std::string(object.exported->key)))
            sids.insert(*object.exported->sid);
}

} // namespace

std::optional<sddl::security_descriptor> descriptor_in(std::string_view value) {
    auto const read = value.starts_with("O:") || value.starts_with("D:")
                          ? sddl::parse(value)
                          : sddl::read_self_relative(std::as_bytes(std::span(value)));
    return read ? std::optional(*read) : std::nullopt;
}

tokens_of_both::tokens_of_both(effect::projection const& change, std::set<sddl::sid> const& also) {
    lists distinct;
    for (auto const* const image : {&change.before, &change.after})
        for (auto const& object : image->objects)
            distinct.insert(object.descriptor);
    distinct.insert(change.until_task.begin(), change.until_task.end());
    distinct.erase(nullptr);
    std::set<sddl::sid> sids = also;
    for (auto const* const list : distinct)
        add_sids(sids, *list);
    for (auto const* const image : {&change.before, &change.after})
        for (auto const& [group, outside] : image->outside)
            sids.insert(outside.sids.begin(), outside.sids.end());
    add_value_sids(sids, change.before);
    add_value_sids(sids, change.after);
    add_manager_sids(sids, change.before);
    add_manager_sids(sids, change.after);
    std::set<sddl::sid> carried;
    for (object_index object = 0; object < change.after.objects.size(); ++object) {
        auto const& is = change.after.objects[object];
        if (!is.exported->sid)
            continue;
        carried.insert(*is.exported->sid);
        if (!access::is_account(change.after, object))
            also_.push_back(object);
    }
    for (auto const& sid : directory::everybody)
        sids.insert(sid);
    sids_.assign(sids.begin(), sids.end());
    std::set_difference(sids.begin(), sids.end(), carried.begin(), carried.end(), std::back_inserter(bare_));
    access::holder_search before(change.before);
    access::holder_search after(change.after);
    made_ = access::make_token_classes({before, after, sids_, also_, bare_});
}

std::uint32_t tokens_of_both::class_of_bare(sddl::sid const& sid) const {
    auto const found = std::lower_bound(bare_.begin(), bare_.end(), sid);
    if (found == bare_.end() || *found != sid)
        return access::no_class;
    return made_.first_bare + static_cast<std::uint32_t>(found - bare_.begin());
}

sddl::security_descriptor const* directory_side::list_of(object_index object) const {
    auto const* const list = until_task != nullptr && object < until_task->size()
                                 ? (*until_task)[object]
                                 : image.objects[object].descriptor;
    bool const is_known = list != nullptr && sddl::dacl_state(*list) != sddl::acl_state::absent;
    return is_known ? list : nullptr;
}

sddl::security_token const& directory_side::token_of(std::uint32_t token_class, std::uint32_t domain) const {
    auto const& one = tokens.classes().classes[token_class];
    return is_after ? one.tokens_after[domain] : one.tokens_before[domain];
}

bool directory_side::is_a(object_index object, std::string_view class_name) const {
    auto const& classes = image.classes[image.objects[object].classes];
    return directory::is_derived_from(classes, class_name);
}

directory::object_classes const* directory_side::classes_of(object_index object) const {
    auto const& classes = image.classes[image.objects[object].classes];
    return classes.structural == nullptr ? nullptr : &classes;
}

} // namespace dsplan::paths
