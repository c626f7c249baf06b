#pragma once
#include <tools/dsplan/plan/request/change_request.hpp>

#include <array>
#include <string_view>

/// The keys of each table of a request, once for reading and writing: `Fields` has text, texts, list, flag,
/// word, change, aces and objects, each with the key and the member that it stands for.
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
        fields.flag("grants-follow", table.grants_follow);
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
    fields.text("from", table.from);
    fields.word("mode", table.mode, {"add", "remove", "exactly"});
    fields.flag("allow-empty", table.allow_empty);
    fields.flag("missing-is-ok", table.missing_is_ok);
    fields.text("reason", table.reason);
}

template <class Fields>
void visit_fields(Fields& fields, replace_trustee_table& table) {
    fields.text("old", table.old_trustee);
    fields.text("new", table.new_trustee);
    fields.text("from", table.from);
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
    fields.word("acl", table.list, {"dacl", "sacl"});
    fields.word("order", table.order, {"auto", "keep", "canonical"});
    fields.flag("drop-copies", table.drop_copies);
    fields.text("reason", table.reason);
}

template <class Fields>
void visit_fields(Fields& fields, owner_table& table) {
    fields.objects("on", table.on);
    fields.text("owner", table.owner, true);
    fields.text("group", table.group);
    fields.text("reason", table.reason);
}

template <class Fields>
void visit_fields(Fields& fields, audit_table& table) {
    fields.text("who", table.who, true);
    fields.objects("on", table.on);
    fields.texts("rights", table.rights);
    fields.text("applies-to", table.applies_to);
    fields.flag("on-success", table.on_success);
    fields.flag("on-failure", table.on_failure);
    fields.flag("remove", table.remove);
    fields.text("reason", table.reason);
}

template <class Fields>
void visit_fields(Fields& fields, restore_table& table) {
    fields.objects("on", table.on);
    fields.text("as", table.as);
    fields.text("from", table.from);
    fields.texts("parts", table.parts);
    fields.text("reason", table.reason);
}

template <class Fields>
void visit_fields(Fields& fields, state_ace& ace) {
    fields.text("to", ace.trustee);
    fields.texts("rights", ace.rights);
    fields.text("applies-to", ace.applies_to);
    fields.text("ace", ace.ace);
    fields.flag("deny", ace.denies);
}

template <class Fields>
void visit_fields(Fields& fields, state_table& table) {
    fields.objects("on", table.on);
    fields.aces("aces", table.aces);
    fields.aces("tolerate", table.tolerate);
    fields.word("mode", table.mode, {"exactly", "at-least"});
    fields.word("defaults", table.defaults, {"keep", "drop"});
    fields.text("reason", table.reason);
}

/// What `[[clean]]` looks for.
inline constexpr std::array<std::string_view, 5> clean_words{"orphans", "duplicates", "subsumed", "copies",
                                                             "order"};

template <class Fields>
void visit_fields(Fields& fields, clean_table& table) {
    fields.objects("on", table.on);
    fields.texts("what", table.what);
    fields.flag("report-only", table.report_only);
    fields.flag("export-is-complete", table.export_is_complete);
    fields.text("reason", table.reason);
}

} // namespace dsplan::plan
