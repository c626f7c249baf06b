#include <sddl/ace.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/nearest_names.hpp>
#include <tools/dsplan/plan/dsacls/dsacls_statement.hpp>
#include <tools/dsplan/words/applies_to.hpp>
#include <tools/dsplan/words/right_names.hpp>
#include <tools/dsplan/words/right_words.hpp>
#include <tools/dsplan/words/rights.hpp>
#include <tools/dsplan/words/type_meaning.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace dsplan::plan {
namespace {

namespace flag = sddl::ace_flag;

// The fields of a statement.
struct statement_fields {
    request_place place;
    std::string trustee;
    std::string letters;
    std::string object;
    std::string type; // of the objects that inherit
};

struct statement_work {
    statement_fields const& fields;
    statement_reading& outer;

    std::nullopt_t fail(std::string_view what, std::string detail = {}) const {
        outer.errors.push_back(at(fields.place, what, std::move(detail)));
        return std::nullopt;
    }
    void warn(std::string_view rule, std::string_view what, std::string advice) const {
        outer.remarks.push_back({std::string(rule),
                                 severity::warning,
                                 fmt::format("{}: {}", place_text(fields.place), what),
                                 {},
                                 std::move(advice)});
    }
    // What probably means something else: an error, and with as_written none.
    bool doubt(std::string_view what, std::string_view meant) const {
        if (outer.choices.as_written) {
            warn("dsacls-as-written", what, fmt::format("probably meant: {}", meant));
            return true;
        }
        fail(what, fmt::format("  probably meant: {}; --as-written keeps it as it is\n", meant));
        return false;
    }
};

std::optional<statement_fields> fields_of(script_word const& word, statement_reading& state) {
    // A DN may hold a colon, the letters and names behind it never do.
    auto const colon = word.text.rfind(':');
    if (colon == std::string::npos || colon == 0) {
        state.errors.push_back(
            at(word.place, fmt::format("expected ACCOUNT:RIGHTS, found '{}'", printable(word.text)),
               "  an argument with a blank stands in one pair of quotation marks, all of it\n"));
        return std::nullopt;
    }
    statement_fields made{word.place, word.text.substr(0, colon), {}, {}, {}};
    std::array<std::string*, 3> const fields{&made.letters, &made.object, &made.type};
    std::size_t field = 0;
    for (char const octet : word.text.substr(colon + 1))
        if (octet != ';')
            *fields[std::min<std::size_t>(field, 2)] += octet;
        else if (++field > 2 && !made.type.empty())
            break; // an empty field behind the class
    return made;
}

// ---- the letters

words::bit_words const* find_letters(std::string_view letters, std::string_view words::bit_words::*column) {
    for (auto const& row : words::right_words)
        if (equal_ignoring_case(row.*column, letters))
            return &row;
    return nullptr;
}

std::string advice_on_letters(std::string_view all, std::string_view unknown) {
    if (all.find(',') != std::string_view::npos)
        return "  a semicolon parts the letters and the names: RPWP;lockoutTime;user\n";
    if (auto const* const meant = find_letters(unknown, &words::bit_words::letters))
        return fmt::format("  {} is of SDDL; dsacls writes {}\n", meant->letters, meant->dsacls);
    std::vector<std::string_view> letters;
    for (auto const& row : words::right_words)
        letters.push_back(row.dsacls);
    return fmt::format("  dsacls knows {}\n", fmt::join(letters, " "));
}

std::optional<sddl::access_mask> mask_of(statement_work const& state) {
    auto const& letters = state.fields.letters;
    if (letters.empty())
        return state.fail(
            fmt::format("expected letters of rights behind '{}:'", printable(state.fields.trustee)));
    sddl::access_mask made;
    for (std::size_t next = 0; next < letters.size(); next += 2) {
        auto const pair = std::string_view(letters).substr(next, 2);
        auto const* const row = find_letters(pair, &words::bit_words::dsacls);
        if (row == nullptr)
            return state.fail(fmt::format("expected letters of rights, found '{}' in '{}'", printable(pair),
                                          printable(letters)),
                              advice_on_letters(letters, pair));
        made = made | row->bit;
    }
    return made;
}

// ---- the name of what the rights are for

std::string letters_of(sddl::access_mask mask) {
    std::string made;
    for (auto const& row : words::right_words)
        if (mask.contains(row.bit))
            made += row.dsacls;
    return made;
}

// Bits that are for the object as a whole, whatever name stands behind them.
sddl::access_mask bits_without_a_name(sddl::access_mask mask) {
    sddl::access_mask made;
    for (auto const& row : words::right_words)
        if (mask.contains(row.bit) && row.verb.empty())
            made = made | row.bit;
    return made;
}

std::optional<sddl::guid> any_type(std::string_view name, directory::schema const& known) {
    if (auto const id = words::parse_type(name))
        return id;
    if (auto const* const right = known.find_right(name))
        return right->id;
    if (auto const* const attribute = known.find_attribute(name))
        return attribute->id;
    auto const* const of = known.find_class(name);
    return of == nullptr ? std::nullopt : std::optional(of->id);
}

// "CA;Enroll" of "GR;Enroll", "GA;;user" of "GA;user".
std::string what_was_meant(sddl::access_mask alone, sddl::access_mask named, std::string const& name,
                           directory::schema const& known) {
    if (named.bits != 0)
        return fmt::format("{} and {};{}, one statement each", letters_of(alone), letters_of(named), name);
    auto const* const right = known.find_right(name);
    auto const takes = [right](std::uint32_t accesses) {
        return right != nullptr && (right->valid_accesses & accesses) != 0;
    };
    if (takes(words::is_extended_right))
        return fmt::format("CA;{}", name);
    if (right == nullptr && known.find_class(name) != nullptr && known.find_attribute(name) == nullptr)
        return fmt::format("{};;{} with /I:S", letters_of(alone), name);
    auto const reads = alone.bits == sddl::right_generic_read.bits;
    return fmt::format("{};{}",
                       takes(words::is_validated_write) && !takes(words::is_property_set) ? "WS"
                       : reads                                                            ? "RP"
                                                                                          : "WP",
                       name);
}

// Each family of letters picks its kind of name; all must come to one object type.
result<sddl::guid> type_for(sddl::access_mask mask, std::string const& name, directory::schema const& known) {
    std::optional<sddl::guid> made;
    for (auto const& row : words::right_words) {
        if (!mask.contains(row.bit) || row.verb.empty())
            continue;
        auto const* const attribute = known.find_attribute(name);
        bool const guards =
            row.bit == sddl::right_control_access && attribute != nullptr && attribute->is_confidential;
        auto const found =
            guards ? result<sddl::guid>(attribute->id) : words::find_type(row.bit, name, known);
        if (!found)
            return found;
        if (made && *made != *found)
            return tl::unexpected(failure{
                fmt::format("'{}' is not one thing for all of {}", printable(name), letters_of(mask)), {}});
        made = *found;
    }
    return *made;
}

// The statement that asks for a name of its kind.
std::string advice_on_kind(std::string const& name, directory::schema const& known) {
    auto const shown = printable(name);
    auto const* const right = known.find_right(name);
    if (right != nullptr && (right->valid_accesses & words::is_extended_right) != 0)
        return fmt::format("  an extended right is held or not: CA;{}\n", shown);
    if (known.find_attribute(name) != nullptr ||
        (right != nullptr && (right->valid_accesses & words::is_property_set) != 0))
        return fmt::format("  RP;{0} reads it, WP;{0} writes it\n", shown);
    if (right != nullptr)
        return fmt::format("  a validated write: WS;{}\n", shown);
    if (known.find_class(name) != nullptr)
        return fmt::format(
            "  CC;{0} creates and DC;{0} deletes one; GA;;{0} with /I:S is full control of those below\n",
            shown);
    return {};
}

std::optional<sddl::guid> named_type(statement_work const& state, sddl::access_mask mask) {
    auto const name = state.fields.object;
    auto const& known = state.outer.known;
    auto const alone = bits_without_a_name(mask);
    auto const named = sddl::access_mask{mask.bits & ~alone.bits};
    auto const any = any_type(name, known);
    if (alone.bits != 0 && any) {
        auto const what =
            fmt::format("{} {} for the object as a whole, and '{}' stands behind", letters_of(alone),
                        letters_of(alone).size() == 2 ? "is" : "are", printable(name));
        return state.doubt(what, what_was_meant(alone, named, printable(name), known)) ? any : std::nullopt;
    }
    auto found = type_for(alone.bits != 0 ? sddl::right_read_property : mask, name, known);
    if (found)
        return *found;
    if (state.outer.choices.as_written && any) {
        state.warn("dsacls-as-written", found.error().what, {});
        return any;
    }
    auto advice = advice_on_kind(name, known);
    return state.fail(found.error().what, advice.empty() ? found.error().detail : std::move(advice));
}

// ---- where it applies

std::optional<sddl::guid> class_type(statement_work const& state) {
    auto const& name = state.fields.type;
    auto const& known = state.outer.known;
    if (auto const id = words::parse_type(name))
        return id;
    if (auto const* const of = known.find_class(name))
        return of->id;
    nearest_names near(name);
    for (auto const& each : known.classes())
        near.consider(each.name);
    auto const meant = near.take();
    return state.fail(fmt::format("expected a class of objects that inherit, found '{}'", printable(name)),
                      meant.empty() ? std::string("  a forest with its own classes needs --schema\n")
                                    : fmt::format("  did you mean {}?\n", meant.front()));
}

std::optional<std::uint8_t> flags_for(statement_work const& state, dsacls_inheritance inherits,
                                      bool has_class) {
    constexpr std::uint8_t below = flag::container_inherit | flag::inherit_only;
    if (inherits == dsacls_inheritance::none && has_class) {
        auto const& chosen = state.outer.choices.typed_without_i;
        if (chosen.empty())
            return state.fail(fmt::format("'{}' names a class of objects below, and no /I stands in the call",
                                          printable(state.fields.type)),
                              "  what dsacls does then is documented nowhere: write /I:S, or decide with "
                              "--typed-without-i S or --typed-without-i object\n");
        return equal_ignoring_case(chosen, "S") ? below : std::uint8_t(0);
    }
    if (inherits == dsacls_inheritance::tree && has_class)
        state.warn("dsacls-unproven",
                   fmt::format("/I:T with the class '{}': the ACE is effective on the object itself, too, "
                               "whatever its class",
                               printable(state.fields.type)),
                   "the help of dsacls asks for /I:S with a class; what /I:T gives is documented nowhere");
    if (inherits == dsacls_inheritance::one_level)
        state.warn("dsacls-unproven", "/I:P is read as this object and its direct children",
                   "what it gives is documented nowhere");
    switch (inherits) {
    case dsacls_inheritance::none:
        return std::uint8_t(0);
    case dsacls_inheritance::tree:
        return flag::container_inherit;
    case dsacls_inheritance::below:
        return below;
    case dsacls_inheritance::one_level:
        break;
    }
    return static_cast<std::uint8_t>(flag::container_inherit | flag::no_propagate);
}

// ---- what reads well and means something else

bool is_of_containers(directory::schema_class const* of) {
    return of != nullptr && (of->name == "organizationalUnit" || of->name == "container" ||
                             of->name == "domainDNS" || of->name == "builtinDomain");
}

bool fits(statement_work const& state, dsacls_statement const& made) {
    auto const* const of = made.inherited_type ? state.outer.known.find_class(*made.inherited_type) : nullptr;
    bool const is_of_children = (made.mask.bits & ~words::child_bits.bits) == 0;
    if (is_of_children && !made.type && of != nullptr && !is_of_containers(of))
        return state.doubt(
            fmt::format("{} with the class '{}' behind two semicolons is about any child below {} objects",
                        letters_of(made.mask), of->name, of->name),
            fmt::format("{};{}", letters_of(made.mask), of->name));
    if (made.mask == sddl::right_write_dac && !made.type)
        state.warn("dsacls-letters", "WD is \"change permissions\": who has it can take every other right",
                   "meant write? WP, or WP;ATTRIBUTE");
    return true;
}

// Rights of the replication and others that apply to the root of a naming context alone.
void warn_of_reach(statement_work const& state, dsacls_statement const& made) {
    if (!made.type || (made.flags & flag::inherit_only) == 0)
        return;
    auto const meaning = words::meaning_of(*made.type, state.outer.known);
    auto const* const right = meaning.extended_right;
    if (right == nullptr || right->applies_to.empty())
        return;
    bool const is_of_roots = std::all_of(
        right->applies_to.begin(), right->applies_to.end(), [](directory::schema_class const* each) {
            return each->name == "domainDNS" || each->name == "domain" || each->name == "configuration" ||
                   each->name == "dMD" || each->name == "samDomain" || each->name == "samServer";
        });
    if (is_of_roots)
        state.warn("dsacls-reaches-nothing",
                   fmt::format("{} is a right on the root of a naming context, and /I:S reaches objects "
                               "below alone: it gives nobody anything",
                               right->display_name),
                   "leave /I out");
}

void warn_of_confidential(statement_work const& state, dsacls_statement const& made) {
    auto const* const attribute = made.type ? state.outer.known.find_attribute(*made.type) : nullptr;
    if (attribute != nullptr && attribute->is_confidential && made.mask.contains(sddl::right_read_property) &&
        !made.mask.contains(sddl::right_control_access))
        state.warn("dsacls-confidential",
                   fmt::format("{} is confidential: RP alone does not read it", attribute->name),
                   fmt::format("RPCA;{} does", attribute->name));
}

std::optional<dsacls_statement> statement_of(statement_work const& state, dsacls_inheritance inherits) {
    auto const mask = mask_of(state);
    if (!mask)
        return std::nullopt;
    dsacls_statement made{state.fields.place, state.fields.trustee, *mask, {}, {}, 0};
    if (!state.fields.object.empty()) {
        made.type = named_type(state, *mask);
        if (!made.type)
            return std::nullopt;
    }
    if (!state.fields.type.empty()) {
        made.inherited_type = class_type(state);
        if (!made.inherited_type)
            return std::nullopt;
    }
    auto const flags = flags_for(state, inherits, made.inherited_type.has_value());
    if (!flags)
        return std::nullopt;
    made.flags = *flags;
    if (made.flags == 0)
        made.inherited_type.reset();
    if (!fits(state, made))
        return std::nullopt;
    warn_of_reach(state, made);
    warn_of_confidential(state, made);
    made.mask = sddl::map_generic(made.mask);
    return made;
}

} // namespace

std::optional<dsacls_statement> read_statement(script_word const& word, dsacls_inheritance inherits,
                                               statement_reading& state) {
    auto const fields = fields_of(word, state);
    return fields ? statement_of({*fields, state}, inherits) : std::nullopt;
}

} // namespace dsplan::plan
