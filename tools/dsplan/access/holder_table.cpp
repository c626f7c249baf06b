#include <tools/dsplan/access/holder_table.hpp>

#include <utility>

namespace dsplan::access {

void holder_table::entry::add(std::uint32_t token_class, std::size_t objects) {
    by_class_[token_class] += static_cast<std::ptrdiff_t>(objects);
}

void holder_table::entry::add_all_but(std::vector<std::uint32_t> const& token_classes, std::size_t objects) {
    of_all_ += static_cast<std::ptrdiff_t>(objects);
    for (auto const token_class : token_classes)
        by_class_[token_class] -= static_cast<std::ptrdiff_t>(objects);
}

void holder_table::entry::count(object_group const& group) {
    if (std::exchange(group_, group.number) != group.number) {
        alone_counted_.clear();
        is_whole_ = false;
    }
    if (is_whole_)
        return;
    if (group.alone != no_object) {
        if (alone_counted_.insert(group.alone).second)
            ++found_.objects;
        return;
    }
    is_whole_ = true;
    found_.objects += group.objects.size() - alone_counted_.size();
}

holder_table::entry& holder_table::note(object_group const& group, sddl::access_decision const& decision) {
    sddl::sid trustee = everyone; // a NULL DACL
    if (decision.basis == sddl::access_basis::ace)
        trustee = group.list.dacl->aces[decision.index].trustee;
    else if (decision.basis == sddl::access_basis::ownership)
        trustee = *group.list.owner;
    auto& made = entries_[{trustee, decision.basis}];
    made.found_.trustee = trustee;
    made.found_.basis = decision.basis;
    // The first of all, whatever the order of the groups is.
    auto const example = group.alone == no_object ? group.objects.front() : group.alone;
    if (example < made.found_.example) {
        made.found_.example = example;
        made.found_.example_ace = decision.index;
    }
    made.count(group);
    return made;
}

std::vector<holder> holder_table::take(directory_image const& image, token_classes const& tokens) && {
    std::vector<holder> made;
    for (auto& [key, each] : entries_) {
        if (each.of_all_ != 0)
            for (std::uint32_t index = 0; index < tokens.classes.size(); ++index)
                each.by_class_[index] += each.of_all_;
        for (auto const& [index, objects] : each.by_class_)
            for (auto const account : tokens.classes[index].accounts)
                if (objects > 0 && is_account(image, account))
                    each.found_.accounts.emplace(account, static_cast<std::size_t>(objects));
        made.push_back(std::move(each.found_));
    }
    return made;
}

} // namespace dsplan::access
