#include <sddl/inherit.hpp>
#include <sddl/permission.hpp>
#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/directory/token.hpp>
#include <tools/dsplan/words/ace_notes.hpp>
#include <tools/dsplan/words/explanation.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::words {
namespace {

namespace flag = sddl::ace_flag;

constexpr sddl::sid anonymous = sddl::named_sid("Anonymous Logon");

bool counts_here(sddl::ace const& value) {
    return (sddl::is_allow(value.type) || sddl::is_deny(value.type)) && !value.has(flag::inherit_only);
}

// "ACE 1", "ACEs 1 and 3", "ACEs 1, 2 and 4"
std::string aces_text(std::vector<std::size_t> const& indices) {
    if (indices.size() == 1)
        return fmt::format("ACE {}", indices.front() + 1);
    std::string text = "ACEs ";
    for (std::size_t place = 0; place < indices.size(); ++place)
        text += fmt::format("{}{}",
                            place == 0                    ? ""
                            : place + 1 == indices.size() ? " and "
                                                          : ", ",
                            indices[place] + 1);
    return text;
}

class order_of_list {
public:
    order_of_list(std::vector<sddl::ace> const& aces, sddl::domain_sids const& sids,
                  directory::schema const& known, object_kind kind)
        : aces_(aces)
        , sids_(sids)
        , known_(known)
        , kind_(kind) {}

    void add_notes(std::vector<std::string>& notes, std::size_t index) const {
        if (!counts_here(aces_[index]) || bits_of(index) == 0)
            return;
        auto const [left, lost, same, opposite] = decided_before(index);
        if (left == 0)
            notes.push_back(whole_note(index, same, opposite));
        else if (lost != 0)
            notes.push_back(fmt::format("{}{} {} part of it before", place_text(index), aces_text(opposite),
                                        verb(opposite.front(), opposite.size())));
        if (left != 0 && sddl::is_deny(aces_[index].type))
            add_latecomer(notes, index);
    }

    // What it still decides, on this object or below.
    [[nodiscard]] sddl::access_mask rights_left(std::size_t index) const {
        auto const& value = aces_[index];
        if (sddl::is_inheritable(value))
            return value.mask;
        if (value.has(flag::inherit_only) || sddl::names_creator(value))
            return {};
        if (!counts_here(value))
            return value.mask;
        auto const left = decided_before(index).left;
        return left == bits_of(index) ? value.mask : sddl::access_mask{left};
    }

private:
    // What earlier ACEs leave of one, and which of them take from it.
    struct decision {
        std::uint32_t left = 0;
        std::uint32_t lost = 0; // to those that say the opposite
        std::vector<std::size_t> same;
        std::vector<std::size_t> opposite;
    };

    [[nodiscard]] decision decided_before(std::size_t index) const {
        decision made;
        made.left = bits_of(index);
        for (std::size_t before = 0; before < index && made.left != 0; ++before) {
            auto const decided = decides_for(before, index) ? bits_of(before) & made.left : 0;
            if (decided == 0)
                continue;
            bool const is_same = sddl::is_allow(aces_[before].type) == sddl::is_allow(aces_[index].type);
            (is_same ? made.same : made.opposite).push_back(before);
            made.lost |= is_same ? 0 : decided;
            made.left &= ~decided;
        }
        return made;
    }

    [[nodiscard]] std::uint32_t bits_of(std::size_t index) const {
        auto const mask = aces_[index].mask;
        return kind_ == object_kind::directory ? sddl::map_generic(mask).bits : mask.bits;
    }

    // Whoever the later ACE is for, the earlier one is too; and on whatever the later one speaks of.
    [[nodiscard]] bool decides_for(std::size_t earlier, std::size_t later) const {
        auto const& one = aces_[earlier];
        auto const& other = aces_[later];
        bool const is_for_all = one.trustee == directory::everyone && other.trustee != anonymous;
        return counts_here(one) && !sddl::is_callback(one.type) &&
               (one.trustee == other.trustee || is_for_all) && speaks_of_all(one, other);
    }

    [[nodiscard]] bool speaks_of_all(sddl::ace const& one, sddl::ace const& other) const {
        if (!one.object_type || one.object_type == other.object_type)
            return true;
        auto const* const attribute = other.object_type ? known_.find_attribute(*other.object_type) : nullptr;
        return attribute != nullptr && attribute->property_set == one.object_type;
    }

    [[nodiscard]] bool overlaps(sddl::ace const& one, sddl::ace const& other) const {
        return !one.object_type || !other.object_type || speaks_of_all(one, other) ||
               speaks_of_all(other, one);
    }

