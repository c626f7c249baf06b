#include <ldif/writer.hpp>
#include <sddl/self_relative.hpp>
#include <tools/dsplan/ground/sha256.hpp>
#include <tools/dsplan/ground/windows_name.hpp>
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
#include <map>
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

// Of the first part of a name: "AdminSDHolder" is admin-sd-holder, "Domain Controllers" domain-controllers.
std::string words_of_name(std::string_view dn) {
    constexpr std::size_t at_most = 40;
    auto const is_upper = [](char letter) {
        return letter >= 'A' && letter <= 'Z';
    };
    auto const is_lower = [](char letter) {
        return letter >= 'a' && letter <= 'z';
    };
    auto const is_digit = [](char letter) {
        return letter >= '0' && letter <= '9';
    };
    auto const equals = std::min(dn.find('='), dn.size());
    auto const name = dn.substr(std::min(equals + 1, dn.size()), dn.find(',') - equals - 1);
    std::string made;
    for (std::size_t index = 0; index < name.size() && made.size() < at_most; ++index) {
        char const letter = name[index];
        bool const begins_word =
            is_upper(letter) && index > 0 &&
            (is_lower(name[index - 1]) ||
             (is_upper(name[index - 1]) && index + 1 < name.size() && is_lower(name[index + 1])));
        bool const is_part = is_upper(letter) || is_lower(letter) || is_digit(letter);
        if ((begins_word || !is_part) && !made.empty() && made.back() != '-')
            made += '-';
        if (is_part)
            made += is_upper(letter) ? static_cast<char>(letter - 'A' + 'a') : letter;
    }
    if (made.ends_with('-'))
        made.pop_back();
    return made.empty() ? "object" : made;
}

using used_names = std::map<std::string, std::size_t, std::less<>>;

std::string unused_name(std::string const& wanted, used_names& used) {
    auto& times = used[wanted];
    if (++times == 1)
        return wanted;
    for (;; ++times)
        if (auto name = fmt::format("{}-{}", wanted, times); used.try_emplace(name, 1).second)
            return name;
}

// The domain root is what most plans are about; other objects have files by their names.
void add_descriptors(std::vector<artifact>& files, std::string const& folder,
                     plan::domain_changes const& changes) {
    constexpr std::string_view of_the_root = "permissions";
    used_names used{{std::string(of_the_root), 1}};
    for (plan::permission_change const& change : changes.permissions) {
        auto const stem =
            change.dn == changes.dn ? std::string(of_the_root) : unused_name(words_of_name(change.dn), used);
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
    add(files, folder + "01-descriptors.ldf", ldif_text(plan::descriptor_records(changes), digest));
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

// Of the first command for the object, from 1; it stands on a line of its own.
std::uint64_t line_of(plan::permission_change const& change, artifact const& script) {
    auto const commands = dsacls_commands(change);
    auto const& text = script.content;
    auto const place =
        commands.empty() ? std::string::npos : text.find(fmt::format("\n{}\r\n", commands.front()));
    return place == std::string::npos
               ? 0
               : static_cast<std::uint64_t>(
                     std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(place) + 1, '\n')) +
                     1;
}

void add_domain_sources(std::vector<review::change_source>& sources, std::string const& folder,
                        plan::domain_changes const& changes, std::vector<artifact> const& files) {
    auto const add_file = [&](std::string_view name) {
        if (auto const* const file = find(files, folder + std::string(name)); file != nullptr)
            sources.push_back({file->path, std::string_view(file->content)});
    };
    add_file("00-group.ldf");
    add_file("01-descriptors.ldf");
    add_file("01-permissions.ldf");
    auto const* const script = find(files, folder + "01-permissions.cmd");
    for (plan::permission_change const& change : changes.permissions)
        if (!change.is_importable() && script != nullptr)
            sources.push_back(
                {script->path, review::commanded_permissions{change, line_of(change, *script)}});
    add_file("02-members.ldf");
}

template <class Write>
std::string whole(Write const& write) {
    std::string text;
    write([&text](std::string_view part) { text += part; });
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
    if (is_reserved_on_windows(folder))
        folder = "_" + folder + "_";
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
    add(files, "review.html",
        whole([&](text_sink const& sink) { write_review_html(reviewed, sink, frame.from, &frame); }));
    add(files, "review.md",
        whole([&](text_sink const& sink) { write_review_markdown(reviewed, sink, &frame); }));
    sort_by_path(files);
    files.push_back({"SHA256SUMS", checksums(files)});
    return files;
}

} // namespace dsplan::render
