#include <tools/dsplan/access/right_query.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace dsplan::access {
namespace {

using directory::right_kind;
using node_id = sddl::object_type_tree::node;

constexpr auto no_node = sddl::object_type_tree::none;

right_answer refused(std::string remark) {
    right_answer made;
    made.remark = std::move(remark);
    return made;
}

right_answer plain(sddl::access_decision decision) {
    return {std::move(decision), {}, nullptr, {}};
}

bool is_for_properties(sddl::access_mask bit) {
    return bit == sddl::right_read_property || bit == sddl::right_write_property;
}

// The rights that other GUIDs than those of attributes narrow.
bool has_parts(sddl::access_mask bit) {
    constexpr auto with_parts =
        sddl::property_rights | sddl::right_self_write | sddl::right_create_child | sddl::right_delete_child;
    return with_parts.contains(bit);
}

// Answers for one class of objects and one token.
class asking {
public:
    asking(directory::class_rights const& on_class, sddl::security_descriptor const& descriptor,
           sddl::access_request const& request)
        : on_class_(on_class)
        , descriptor_(descriptor)
        , request_(request) {}

    [[nodiscard]] right_answer ask(words::right const& wanted) {
        right_answer answer;
        for (std::uint32_t bit = 1; bit != 0 && bit <= wanted.mask.bits; bit <<= 1) {
            if (!wanted.mask.contains({bit}))
                continue;
            answer = ask(wanted, {bit});
            if (!answer.granted)
                break;
        }
        return answer;
    }

private:
    right_answer ask(words::right const& wanted, sddl::access_mask bit) {
        auto const& subject = wanted.subject;
        if (!wanted.type || (subject.kind == right_kind::object && subject.child != nullptr))
            return whole(sddl::object_type_tree::object, bit, wanted.but);
        auto const node = find(wanted, bit);
        if (node == no_node)
            return beside(*wanted.type, bit);
        return on_class_.subjects[node].kind == right_kind::property_set ? whole(node, bit, wanted.but)
                                                                         : leaf(node, bit);
    }

    // One GUID may be an attribute, its set and a validated write: the subject says which is meant.
    [[nodiscard]] node_id find(words::right const& wanted, sddl::access_mask bit) const {
        for (auto const& [type, node] : on_class_.tree.find(*wanted.type)) {
            auto const kind = on_class_.subjects[node].kind;
            if (kind == kind_of(wanted, bit) && on_class_.tree[node].concerns.contains(bit))
                return node;
        }
        return no_node;
    }

    // Rights on one GUID may be of several kinds: "write member, Add/Remove self as member".
    static right_kind kind_of(words::right const& wanted, sddl::access_mask bit) {
        if (bit == sddl::right_create_child || bit == sddl::right_delete_child)
            return right_kind::child_class;
        bool const is_property =
            wanted.subject.kind == right_kind::attribute || wanted.subject.kind == right_kind::property_set;
        if (bit == sddl::right_self_write && wanted.subject.kind != right_kind::property_set)
            return right_kind::validated_write;
        return bit == sddl::right_control_access && !is_property ? right_kind::extended_right
                                                                 : wanted.subject.kind;
    }

    // Which objects a right is for is a hint that nothing enforces. [MS-ADTS] 5.1.3.2.1
    [[nodiscard]] right_answer beside(sddl::guid const& type, sddl::access_mask bit) const {
        sddl::object_type_tree tree(on_class_.tree[sddl::object_type_tree::object].type);
        auto const node = tree.add_beside(type, bit);
        return plain(sddl::decide(descriptor_, tree, node, bit, request_));
    }

    [[nodiscard]] sddl::access_decision decide_at(node_id node, sddl::access_mask bit) const {
        return sddl::decide(descriptor_, on_class_.tree, node, bit, request_);
    }