    [[nodiscard]] std::string_view verb(std::size_t index, std::size_t count) const {
        if (sddl::is_allow(aces_[index].type))
            return count == 1 ? "allows" : "allow";
        return count == 1 ? "denies" : "deny";
    }

    [[nodiscard]] std::string place_text(std::size_t index) const {
        return sddl::is_inheritable(aces_[index]) ? "on this object: " : "";
    }

    [[nodiscard]] std::string whole_note(std::size_t index, std::vector<std::size_t> const& same,
                                         std::vector<std::size_t> const& opposite) const {
        if (opposite.empty())
            return fmt::format("{}adds nothing: {} {} all of it before", place_text(index), aces_text(same),
                               verb(index, same.size()));
        if (same.empty())
            return fmt::format("{}never reached: {} {} all of it before", place_text(index),
                               aces_text(opposite), verb(opposite.front(), opposite.size()));
        std::vector<std::size_t> all = same;
        all.insert(all.end(), opposite.begin(), opposite.end());
        std::sort(all.begin(), all.end());
        return fmt::format("{}never reached: {} decide all of it before", place_text(index), aces_text(all));
    }

    // Who is in both accounts is granted before the denial is reached.
    void add_latecomer(std::vector<std::string>& notes, std::size_t index) const {
        constexpr std::size_t most = 3;
        std::vector<std::string> names;
        std::size_t count = 0;
        for (std::size_t before = 0; before < index; ++before) {
            auto const& one = aces_[before];
            if (!counts_here(one) || !sddl::is_allow(one.type) || sddl::is_callback(one.type) ||
                one.trustee == aces_[index].trustee || one.trustee == directory::everyone ||
                (bits_of(before) & bits_of(index)) == 0 || !overlaps(one, aces_[index]))
                continue;
            if (++count <= most)
                names.push_back(fmt::format("{} (ACE {})", account_name(one.trustee, sids_), before + 1));
        }
        if (count == 0)
            return;
        notes.push_back(fmt::format("{}comes too late for members of {}{}: what is allowed before it stays "
                                    "allowed",
                                    place_text(index), fmt::join(names, ", "),
                                    count > most ? fmt::format(" or {} more", count - most) : ""));
    }

    std::vector<sddl::ace> const& aces_;
    sddl::domain_sids const& sids_;
    directory::schema const& known_;
    object_kind kind_;
};

void add_creator_notes(std::vector<std::string>& notes, sddl::ace const& value) {
    if (!sddl::names_creator(value))
        return;
    auto const* const who = value.trustee == sddl::creator_owner ? "owner" : "group";
    if (sddl::is_inheritable(value))
        notes.push_back(fmt::format("an object below inherits it for its own {}, who is put in the place of "
                                    "Creator {}",
                                    who, value.trustee == sddl::creator_owner ? "Owner" : "Group"));
    if (!value.has(flag::inherit_only))
        notes.emplace_back("on this object it is for nobody: no token holds this SID");
}

} // namespace

std::vector<std::vector<std::string>> ace_notes(sddl::security_descriptor const& descriptor,
                                                sddl::domain_sids const& sids, directory::schema const& known,
                                                object_kind kind) {
    std::vector<std::vector<std::string>> notes;
    if (!descriptor.dacl)
        return notes;
    auto const& aces = descriptor.dacl->aces;
    notes.resize(aces.size());
    order_of_list const order(aces, sids, known, kind);
    for (std::size_t index = 0; index < aces.size(); ++index) {
        if (aces[index].has(flag::inherited) && descriptor.has(sddl::control_bit::dacl_protected))
            notes[index].emplace_back("marked as inherited in a protected list: no change above reaches it");
        if (sddl::is_known_type(aces[index].type)) {
            add_creator_notes(notes[index], aces[index]);
            order.add_notes(notes[index], index);
        }
    }
    return notes;
}

std::vector<sddl::access_mask> rights_left(sddl::security_descriptor const& descriptor,
                                           sddl::domain_sids const& sids, directory::schema const& known,
                                           object_kind kind) {
    std::vector<sddl::access_mask> left;
    if (!descriptor.dacl)
        return left;
    auto const& aces = descriptor.dacl->aces;
    order_of_list const order(aces, sids, known, kind);
    for (std::size_t index = 0; index < aces.size(); ++index)
        left.push_back(sddl::is_known_type(aces[index].type) ? order.rights_left(index) : aces[index].mask);
    return left;
}

} // namespace dsplan::words
