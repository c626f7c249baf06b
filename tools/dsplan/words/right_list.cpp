#include <tools/dsplan/words/right_list.hpp>
#include <tools/dsplan/words/right_tokens.hpp>
#include <tools/dsplan/words/right_words.hpp>
#include <tools/dsplan/words/type_meaning.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace dsplan::words {
namespace {

constexpr auto read_and_write = sddl::right_read_property | sddl::right_write_property;
constexpr auto create_and_delete = sddl::right_create_child | sddl::right_delete_child;

std::string letters_of(sddl::access_mask mask) {
    std::string letters;
    std::string dsacls;
    for (auto const& row : right_words) {
        if (!mask.contains(row.bit))
            continue;
        letters += row.letters;
        dsacls += row.dsacls;
    }
    return letters == dsacls ? letters : fmt::format("{} (dsacls {})", letters, dsacls);
}

std::vector<std::string> split_at_bars(std::string_view names) {
    std::vector<std::string> made;
    while (!names.empty()) {
        auto const end = std::min(names.find('|'), names.size());
        made.emplace_back(names.substr(0, end));
        names.remove_prefix(std::min(end + 1, names.size()));
    }
    return made;
}

class listing {
public:
    listing(directory::schema const& known, std::string_view text) : known_(known), text_(squeezed(text)) {
        if (auto const meant = parse_rights(text, known); meant && !text.empty())
            meant_ = *meant;
        for (auto const& row : foreign_names)
            if (auto means = parse_rights(row.means, known))
                foreign_.emplace_back(row.name, *std::move(means));
    }

    std::vector<listed_right> build() && {
        for (auto const& row : mask_phrases)
            add("on the object", row.mask, {}, split_at_bars(row.others));
        for (auto const& row : right_words)
            if (row.bit.bits <= sddl::right_write_owner.bits)
                add("on the object", row.bit, {}, split_at_bars(row.others));
        add_rights("extended right", is_extended_right, sddl::right_control_access);
        add_rights("validated write", is_validated_write, sddl::right_self_write);
        add_rights("property set", is_property_set, read_and_write);
        if (!text_.empty())
            add_schema();
        return std::move(made_);
    }

private:
    void add_rights(std::string_view kind, std::uint32_t accesses, sddl::access_mask mask) {
        for (auto const& right : known_.rights()) {
            if ((right.valid_accesses & accesses) == 0)
                continue;
            std::vector<std::string> others{right.name};
            if (right.display_name == right.name)
                others.clear();
            add(kind, mask, right.id, std::move(others));
        }
    }

    void add_schema() {
        for (auto const& attribute : known_.attributes())
            add(attribute.is_confidential ? "confidential attribute" : "attribute", read_and_write,
                attribute.id, {});
        for (auto const& of : known_.classes())
            add("class", create_and_delete, of.id, {});
    }

    void add(std::string_view kind, sddl::access_mask mask, std::optional<sddl::guid> const& type,
             std::vector<std::string> others) {
        listed_right made{describe(mask, type, known_), std::string(kind), letters_of(mask),
                          std::move(others)};
        add_foreign(made);
        if (is_wanted(made))
            made_.push_back(std::move(made));
    }

    void add_foreign(listed_right& made) const {
        for (auto const& [name, means] : foreign_) {
            bool const is_part = std::any_of(means.begin(), means.end(), [&](right const& each) {
                return each.type == made.named.type && each.type && made.named.mask.contains(each.mask);
            });
            if (is_part)
                made.others.emplace_back(name);
        }
    }

    [[nodiscard]] bool is_wanted(listed_right const& listed) const {
        auto const holds = [this](std::string_view name) {
            return squeezed(name).find(text_) != std::string::npos;
        };
        bool const is_meant = std::any_of(meant_.begin(), meant_.end(), [&](right const& each) {
            return each.type == listed.named.type && (each.mask & listed.named.mask).bits != 0 &&
                   (each.type || each.mask == listed.named.mask);
        });
        return text_.empty() || is_meant || holds(listed.named.text) ||
               std::any_of(listed.others.begin(), listed.others.end(), holds);
    }

    directory::schema const& known_;
    std::string text_;
    std::vector<right> meant_;
    std::vector<std::pair<std::string_view, std::vector<right>>> foreign_; // names that other tools use
    std::vector<listed_right> made_;
};

} // namespace

std::vector<listed_right> list_rights(directory::schema const& known, std::string_view text) {
    return listing(known, text).build();
}

} // namespace dsplan::words