    [[nodiscard]] right_answer leaf(node_id node, sddl::access_mask bit) const {
        auto const* const attribute = on_class_.subjects[node].attribute;
        auto answer = plain(decide_at(node, bit));
        bool const needs_control = attribute != nullptr && attribute->is_confidential &&
                                   bit == sddl::right_read_property && answer.granted;
        if (!needs_control)
            return answer;
        auto control = plain(decide_at(node, sddl::right_control_access));
        if (!control.granted)
            control.remark =
                fmt::format("{} is confidential: reading it takes control access, too", attribute->name);
        return control.granted ? answer : control;
    }

    static right_kind part_kind(sddl::access_mask bit, bool is_object) {
        if (bit == sddl::right_create_child || bit == sddl::right_delete_child)
            return right_kind::child_class;
        if (bit == sddl::right_self_write)
            return right_kind::validated_write;
        return bit == sddl::right_control_access && is_object ? right_kind::extended_right
                                                              : right_kind::attribute;
    }

    // What a whole consists of: the attributes that can be written or read, or what stands beside the class.
    [[nodiscard]] std::vector<node_id> parts_of(node_id whole, sddl::access_mask bit,
                                                std::vector<sddl::guid> const& but) const {
        auto const is_left_out = [&](node_id node) {
            auto const in = on_class_.tree[node].parent;
            auto const is_named = [&](node_id each) {
                return std::find(but.begin(), but.end(), on_class_.tree[each].type) != but.end();
            };
            return is_named(node) || (in != no_node && in != sddl::object_type_tree::object && is_named(in));
        };
        std::vector<node_id> made;
        bool const is_object = whole == sddl::object_type_tree::object;
        auto const end = is_object ? static_cast<node_id>(on_class_.tree.size()) : on_class_.tree[whole].end;
        for (auto node = whole + 1; node < end; ++node) {
            auto const& subject = on_class_.subjects[node];
            bool const is_pointless = is_for_properties(bit) && subject.attribute != nullptr &&
                                      !subject.attribute->possible_rights().contains(bit);
            if (subject.kind == part_kind(bit, is_object) && !is_pointless && !is_left_out(node))
                made.push_back(node);
        }
        return made;
    }

    [[nodiscard]] bool is_held(node_id node, sddl::access_mask bit, bool with_control) {
        if (!granted_)
            granted_ = sddl::check_access(descriptor_, on_class_.tree, request_).rights;
        auto const* const attribute = on_class_.subjects[node].attribute;
        bool const needs_control = with_control && attribute != nullptr && attribute->is_confidential &&
                                   bit == sddl::right_read_property;
        return (*granted_)[node].contains(needs_control ? bit | sddl::right_control_access : bit);
    }

    right_answer whole(node_id node, sddl::access_mask bit, std::vector<sddl::guid> const& but) {
        auto answer = plain(decide_at(node, bit));
        if (!has_parts(bit) || !descriptor_.dacl)
            return answer;
        auto const parts = parts_of(node, bit, but);
        bool const is_set = node != sddl::object_type_tree::object;
        if (is_set && parts.empty())
            return refused(bit == sddl::right_write_property
                               ? fmt::format("the directory maintains all of {}: no client writes it",
                                             words::subject_name(on_class_.subjects[node]))
                               : std::string("objects of its class do not have it"));
        std::vector<node_id> lacking;
        for (auto const part : parts)
            if (!is_held(part, bit, is_set))
                lacking.push_back(part);
        // All properties are the sum of theirs; what stands beside the class never adds up to all of it.
        if (lacking.empty())
            return answer.granted || !is_for_properties(bit) || parts.empty() ? answer
                                                                              : leaf(parts.front(), bit);
        auto first = leaf(lacking.front(), bit);
        if (lacking.size() == parts.size() && !answer.granted)
            return answer;
        if (lacking.size() < parts.size() || first.remark.empty())
            first.remark =
                fmt::format("not completely: {} of {} {} lacking, {}", lacking.size(), parts.size(),
                            lacking.size() == 1 ? "is" : "are", few_names(lacking, bit));
        first.granted = false;
        return first;
    }

