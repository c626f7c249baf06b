#pragma once
#include <tools/dsplan/plan/request/change_request.hpp>

#include <array>
#include <string_view>

/// The keys of each table of a request, once for reading and writing: `Fields` has text, texts, list, flag,
/// word and objects, each with the key and the member that it stands for.
namespace dsplan::plan {

/// The values of `inheritance_change`, in its order.
inline constexpr std::array<std::string_view, 3> inheritance_words{"block-copy", "block-drop", "allow"};

template <class Fields>
void visit_fields(Fields& fields, permission_table& table) {
    bool const is_revocation = table.verb == permission_verb::revoke;
    fields.text(is_revocation ? "from" : "to", table.trustee, true);
    fields.objects("on", table.on);
    fields.texts("rights", table.rights);
    fields.text("ace", table.ace);
    fields.text("applies-to", table.applies_to);
    if (is_revocation) {
        fields.word("sign", table.sign, {"allow", "deny"});
        fields.flag("all", table.all);
        fields.flag("expand", table.expand);
        fields.flag("missing-is-ok", table.missing_is_ok);
    } else {
        fields.flag("also-explicit", table.also_explicit);
    }
    fields.text("reason", table.reason);
}

template <class Fields>
void visit_fields(Fields& fields, members_table& table) {
    fields.text("group", table.group, true);
    fields.texts("add", table.add);
    fields.texts("remove", table.remove);
    fields.list("exactly", table.exactly);
    fields.flag("allow-empty", table.allow_empty);
    fields.flag("missing-is-ok", table.missing_is_ok);
    fields.text("reason", table.reason);
}

template <class Fields>
void visit_fields(Fields& fields, replace_trustee_table& table) {
    fields.text("old", table.old_trustee, true);
    fields.text("new", table.new_trustee, true);
    fields.objects("on", table.on);
    fields.flag("owners", table.owners);
    fields.flag("audit", table.audit);
    fields.flag("keep-old", table.keep_old);
    fields.text("reason", table.reason);
}

template <class Fields>
void visit_fields(Fields& fields, inheritance_table& table) {
    fields.objects("on", table.on);
    fields.change("set", table.set);
    fields.flag("drop-copies", table.drop_copies);
    fields.flag("canonical", table.canonical);
    fields.text("reason", table.reason);
}

template <class Fields>
void visit_fields(Fields& fields, owner_table& table) {
    fields.objects("on", table.on);
    fields.text("owner", table.owner, true);
    fields.text("reason", table.reason);
}

} // namespace dsplan::plan
