#include <sddl/write.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/json_document.hpp>
#include <tools/dsplan/render/access.hpp>
#include <tools/dsplan/render/identity_json.hpp>
#include <tools/dsplan/words/rights.hpp>
#include <tools/dsplan/words/shown_ace.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

namespace dsplan::render {
namespace {

// In the order of their bits.
std::vector<std::string> object_rights(sddl::access_mask mask) {
    std::vector<std::string> names;
    for (std::uint32_t bit = 1; bit != 0 && bit <= mask.bits; bit <<= 1) {
        if (mask.contains({bit}))
            names.push_back(words::right_text(sddl::access_mask{bit}));
    }
    return names;
}

std::string_view name_of(sddl::access_basis basis) {
    switch (basis) {
    case sddl::access_basis::ownership:
        return "ownership";
    case sddl::access_basis::null_dacl:
        return "NULL DACL";
    case sddl::access_basis::absent_dacl:
        return "no DACL";
    case sddl::access_basis::ace:
    case sddl::access_basis::nothing:
        break;
    }
    return "no ACE allows it";
}

sddl::ace const& ace_of(access_question const& question, std::size_t index) {
    return question.object.descriptor->value->dacl->aces[index];
}

nlohmann::ordered_json basis_json(access_question const& question, access::deciding_ace const& deciding) {
    nlohmann::ordered_json made;
    if (deciding.basis != sddl::access_basis::ace) {
        made["basis"] = name_of(deciding.basis);
    } else {
        auto const origin = directory::find_origin(question.origins, question.object, deciding.index);
        made["ace"] = sddl::write_ace(ace_of(question, deciding.index), question.origins.sids);
        made["basis"] = directory::name_of(origin.source);
        if (origin.from != nullptr)
            made["from"] = origin.from->dn;
    }
    for (auto const& granted : deciding.rights)
        made["rights"].push_back(words::right_text(granted.subject, granted.right));
    return made;
}

void append_list(std::string& text, std::string_view title, std::vector<std::string> const& names) {
    if (names.empty())
        return;
    fmt::format_to(std::back_inserter(text), "\n{} ({})\n", title, names.size());
    std::string line = "   ";
    for (std::string const& name : names) {
        if (line.size() > 3 && line.size() + name.size() > 108) {
            text += line + '\n';
            line = "   ";
        }
        line += ' ' + name;
    }
    text += line + '\n';
}

nlohmann::ordered_json account_json(access_question const& question) {
    return identity_json(question.who == nullptr ? directory::identity{std::string(question.account), {}, {}}
                                                 : directory::identity_of(*question.who));
}

} // namespace

nlohmann::ordered_json access_json(access_question const& question, access::effective_access const& access) {
    nlohmann::ordered_json made{{"format", "dsplan.access"},
                                {"version", 1},
                                {"who", question.account},
                                {"on", question.object.dn},
                                {"account", account_json(question)},
                                {"object", identity_json(directory::identity_of(question.object))},
                                {"readable_attributes", access.readable_attributes},
                                {"writable_attributes", access.writable_attributes},
                                {"creatable_classes", access.creatable_classes},
                                {"deletable_classes", access.deletable_classes},
                                {"extended_rights", access.extended_rights},
                                {"validated_writes", access.validated_writes},
                                {"descriptor_rights", access.descriptor_rights},
                                {"object_rights", object_rights(access.object_rights)}};
    if (!access.deleted_by.empty())
        made["deletes_it"] = access.deleted_by;
    auto& decided = made["decided_by"] = nlohmann::ordered_json::array();
    for (auto const& deciding : access.decided_by)
        decided.push_back(basis_json(question, deciding));
    made["unknown"] = access.unknown;
    return made;
}

std::string basis_text(access_question const& question, sddl::access_basis basis, std::size_t index) {
    if (basis != sddl::access_basis::ace)
        return std::string(name_of(basis));
    auto const origin = directory::find_origin(question.origins, question.object, index);
    auto text = words::shown_ace(ace_of(question, index), question.origins.sids) + ", ";
    text += directory::name_of(origin.source);
    if (origin.source == directory::ace_source::inherited_unseen)
        text += ", but no ancestor in the export has it";
    if (origin.source == directory::ace_source::inherited)
        text += " from " + printable(origin.from->dn);
    return text;
}

std::string access_text(access_question const& question, access::effective_access const& access) {
    auto text = fmt::format("{} on {}\n", printable(question.account), printable(question.object.dn));
    append_list(text, "Reads", access.readable_attributes);
    append_list(text, "Writes", access.writable_attributes);
    append_list(text, "Creates children", access.creatable_classes);
    append_list(text, "Deletes children", access.deletable_classes);
    append_list(text, "Extended rights", access.extended_rights);
    append_list(text, "Validated writes", access.validated_writes);
    auto const names = object_rights(access.object_rights);
    if (!names.empty() || !access.deleted_by.empty())
        text += "\nOn the object itself\n";
    if (!names.empty())
        text += fmt::format("    {}\n", fmt::join(names, ", "));
    if (!access.deleted_by.empty())
        text += fmt::format("    delete, {}\n", printable(access.deleted_by));
    if (!access.decided_by.empty())
        text += "\nDecided by\n";
    for (auto const& deciding : access.decided_by)
        text += fmt::format("    {:4} rights  {}\n", deciding.rights.size(),
                            basis_text(question, deciding.basis, deciding.index));
    if (access.decided_by.empty() && access.deleted_by.empty() && access.unknown.empty())
        text += "\nNo rights.\n";
    for (auto const& reason : access.unknown)
        text += "\nNot known: " + printable(reason) + '\n';
    return text;
}

nlohmann::ordered_json answer_json(access_question const& question, access::right_query const& query,
                                   access::right_answer const& answer) {
    auto made =
        json_document("access-answer", {{"who", question.account},
                                        {"on", question.object.dn},
                                        {"account", account_json(question)},
                                        {"object", identity_json(directory::identity_of(question.object))},
                                        {"right", query.text},
                                        {"granted", answer.granted},
                                        {"remark", answer.remark}});
    access_question const decided{question.origins, question.account,
                                  answer.on != nullptr ? *answer.on : question.object};
    made["decided_by"] = basis_text(decided, answer.basis, answer.index);
    auto& conditions = made["unknown_conditions"] = nlohmann::ordered_json::array();
    for (auto const index : answer.unknown_conditions)
        conditions.push_back(basis_text(question, sddl::access_basis::ace, index));
    return made;
}

std::string answer_text(access_question const& question, access::right_query const& query,
                        access::right_answer const& answer) {
    auto text = fmt::format("{}: {}, {} on {}\n", answer.granted ? "yes" : "no", printable(question.account),
                            printable(query.text), printable(question.object.dn));
    if (!answer.remark.empty())
        text += fmt::format("    {}\n", printable(answer.remark));
    if (answer.remark.empty() || answer.basis != sddl::access_basis::nothing)
        text += "    " +
                basis_text(
                    {question.origins, question.account, answer.on != nullptr ? *answer.on : question.object},
                    answer.basis, answer.index) +
                '\n';
    for (auto const index : answer.unknown_conditions)
        text += "    not counted, its condition cannot be evaluated offline: " +
                basis_text(question, sddl::access_basis::ace, index) + '\n';
    return text;
}

} // namespace dsplan::render
