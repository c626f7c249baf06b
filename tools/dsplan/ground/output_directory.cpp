#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/file_system.hpp>
#include <tools/dsplan/ground/output_directory.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>
#include <string>
#include <system_error>

namespace dsplan {
namespace {

namespace fs = std::filesystem;

tl::unexpected<failure> cannot(std::string_view what, fs::path const& path, std::error_code const& why) {
    return tl::unexpected(failure{fmt::format("cannot {} {}: {}", what, shown(path), why.message()),
                                  "  nothing was written\n"});
}

// The files that SHA256SUMS of an earlier plan names, itself included; the only ones that --force may remove.
std::set<fs::path> files_of_earlier_plan(fs::path const& directory) {
    constexpr std::size_t name_starts = 66; // after 64 digits and two blanks
    std::set<fs::path> known;
    std::ifstream sums(directory / "SHA256SUMS", std::ios::binary);
    for (std::string line; std::getline(sums, line);)
        if (line.size() > name_starts)
            known.insert(directory / to_path(std::string_view(line).substr(name_starts)));
    if (!known.empty())
        known.insert(directory / "SHA256SUMS");
    return known;
}

std::optional<fs::path> first_foreign_file(fs::path const& directory, std::error_code& error) {
    auto const known = files_of_earlier_plan(directory);
    for (fs::recursive_directory_iterator each(directory, error), end; !error && each != end;
         each.increment(error))
        if (!each->is_directory() && !known.contains(each->path()))
            return each->path();
    return std::nullopt;
}

result<void> write_file(fs::path const& path, std::string const& content) {
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (error)
        return cannot("create", path.parent_path(), error);
    auto file = written_file::create(path, error);
    if (!error)
        file.write(content, error);
    if (!error)
        file.sync(error);
    if (error == std::errc::invalid_argument)
        error.clear(); // a file system that cannot
    if (!error)
        file.close(error);
    if (error)
        return cannot("write", path, error);
    return {};
}

fs::path beside(fs::path const& directory, std::string_view purpose, unsigned number = 0) {
    auto path = directory;
    path += fmt::format(".{}{}", purpose, number == 0 ? "" : std::to_string(number));
    return path;
}

// A name beside `directory` that nobody has, so that the final rename stays on one file system.
fs::path free_name_beside(fs::path const& directory, std::string_view purpose) {
    std::error_code error;
    unsigned number = 0;
    while (fs::exists(fs::symlink_status(beside(directory, purpose, number), error)))
        ++number;
    return beside(directory, purpose, number);
}

// Where names cannot be exchanged there is a moment without the directory.
std::error_code replace_by_two_renames(fs::path const& staged, fs::path const& directory) {
    std::error_code error;
    auto const replaced = free_name_beside(directory, "replaced");
    fs::rename(directory, replaced, error);
    if (error)
        return error;
    fs::rename(staged, directory, error);
    std::error_code ignored;
    if (error)
        fs::rename(replaced, directory, ignored);
    else
        fs::remove_all(replaced, ignored);
    return error;
}

std::error_code replace(fs::path const& staged, fs::path const& directory) {
    std::error_code error;
    exchange_names(staged, directory, error);
    if (error == std::errc::function_not_supported)
        return replace_by_two_renames(staged, directory);
    std::error_code ignored;
    if (!error)
        fs::remove_all(staged, ignored); // what was there before
    return error;
}

result<void> take_place(fs::path const& staged, fs::path const& directory) {
    std::error_code error;
    bool const is_there = fs::exists(directory, error);
    if (is_there)
        error = replace(staged, directory);
    else
        fs::rename(staged, directory, error);
    if (error)
        return cannot(is_there ? "replace" : "create", directory, error);
    sync_folder(directory.parent_path(), error);
    return {};
}

std::error_code sync_folders(fs::path const& directory) {
    std::error_code error;
    sync_folder(directory, error);
    for (fs::recursive_directory_iterator each(directory, error), end; !error && each != end;
         each.increment(error))
        if (each->is_directory())
            sync_folder(each->path(), error);
    return error;
}

// "out/", "./out" and "out" are one directory, and a name beside it needs the plain form.
fs::path plain_form(fs::path const& directory) {
    auto const normal = full_path(directory);
    return normal.has_filename() ? normal : normal.parent_path();
}

} // namespace

fs::path to_path(std::string_view utf8) {
    return {std::u8string(utf8.begin(), utf8.end())};
}

std::string shown(fs::path const& path) {
    auto const text = path.u8string();
    return printable({reinterpret_cast<char const*>(text.data()), text.size()});
}

result<void> check_output_directory(fs::path const& directory, bool replace) {
    if (has_reserved_name(directory))
        return tl::unexpected(failure{fmt::format("cannot create {}: {}", shown(directory), reserved_name),
                                      "  nothing was written\n"});
    std::error_code error;
    auto const status = fs::status(directory, error);
    if (!fs::exists(status))
        return {};
    if (!fs::is_directory(status))
        return tl::unexpected(
            failure{fmt::format("expected a directory for --out, found the file {}", shown(directory)),
                    "  name a directory that does not exist yet\n"});
    if (fs::is_empty(directory, error))
        return {};
    if (error)
        return cannot("read", directory, error);
    if (!replace)
        return tl::unexpected(
            failure{fmt::format("expected an empty directory for --out, found files in {}", shown(directory)),
                    "  name another one, or replace the plan in it with --force\n"});
    auto const foreign = first_foreign_file(directory, error);
    if (error)
        return cannot("read", directory, error);
    if (foreign)
        return tl::unexpected(
            failure{fmt::format("expected only files of an earlier plan in {}, found {}", shown(directory),
                                shown(foreign->filename())),
                    "  --force removes nothing else: move the file away or name another directory\n"});
    return {};
}

std::vector<fs::path> leftovers_beside(fs::path const& directory) {
    std::vector<fs::path> found;
    std::error_code error;
    auto const target = plain_form(directory);
    for (auto const* const purpose : {"partial", "replaced"})
        for (unsigned number = 0; fs::exists(fs::symlink_status(beside(target, purpose, number), error));
             ++number)
            found.push_back(beside(target, purpose, number));
    return found;
}

result<void> write_output_directory(fs::path const& directory, std::vector<artifact> const& files,
                                    bool replace) {
    fs::path const target = plain_form(directory);
    if (auto checked = check_output_directory(target, replace); !checked)
        return checked;
    std::error_code error;
    if (target.has_parent_path())
        fs::create_directories(target.parent_path(), error);
    if (error)
        return cannot("create", target.parent_path(), error);
    fs::path const staged = free_name_beside(target, "partial");
    fs::create_directory(staged, error);
    if (error)
        return cannot("create", staged, error);
    result<void> written;
    for (artifact const& file : files) {
        written = write_file(staged / to_path(file.path), file.content);
        if (!written)
            break;
    }
    if (written)
        if (auto const unsynced = sync_folders(staged))
            written = cannot("write", staged, unsynced);
    if (written)
        written = take_place(staged, target);
    if (!written)
        fs::remove_all(staged, error);
    return written;
}

} // namespace dsplan