    [[nodiscard]] std::string few_names(std::vector<node_id> const& nodes, sddl::access_mask bit) const {
        constexpr std::size_t few = 3;
        std::vector<std::string> names;
        for (auto const node : nodes) {
            if (names.size() == few)
                return fmt::format("{}, …", fmt::join(names, ", "));
            names.push_back(words::right_text(on_class_.subjects[node], bit));
        }
        return fmt::format("{}", fmt::join(names, ", "));
    }

    directory::class_rights const& on_class_;
    sddl::security_descriptor const& descriptor_;
    sddl::access_request const& request_;
    std::optional<std::vector<sddl::access_mask>> granted_; // looked up once a whole is asked about
};

bool is_meaningful_on(words::right const& wanted, directory::class_rights const& on_class,
                      directory::schema_class const& of) {
    if (!wanted.type)
        return true;
    auto const& subject = wanted.subject;
    if (subject.kind == right_kind::object && subject.child != nullptr)
        return of.is_a(*subject.child);
    if (subject.kind != right_kind::attribute && subject.kind != right_kind::property_set)
        return true;
    return !on_class.tree.find(*wanted.type).empty();
}

} // namespace

bool is_meaningful(right_query const& query, directory::object_classes const& classes) {
    auto const& on_class = query.classes->find(classes);
    return std::all_of(query.wanted.begin(), query.wanted.end(), [&](words::right const& wanted) {
        return is_meaningful_on(wanted, on_class, *classes.structural);
    });
}

right_answer decide(right_query const& query, directory::object_classes const& classes,
                    sddl::security_descriptor const& descriptor, sddl::access_request const& request) {
    if (!query.never.empty())
        return refused(query.never);
    auto const& on_class = query.classes->find(classes);
    asking asked(on_class, descriptor, request);
    right_answer answer;
    for (auto const& wanted : query.wanted) {
        if (!is_meaningful_on(wanted, on_class, *classes.structural))
            return refused("objects of its class do not have it");
        answer = asked.ask(wanted);
        if (answer.granted)
            continue;
        if (query.wanted.size() > 1 && answer.remark.empty())
            answer.remark = fmt::format("{} is lacking", wanted.text);
        break;
    }
    return answer;
}

bool is_deletion(right_query const& query) {
    return query.wanted.size() == 1 && !query.wanted.front().type &&
           (query.rights == sddl::right_delete || query.rights == sddl::right_delete_tree);
}

right_query deletion_of_child(directory::schema_class const& of, directory::schema const& known) {
    return make_query({words::describe(sddl::right_delete_child, of.id, known)}, known);
}

right_query deletion_of_tree(directory::schema const& known) {
    return make_query({words::describe(sddl::right_delete_tree, {}, known)}, known);
}

right_query make_query(std::vector<words::right> wanted, directory::schema const& known) {
    right_query made{.text = {},
                     .rights = {},
                     .wanted = std::move(wanted),
                     .never = {},
                     .classes = std::make_shared<directory::class_rights_cache>(known)};
    for (auto const& each : made.wanted) {
        made.text += fmt::format("{}{}", made.text.empty() ? "" : ", ", each.text);
        made.rights = made.rights | each.mask;
        if (each.type && each.mask.contains(sddl::right_read_property)) // which may take control access, too
            made.rights = made.rights | sddl::right_control_access;
        if (auto const reason = words::why_never(each); reason && made.never.empty())
            made.never = reason->what;
    }
    return made;
}

result<right_query> parse_right(std::string_view text, directory::schema const& known) {
    auto read = words::parse_rights(text, known);
    if (!read)
        return tl::unexpected(std::move(read).error());
    for (auto const& each : *read)
        if (auto reason = words::why_never(each); reason && !reason->detail.empty())
            return tl::unexpected(*std::move(reason));
    return make_query(*std::move(read), known);
}

} // namespace dsplan::access
