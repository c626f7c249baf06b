#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/input_digest.hpp>
#include <tools/dsplan/ground/input_file.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/ground/sha256.hpp>
#include <tools/dsplan/render/artifacts.hpp>
#include <tools/dsplan/render/plan_folder.hpp>
#include <tools/dsplan/render/plan_mark.hpp>
#include <tools/dsplan/render/read_plan.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <system_error>

namespace dsplan::render {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_file = std::size_t{1} << 30;
constexpr std::string_view checksum_file = "SHA256SUMS";

using sums_by_path = std::map<std::string, std::set<std::string>, std::less<>>;

// As sha256sum writes it: 64 digits, two blanks or a blank and '*', the name.
sums_by_path read_sums(std::string_view text) {
    constexpr std::size_t name_starts = 66;
    sums_by_path sums;
    while (!text.empty()) {
        auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.size() <= name_starts)
            continue;
        std::string sum(line.substr(0, 64));
        std::transform(sum.begin(), sum.end(), sum.begin(), to_lower);
        sums[std::string(line.substr(name_starts))].insert(std::move(sum));
    }
    return sums;
}

// What ldifde, cmd.exe or PowerShell would take, and what people read before they do.
bool is_of_a_plan(std::string_view path) {
    constexpr std::array<std::string_view, 12> endings{".ldf",  ".ldif", ".cmd", ".bat", ".ps1",  ".exe",
                                                       ".sddl", ".com",  ".vbs", ".js",  ".json", ".md"};
    auto const ending = path.rfind('.');
    return ending != std::string_view::npos &&
           std::any_of(endings.begin(), endings.end(), [&](std::string_view known) {
               return equal_ignoring_case(path.substr(ending), known);
           });
}

bool is_to_import(std::string_view path) {
    return path.ends_with(".ldf") || path.ends_with(".cmd");
}

result<std::set<std::string>> names_below(fs::path const& folder) {
    std::set<std::string> names;
    std::error_code error;
    for (fs::recursive_directory_iterator each(folder, error), end; !error && each != end;
         each.increment(error)) {
        std::error_code unknown;
        if (fs::is_directory(each->symlink_status(unknown)))
            continue;
        auto const name = each->path().lexically_relative(folder).generic_u8string();
        names.insert({name.begin(), name.end()});
    }
    if (error)
        return tl::unexpected(failure{fmt::format("cannot read {}: {}", shown(folder), error.message()), {}});
    return names;
}

class folder_reader {
public:
    explicit folder_reader(fs::path folder) : folder_(std::move(folder)) {}

    result<plan_folder> read() {
        auto description = read_whole_file(folder_ / "plan.json", largest_file);
        if (!description)
            return tl::unexpected(description.error());
        auto planned = read_plan_json(*description);
        if (!planned)
            return tl::unexpected(planned.error());
        made_.planned = std::move(*planned);
        made_.plan_digest = plan_digest(*description);
        for (artifact& file : change_files(made_.planned, made_.plan_digest))
            expected_.emplace(std::move(file.path), std::move(file.content));
        if (auto listed = list(); !listed)
            return tl::unexpected(listed.error());
        if (auto whole = refuse_emptied(); !whole)
            return tl::unexpected(whole.error());
        for (std::string const& name : names_)
            if (auto judged = judge(name); !judged)
                return tl::unexpected(judged.error());
        return std::move(made_);
    }

private:
    result<void> list() {
        auto there = names_below(folder_);
        if (!there)
            return tl::unexpected(there.error());
        there_ = std::move(*there);
        names_ = there_;
        if (there_.contains(std::string(checksum_file))) {
            auto const sums = read_whole_file(folder_ / checksum_file, largest_file);
            if (!sums)
                return tl::unexpected(sums.error());
            made_.set_digest = set_digest(*sums);
            sums_ = read_sums(*sums);
            names_.erase(std::string(checksum_file));
        } else {
            names_.emplace(checksum_file);
        }
        for (auto const& [name, sums] : sums_)
            names_.insert(name);
        for (auto const& [name, content] : expected_)
            names_.insert(name);
        return {};
    }

