#include <tools/dsplan/review/attribute_syntax.hpp>
#include <tools/dsplan/review/review_state.hpp>

namespace dsplan::review {
namespace {

words::name_context with_cache(review_request const& request, words::name_cache& cache) {
    auto names = request.names;
    names.cache = &cache;
    if (request.base != nullptr)
        names.members = &request.base->members;
    return names;
}

} // namespace

review_state::review_state(review_request const& asked)
    : request(asked)
    , cache(asked.names.known)
    , names(with_cache(asked, cache))
    , records(names) {
    if (request.drawn != nullptr)
        planned_.emplace(*request.drawn);
    made.has_base = request.base != nullptr;
    made.sids = names.sids;
}

finding_list review_state::findings_of(std::size_t record, std::uint64_t line) {
    return {made.findings, request.is_wanted, record, made.files.back(), line, &made.unjudged, planned()};
}

finding_list review_state::findings_of(record_reading const& reading, std::uint64_t line) {
    return {made.findings, request.is_wanted, reading.number, made.files[reading.file],
            line,          &made.unjudged,    planned()};
}

finding_list review_state::findings_of_all() {
    bool const is_one = made.files.size() == 1;
    if (!is_one)
        all_files_ = "all files";
    return {made.findings, request.is_wanted, 0, is_one ? made.files.front() : all_files_, 0, &made.unjudged};
}

void review_state::tell_failure(ldif::apply_error const& error, record_reading& reading,
                                finding_list const& findings) {
    auto const text = ldif::message(error) + (error.hint.empty() ? "" : "; " + error.hint);
    reading.failure += (reading.failure.empty() ? "" : "; ") + text;
    findings.at_line(error.line)
        .add("import-fails", text,
             {{error.dn, error.attribute,
               error.value.empty() ? "" : shown_value(error.attribute, error.value)}});
}

} // namespace dsplan::review
