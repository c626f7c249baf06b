#pragma once
#include <sddl/security_descriptor.hpp>
#include <sddl/security_token.hpp>
#include <sddl/sid.hpp>
#include <tools/dsplan/access/directory_image.hpp>
#include <tools/dsplan/access/token_classes.hpp>
#include <tools/dsplan/effect/predict.hpp>

#include <cstdint>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

namespace dsplan::paths {

using access::object_index;

/// The tokens of everybody and everything that has a SID, before a change and after it; accounts that no list
/// tells apart share theirs.
class tokens_of_both {
public:
    /// `also`: SIDs that no list needs to name for holding them to matter.
    tokens_of_both(effect::projection const& change, std::set<sddl::sid> const& also);

    [[nodiscard]] access::token_classes const& classes() const { return made_; }
    [[nodiscard]] std::vector<sddl::sid> const& bare() const { return bare_; }

    /// Of a SID that no object has.
    [[nodiscard]] std::uint32_t class_of_bare(sddl::sid const& sid) const;

private:
    std::vector<sddl::sid> sids_;
    std::vector<object_index> also_;
    std::vector<sddl::sid> bare_; // ascending
    access::token_classes made_;
};

/// The directory at one time: before a change, after it, or after it until AdminSDHolder's task has run.
struct directory_side {
    access::directory_image const& image;
    std::vector<sddl::security_descriptor const*> const* until_task; ///< null: those of the image
    tokens_of_both const& tokens;
    bool is_after;
    directory::schema const& known;

    /// Null where it is not known.
    [[nodiscard]] sddl::security_descriptor const* list_of(object_index object) const;

    /// Of a class of tokens, for objects of a domain.
    [[nodiscard]] sddl::security_token const& token_of(std::uint32_t token_class, std::uint32_t domain) const;

    [[nodiscard]] directory::entry const& entry(object_index object) const {
        return *image.objects[object].exported;
    }
    [[nodiscard]] bool is_a(object_index object, std::string_view class_name) const;

    /// The classes of the schema; null where the schema lacks the object's.
    [[nodiscard]] directory::object_classes const* classes_of(object_index object) const;
};

/// The security descriptor that a value holds; nothing for what is none.
[[nodiscard]] std::optional<sddl::security_descriptor> descriptor_in(std::string_view value);

} // namespace dsplan::paths