    // A plan without steps verifies as nothing to do; beside files to import it is no plan of theirs.
    [[nodiscard]] result<void> refuse_emptied() const {
        if (made_.planned.has_changes())
            return {};
        auto const beside = std::find_if(names_.begin(), names_.end(), is_to_import);
        if (beside == names_.end())
            return {};
        return tl::unexpected(
            failure{fmt::format("expected plan.json to plan what {} changes, found a plan without steps",
                                printable(*beside)),
                    "  plan.json was edited, or is of another plan: make the plan again\n"});
    }

    result<void> judge(std::string const& name) {
        auto state = file_state::missing;
        if (there_.contains(name)) {
            std::error_code unknown;
            state = file_state::irregular;
            if (fs::is_regular_file(fs::symlink_status(folder_ / to_path(name), unknown))) {
                auto const content = read_whole_file(folder_ / to_path(name), largest_file);
                if (!content)
                    return tl::unexpected(content.error());
                state = state_of(name, *content);
                if (expected_.contains(name))
                    made_.changes.push_back({name, *content});
            }
        }
        made_.files.push_back({name, state});
        return {};
    }

    [[nodiscard]] file_state state_of(std::string const& name, std::string const& content) const {
        auto const expected = expected_.find(name);
        auto const sums = sums_.find(name);
        if (sums == sums_.end())
            return expected != expected_.end() || is_of_a_plan(name) ? file_state::unlisted
                                                                     : file_state::foreign;
        if (sums->second != std::set{sha256_hex(content)})
            return file_state::changed;
        bool const is_planned =
            expected == expected_.end() ? !is_to_import(name) : expected->second == content;
        return is_planned ? file_state::as_written : file_state::not_planned;
    }

    fs::path folder_;
    plan_folder made_;
    std::map<std::string, std::string, std::less<>> expected_; // what plan.json makes
    sums_by_path sums_;
    std::set<std::string> there_;
    std::set<std::string> names_; // of all that is there or should be
};

} // namespace

folder_file const* plan_folder::find_changed() const {
    auto const found = std::find_if(files.begin(), files.end(), [](folder_file const& file) {
        return file.state != file_state::as_written && file.state != file_state::foreign;
    });
    return found == files.end() ? nullptr : &*found;
}

result<plan_folder> read_plan_folder(fs::path const& folder) {
    return folder_reader(folder).read();
}

void note_other_exports(plan_folder& folder, std::span<std::filesystem::path const> exports) {
    auto const& inputs = folder.planned.inputs;
    for (auto const& path : exports) {
        auto const digest = digest_of_input(path);
        if (!digest || digest->sha256.empty())
            continue; // who reads it says why
        if (std::none_of(inputs.begin(), inputs.end(),
                         [&](auto const& input) { return input.sha256 == digest->sha256; }))
            folder.other_exports.push_back(shown(path));
    }
}

std::string_view name_of(file_state state) {
    switch (state) {
    case file_state::as_written:
        return "as-written";
    case file_state::changed:
        return "changed";
    case file_state::not_planned:
        return "not-planned";
    case file_state::missing:
        return "missing";
    case file_state::unlisted:
        return "unlisted";
    case file_state::foreign:
        return "foreign";
    case file_state::irregular:
        return "irregular";
    }
    return "";
}

std::string_view meaning_of(file_state state) {
    switch (state) {
    case file_state::as_written:
        return "as it was written";
    case file_state::changed:
        return "changed since it was written: SHA256SUMS has another sum";
    case file_state::not_planned:
        return "not what plan.json plans, though SHA256SUMS has its sum";
    case file_state::missing:
        return "missing";
    case file_state::unlisted:
        return "not named by SHA256SUMS: it was put here later";
    case file_state::foreign:
        return "no file of the plan";
    case file_state::irregular:
        return "a link or something else that is no file";
    }
    return "";
}

} // namespace dsplan::render
