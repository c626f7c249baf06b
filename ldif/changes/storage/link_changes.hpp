#pragma once
#include <ldif/changes/directory_tree.hpp>
#include <ldif/changes/storage/object_store.hpp>

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace dsplan::ldif {

/// Changes of values that name objects. They can be taken back, and the back links that an export carries
/// follow them.
class link_changes {
public:
    link_changes(object_store& store, std::set<std::string, std::less<>> const& carried,
                 std::vector<apply_error>& doubts)
        : store_(store)
        , carried_(carried)
        , doubts_(doubts) {}

    /// One modification of an attribute whose values are names.
    [[nodiscard]] tl::expected<void, apply_error> modify(object_store::object_id holder,
                                                         modification const& change);

    /// Sets the back links of a new object's forward links.
    void follow_new(object_store::object_id holder);

    void remove(object_store::link const& removed);

    /// False where the object has the value already.
    bool add(object_store::object_id holder, std::string_view description, std::string_view value);

    void take_back();

    /// Marks the objects whose back links changed; how many back links are not known.
    std::size_t finish();

private:
    using status = tl::expected<void, apply_error>;
    [[nodiscard]] status add_values(object_store::object_id holder, modification const& change);
    [[nodiscard]] status delete_values(object_store::object_id holder, modification const& change);
    [[nodiscard]] status replace_values(object_store::object_id holder, modification const& change);
    void follow(object_store::link const& changed, bool is_added);
    void close(object_store::object_id holder, std::string_view description);
    void doubt(modification const& change, std::string_view value);
    void do_add(object_store::link const& added);
    void do_remove(object_store::link const& removed);

    struct step {
        bool is_added = false;
        object_store::link changed;
    };
    object_store& store_;
    std::set<std::string, std::less<>> const& carried_;
    std::vector<apply_error>& doubts_;
    std::vector<step> done_;
    struct unseen {
        object_store::object_id holder = 0;
        std::string description;
        std::string value;
        bool is_gone = false;
    };
    bool set_unseen(unseen const& changed);
    std::vector<unseen> unseen_;
    std::vector<std::pair<object_store::object_id, std::string>> closed_; // attributes that are no more open
    std::set<object_store::object_id> touched_;
    std::size_t unknown_ = 0;
};

} // namespace dsplan::ldif
