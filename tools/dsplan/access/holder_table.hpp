#pragma once
#include <sddl/access_check.hpp>
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/access/directory_image.hpp>
#include <tools/dsplan/access/token_classes.hpp>
#include <tools/dsplan/access/who_can.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace dsplan::access {

/// Objects with the same list, that no access check tells apart but for SELF; or one of them by itself.
struct object_group {
    sddl::security_descriptor const& list;
    directory::object_classes const& classes;
    std::uint32_t domain;
    std::size_t number; ///< among all groups
    std::vector<object_index> const& objects;
    object_index alone = no_object; ///< one of `objects`, if it is asked about by itself

    [[nodiscard]] std::size_t size() const { return alone == no_object ? objects.size() : 1; }
};

/// Who was found, by trustee. Groups come one after the other.
class holder_table {
public:
    /// Found for one trustee. Accounts are counted by token class, for there are far fewer.
    class entry {
    public:
        void add(std::uint32_t token_class, std::size_t objects);
        void add_all_but(std::vector<std::uint32_t> const& token_classes, std::size_t objects);

    private:
        friend class holder_table;
        void count(object_group const& group);

        holder found_;
        std::map<std::uint32_t, std::ptrdiff_t> by_class_; // more than `of_all_`, or fewer
        std::ptrdiff_t of_all_ = 0;
        std::size_t group_ = SIZE_MAX;         // that was counted last,
        bool is_whole_ = false;                // with all its objects
        std::set<object_index> alone_counted_; // or with these
    };

    /// The entry of the trustee that the decision rests on; the group's objects count once.
    entry& note(object_group const& group, sddl::access_decision const& decision);

    [[nodiscard]] std::vector<holder> take(directory_image const& image, token_classes const& tokens) &&;

private:
    std::map<std::pair<sddl::sid, sddl::access_basis>, entry> entries_;
};

} // namespace dsplan::access
