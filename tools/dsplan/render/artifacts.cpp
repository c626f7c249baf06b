#include <ldif/writer.hpp>
#include <sddl/self_relative.hpp>
#include <tools/dsplan/ground/sha256.hpp>
#include <tools/dsplan/plan/change_records.hpp>
#include <tools/dsplan/render/artifacts.hpp>
#include <tools/dsplan/render/plan_dsacls.hpp>
#include <tools/dsplan/render/plan_frame.hpp>
#include <tools/dsplan/render/plan_mark.hpp>
#include <tools/dsplan/render/review_html.hpp>
#include <tools/dsplan/render/review_markdown.hpp>
#include <tools/dsplan/words/shown_ace.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace dsplan::render {
namespace {

void add(std::vector<artifact>& files, std::string path, std::string content) {
    if (!content.empty())
        files.push_back({std::move(path), std::move(content)});
}

// Whole SIDs: the file is read back without naming a domain.
std::string sddl_text(std::string const& octets) {
    auto const descriptor = sddl::read_self_relative(std::as_bytes(std::span(octets)));
    return descriptor ? words::shown_descriptor(*descriptor, {}) + "\n" : std::string{};
}

// The domain root is what a plan is about; besides, it may touch the list that AdminSDHolder hands on and
// that of the controllers' container.
std::string_view stem_of(plan::domain_changes const& changes, plan::permission_change const& change) {
    if (change.dn == changes.dn)
        return "permissions";
    return change.dn.starts_with("OU=") ? "domain-controllers" : "admin-sd-holder";
}

void add_descriptors(std::vector<artifact>& files, std::string const& folder,
                     plan::domain_changes const& changes) {
    for (plan::permission_change const& change : changes.permissions) {
        auto const stem = stem_of(changes, change);
        add(files, fmt::format("{}{}-before.sddl", folder, stem), sddl_text(change.before));
        add(files, fmt::format("{}{}-after.sddl", folder, stem), sddl_text(change.after));
    }
}

std::string ldif_text(std::vector<ldif::record> const& records, std::string_view plan_digest) {
    if (records.empty())
        return {};
    auto text = fmt::format("# {}\r\n", plan_mark(plan_digest));
    for (ldif::record const& record : records)
        ldif::write(text, record);
    return text;
}

void add_domain(std::vector<artifact>& files, std::string const& folder, plan::domain_changes const& changes,
                std::string_view digest) {
    add(files, folder + "00-group.ldf", ldif_text(plan::group_records(changes), digest));
    add(files, folder + "01-permissions.ldf", ldif_text(plan::permission_records(changes), digest));
    add(files, folder + "01-permissions.cmd", permissions_cmd(changes, digest));
    add(files, folder + "02-members.ldf", ldif_text(plan::member_records(changes), digest));
    add(files, folder + "rollback.ldf", ldif_text(plan::rollback_records(changes), digest));
    add(files, folder + "rollback.cmd", rollback_cmd(changes, digest));
    add_descriptors(files, folder, changes);
}

artifact const* find(std::vector<artifact> const& files, std::string_view path) {
    auto const found =
        std::find_if(files.begin(), files.end(), [path](artifact const& each) { return each.path == path; });
    return found == files.end() ? nullptr : &*found;
}

// From 1; the command stands on a line of its own.
std::uint64_t line_of(std::string_view command, std::string const& script) {
    auto const place = script.find(fmt::format("\n{}\r\n", command));
    return place == std::string::npos
               ? 0
               : static_cast<std::uint64_t>(std::count(
                     script.begin(), script.begin() + static_cast<std::ptrdiff_t>(place) + 1, '\n')) +
                     1;
}

void add_domain_sources(std::vector<review::change_source>& sources, std::string const& folder,
                        plan::domain_changes const& changes, std::vector<artifact> const& files) {
    auto const add_file = [&](std::string_view name) {
        if (auto const* const file = find(files, folder + std::string(name)); file != nullptr)
            sources.push_back({file->path, std::string_view(file->content)});
    };
    add_file("00-group.ldf");
    add_file("01-permissions.ldf");
    auto const* const script = find(files, folder + "01-permissions.cmd");
    for (plan::permission_change const& change : changes.permissions)
        if (!change.is_importable() && script != nullptr)
            sources.push_back({script->path, review::commanded_permissions{
                                                 change, line_of(dsacls_command(change), script->content)}});
    add_file("02-members.ldf");
}

std::string whole(void (*write)(review::review const&, text_sink const&, page_frame const*),
                  review::review const& reviewed, page_frame const& frame) {
    std::string text;
    write(
        reviewed, [&text](std::string_view part) { text += part; }, &frame);
    return text;
}

void sort_by_path(std::vector<artifact>& files) {
    std::sort(files.begin(), files.end(),
              [](artifact const& a, artifact const& b) { return a.path < b.path; });
}

} // namespace

std::string folder_of(plan::plan const& drawn, plan::domain_changes const& changes) {
    if (drawn.domains.size() < 2)
        return {};
    std::string folder = changes.dns_name;
    std::replace_if(
        folder.begin(), folder.end(),
        [](char letter) {
            return !((letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                     (letter >= '0' && letter <= '9') || letter == '-' || letter == '.');
        },
        '_');
    if (folder.starts_with('.'))
        folder.front() = '_';
    return folder + "/";
}

std::string checksums(std::vector<artifact> const& files) {
    std::string text;
    for (artifact const& file : files)
        text += fmt::format("{}  {}\n", sha256_hex(file.content), file.path);
    return text;
}

std::vector<artifact> change_files(plan::plan const& drawn, std::string_view plan_digest) {
    std::vector<artifact> files;
    for (plan::domain_changes const& changes : drawn.domains)
        add_domain(files, folder_of(drawn, changes), changes, plan_digest);
    sort_by_path(files);
    return files;
}

std::vector<review::change_source> sources_to_review(plan::plan const& drawn,
                                                     std::vector<artifact> const& files) {
    std::vector<review::change_source> sources;
    for (plan::domain_changes const& changes : drawn.domains)
        add_domain_sources(sources, folder_of(drawn, changes), changes, files);
    return sources;
}

std::vector<artifact> plan_artifacts(plan::plan const& drawn, review::review const& reviewed,
                                     std::string description, std::vector<artifact> files) {
    auto const frame = plan_frame(drawn, plan_digest(description));
    add(files, "plan.json", std::move(description));
    add(files, "review.html", whole(write_review_html, reviewed, frame));
    add(files, "review.md", whole(write_review_markdown, reviewed, frame));
    sort_by_path(files);
    files.push_back({"SHA256SUMS", checksums(files)});
    return files;
}

} // namespace dsplan::render
