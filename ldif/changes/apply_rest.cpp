#include <ldif/changes/apply_rest.hpp>
#include <ldif/changes/value_places.hpp>
#include <ldif/text/name_folding.hpp>

#include <algorithm>
#include <iterator>
#include <span>
#include <string_view>
#include <unordered_set>

namespace dsplan::ldif {
namespace {

using part_list = std::vector<modification>;

// One value each; a replacement by several takes the old ones away first.
part_list single_values(part_list const& whole) {
    part_list parts;
    for (auto const& each : whole) {
        if (each.values.size() < 2) {
            parts.push_back(each);
            continue;
        }
        auto operation = each.operation;
        if (operation == modification_operation::replace) {
            parts.push_back({operation, each.description, {}});
            operation = modification_operation::add;
        }
        for (auto const& value : each.values)
            parts.push_back({operation, each.description, {value}});
    }
    return parts;
}

// What errors name: values, and attributes as a whole.
class named_parts {
public:
    explicit named_parts(std::vector<apply_error> const& errors) {
        for (auto const& each : errors)
            if (!each.attribute.empty())
                keys_.insert(key_of(each.attribute, each.value));
    }
    [[nodiscard]] bool has(std::string_view description, std::string_view value) const {
        return keys_.contains(key_of(description, {})) || keys_.contains(key_of(description, value));
    }

private:
    static std::string key_of(std::string_view description, std::string_view value) {
        return lower_case(description).append(1, '\0').append(value);
    }
    std::unordered_set<std::string> keys_;
};

class rest_application {
public:
    rest_application(record const& change, directory_tree const& objects, part_trial const& apply)
        : whole_(objects.meant(change))
        , objects_(objects)
        , apply_(apply) {}

    partial_application run() {
        auto const of_whole = objects_.refusals();
        if (!whole_.attributes.empty())
            add_rest(of_whole);
        else if (auto const parts = single_values(whole_.modifications); parts.size() > 1)
            made_.is_any_taken = apply_parts(parts);
        if (made_.refused.empty())
            made_.refused = of_whole;
        if (is_cut_off_)
            made_.refused.back().hint += std::string(made_.refused.back().hint.empty() ? "" : "; ") +
                                         "more values may be refused, which are not named";
        value_places(whole_).place(made_.refused);
        std::stable_sort(made_.refused.begin(), made_.refused.end(),
                         [](auto const& a, auto const& b) { return a.line < b.line; });
        return std::move(made_);
    }

private:
    void keep(std::vector<apply_error> const& errors) {
        std::copy(errors.begin(), errors.end(), std::back_inserter(made_.refused));
    }

    // Leaves out what is named until the directory takes the object, or names nothing more.
    void add_rest(std::vector<apply_error> errors) {
        auto part = whole_;
        for (;;) {
            named_parts const named(errors);
            auto const left = std::remove_if(
                part.attributes.begin(), part.attributes.end(),
                [&named](attribute_value const& it) { return named.has(it.description, it.value); });
            bool const is_shorter = left != part.attributes.end();
            if (is_shorter || made_.refused.empty())
                keep(errors);
            part.attributes.erase(left, part.attributes.end());
            if (!is_shorter || part.attributes.empty())
                return;
            made_.is_any_taken = apply_(part).has_value();
            if (made_.is_any_taken)
                return;
            errors = objects_.refusals();
        }
    }

    // Halves what is refused until single values are left, so that one among very many is found soon. Returns
    // whether anything was taken.
    bool apply_parts(std::span<modification const> parts) {
        constexpr std::size_t refused_at_most = 100;
        is_cut_off_ = is_cut_off_ || (made_.refused.size() >= refused_at_most && !parts.empty());
        if (parts.empty() || is_cut_off_)
            return false;
        auto part = whole_;
        part.modifications.assign(parts.begin(), parts.end());
        if (apply_(part))
            return true;
        auto const& errors = objects_.refusals();
        if (parts.size() == 1 || names_all(errors))
            return leave_out(parts, errors);
        auto const half = parts.size() / 2;
        bool const first = apply_parts(parts.first(half));
        bool const second = apply_parts(parts.subspan(half));
        return first || second;
    }

    // Whether the errors say all that is wrong: rules look at every value, an operation ends with the first.
    static bool names_all(std::vector<apply_error> const& errors) {
        auto const& first = errors.front();
        return errors.size() > 1 || first.attribute.empty() ||
               (first.value.empty() && first.fault != apply_fault::no_such_attribute);
    }

    bool leave_out(std::span<modification const> parts, std::vector<apply_error> const& errors) {
        named_parts const named(errors);
        part_list rest;
        std::copy_if(parts.begin(), parts.end(), std::back_inserter(rest), [&named](auto const& it) {
            return !named.has(it.description, it.values.empty() ? std::string_view() : it.values.front());
        });
        keep(errors);
        return rest.size() < parts.size() && apply_parts(rest);
    }

    record const whole_;
    directory_tree const& objects_;
    part_trial const& apply_;
    partial_application made_;
    bool is_cut_off_ = false;
};

} // namespace

partial_application apply_rest(record const& change, directory_tree const& objects, part_trial const& apply) {
    return rest_application(change, objects, apply).run();
}

} // namespace dsplan::ldif
