#include <sddl/canonical_order.hpp>
#include <sddl/inherit.hpp>
#include <tools/dsplan/directory/ace_origin.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/plan/list_order.hpp>
#include <tools/dsplan/plan/request/descriptor_work.hpp>
#include <tools/dsplan/plan/request/token_sharing.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::plan {
namespace {

namespace bit = sddl::control_bit;

std::uint16_t protection_of(wanted_inheritance const& wanted) {
    return wanted.is_of_the_sacl ? bit::sacl_protected : bit::dacl_protected;
}

std::string_view what_of(wanted_inheritance const& wanted) {
    return wanted.is_of_the_sacl ? "auditing ACEs" : "ACEs";
}

void make_own(sddl::ace& value) {
    value.flags = static_cast<std::uint8_t>(value.flags & ~sddl::ace_flag::inherited);
}

void put_in_canonical_order(tracked_list& aces) {
    std::stable_sort(aces.begin(), aces.end(), [](placed_ace const& a, placed_ace const& b) {
        return sddl::block_of(a.value) < sddl::block_of(b.value);
    });
}

// The inherited ACEs stand in their parents' order: a nearer grant before a farther denial. As own ACEs they
// are either left so, or sorted, and then the denial decides.
void order_copies(descriptor_work& work, std::string const& order) {
    if (order == "canonical")
        return put_in_canonical_order(work.dacl);
    auto const pair = find_order_that_matters(work.dacl, work.set_of(), sharing_of(work.facts.context));
    if (order == "auto" && pair)
        return work.stop("order-changes-meaning",
                         fmt::format("{}: an inherited ACE that allows stands before one that denies some of "
                                     "the same; as own ACEs their order decides who has access",
                                     work.object().dn),
                         work.seen(std::vector{work.dacl[pair->first].value, work.dacl[pair->second].value}),
                         "order = \"keep\" leaves it allowed; order = \"canonical\" makes it denied");
    if (order == "auto")
        return put_in_canonical_order(work.dacl);
    if (auto const misplaced = sddl::find_misplaced(list_of(work.before, work.dacl)))
        work.note(
            "acl-order",
            fmt::format("the list of {} will not be in canonical order: ACE {} stands before ACE {}, and "
                        "security editors offer to sort it, which denies what is allowed now",
                        work.object().dn, misplaced->behind + 1, misplaced->index + 1));
}

void block_the_sacl(descriptor_work& work, bool copies) {
    if (!work.after.sacl)
        return;
    auto list = *work.after.sacl;
    if (copies)
        std::for_each(list.aces.begin(), list.aces.end(), make_own);
    else
        std::erase_if(list.aces, [](auto const& each) { return each.has(sddl::ace_flag::inherited); });
    sddl::set_sacl(work.after, std::move(list));
}

void block(descriptor_work& work, wanted_inheritance const& wanted) {
    bool const copies = wanted.set == inheritance_change::block_copy;
    work.after.control |= protection_of(wanted);
    if (wanted.is_of_the_sacl)
        return block_the_sacl(work, copies);
    if (!copies) {
        std::erase_if(work.dacl, [](placed_ace const& each) { return !is_explicit(each); });
        return;
    }
    bool const has_inherited = std::any_of(work.dacl.begin(), work.dacl.end(),
                                           [](placed_ace const& each) { return !is_explicit(each); });
    for (auto& each : work.dacl)
        make_own(each.value);
    if (has_inherited)
        order_copies(work, wanted.order);
}

bool is_in(std::vector<sddl::ace> const& aces, sddl::ace copy) {
    copy.flags |= sddl::ace_flag::inherited;
    return std::find(aces.begin(), aces.end(), copy) != aces.end();
}

// Own ACEs that the container above gives as well stay, and stand there twice.
void handle_copies(descriptor_work& work, bool drop) {
    auto const given = inherited_from_above(work, false);
    if (!given) {
        work.facts.add({"parent-unknown",
                        severity::unknown,
                        fmt::format("the export does not hold the list of the container above {}: what it "
                                    "will inherit is not known",
                                    work.object().dn),
                        {},
                        "export the containers above, too"});
        return;
    }
    std::vector<sddl::ace> copies;
    for (auto const& each : work.dacl)
        if (is_explicit(each) && is_in(*given, each.value))
            copies.push_back(each.value);
    if (copies.empty())
        return;
    if (drop) {
        std::erase_if(work.dacl, [&given](placed_ace const& each) {
            return is_explicit(each) && is_in(*given, each.value);
        });
        return;
    }
    work.note("copies-stay",
              fmt::format("{} of {} {} what the containers above give: with inheritance on {} twice",
                          counted(copies.size(), "own ACE", "own ACEs"), work.object().dn,
                          copies.size() == 1 ? "says" : "say",
                          copies.size() == 1 ? "it stands there" : "they stand there"),
              work.seen(copies), "drop-copies = true removes the own ones");
}

void allow(descriptor_work& work, wanted_inheritance const& wanted) {
    if (!wanted.is_of_the_sacl) {
        handle_copies(work, wanted.drop_copies);
        return set_protection(work, false);
    }
    work.after.control = static_cast<std::uint16_t>(work.after.control & ~bit::sacl_protected);
    auto const given = inherited_from_above(work, true);
    if (!work.after.sacl || !given)
        return;
    auto list = *work.after.sacl;
    std::erase_if(list.aces, [](auto const& each) { return each.has(sddl::ace_flag::inherited); });
    list.aces.insert(list.aces.end(), given->begin(), given->end());
    list.revision = std::max(list.revision, sddl::revision_for(list.aces));
    sddl::set_sacl(work.after, std::move(list));
}

} // namespace

std::optional<std::vector<sddl::ace>> inherited_from_above(descriptor_work const& work, bool of_the_sacl) {
    auto const& object = work.object();
    if (directory::is_naming_context_root(object))
        return std::vector<sddl::ace>{};
    auto const* const above = object.parent;
    if (above == nullptr || above->descriptor == nullptr || !above->descriptor->value)
        return std::nullopt;
    auto const& list = of_the_sacl ? above->descriptor->value->sacl : above->descriptor->value->dacl;
    if (!list)
        return std::nullopt;
    auto child = directory::inheriting_object_of(work.facts.context.known, object);
    child.owner = work.after.owner;
    child.group = work.after.group;
    return sddl::inherited_aces(*list, child);
}

void set_protection(descriptor_work& work, bool is_protected) {
    bool const was_protected = work.after.has(bit::dacl_protected);
    if (is_protected == was_protected)
        return;
    work.after.control ^= bit::dacl_protected;
    std::erase_if(work.dacl, [](placed_ace const& each) { return !is_explicit(each); });
    if (is_protected)
        return;
    for (auto& each : inherited_from_above(work, false).value_or(std::vector<sddl::ace>{}))
        work.dacl.push_back({std::move(each), std::nullopt});
}

void edit(descriptor_work& work, wanted_inheritance const& wanted) {
    bool const is_blocked = work.after.has(protection_of(wanted));
    bool const wants_block = wanted.set != inheritance_change::allow;
    if (is_blocked == wants_block)
        return work.facts.add({"inheritance-there",
                               severity::fact,
                               fmt::format("{} inherits {}{} already", work.object().dn,
                                           is_blocked ? "no " : "", what_of(wanted)),
                               {},
                               {}});
    if (wants_block)
        return block(work, wanted);
    allow(work, wanted);
}

} // namespace dsplan::plan
