#include <ldif/writer.hpp>
#include <sddl/self_relative.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/plan/change_records.hpp>
#include <tools/dsplan/render/artifacts.hpp>
#include <tools/dsplan/render/plan_dsacls.hpp>
#include <tools/dsplan/render/plan_json.hpp>
#include <tools/dsplan/render/plan_markdown.hpp>
#include <tools/dsplan/sha256.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::render {
namespace {

void add(std::vector<artifact>& files, std::string path, std::string content) {
    if (!content.empty())
        files.push_back({std::move(path), std::move(content)});
}

std::string sddl_text(std::string const& octets, sddl::domain_sids const& sids) {
    auto const descriptor = sddl::read_self_relative(std::as_bytes(std::span(octets)));
    return descriptor ? sddl::write(*descriptor, sids) + "\n" : std::string{};
}

void add_descriptors(std::vector<artifact>& files, std::string const& folder,
                     plan::domain_changes const& changes) {
    for (plan::permission_change const& change : changes.permissions) {
        // The domain root is what a plan is about; AdminSDHolder is the only other object it may touch.
        auto const stem = change.dn == changes.dn ? "permissions" : "admin-sd-holder";
        add(files, fmt::format("{}{}-before.sddl", folder, stem), sddl_text(change.before, changes.sids));
        add(files, fmt::format("{}{}-after.sddl", folder, stem), sddl_text(change.after, changes.sids));
    }
}

std::string ldif_text(std::vector<ldif::record> const& records) {
    std::string text;
    for (ldif::record const& record : records)
        ldif::write(text, record);
    return text;
}

void add_domain(std::vector<artifact>& files, std::string const& folder,
                plan::domain_changes const& changes) {
    add(files, folder + "00-group.ldf", ldif_text(plan::group_records(changes)));
    add(files, folder + "01-permissions.ldf", ldif_text(plan::permission_records(changes)));
    add(files, folder + "01-permissions.cmd", permissions_cmd(changes));
    add(files, folder + "02-members.ldf", ldif_text(plan::member_records(changes)));
    add(files, folder + "rollback.ldf", ldif_text(plan::rollback_records(changes)));
    add(files, folder + "rollback.cmd", rollback_cmd(changes));
    add_descriptors(files, folder, changes);
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

std::vector<artifact> plan_artifacts(plan::plan const& drawn) {
    std::vector<artifact> files;
    for (plan::domain_changes const& changes : drawn.domains)
        add_domain(files, folder_of(drawn, changes), changes);
    add(files, "plan.json", plan_json(drawn));
    add(files, "review.md", plan_markdown(drawn));
    std::sort(files.begin(), files.end(),
              [](artifact const& a, artifact const& b) { return a.path < b.path; });
    files.push_back({"SHA256SUMS", checksums(files)});
    return files;
}

} // namespace dsplan::render
