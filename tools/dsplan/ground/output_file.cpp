#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/ground/output_file.hpp>

#include <fmt/format.h>

#include <ostream>
#include <string>
#include <utility>

namespace dsplan {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kept_in_memory = std::size_t{4} << 20;

tl::unexpected<failure> cannot_write(fs::path const& path, std::string const& why) {
    return tl::unexpected(
        failure{fmt::format("cannot write {}: {}", path.empty() ? "the output" : shown(path), why),
                "  nothing was written\n"});
}

bool is_special(fs::file_status const& status) {
    return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

fs::path name_beside(fs::path const& path, unsigned number) {
    auto beside = path;
    beside += fmt::format(".part{}", number == 0 ? "" : std::to_string(number));
    return beside;
}

void tell_leftover(fs::path const& path, console& console) {
    print_warning(console,
                  fmt::format("{} is there already: left by a run that was stopped, or another one is "
                              "writing; remove it if none is",
                              shown(path)));
}

} // namespace

result<output_file> output_file::open(fs::path const& path, console& console) {
    if (has_reserved_name(path))
        return cannot_write(path, reserved_name);
    output_file opened(console);
    std::error_code error;
    auto const status = path.empty() ? fs::file_status() : fs::status(path, error);
    if (path.empty() || is_special(status)) {
        opened.path_ = path;
        opened.kept_ = std::make_unique<ldif::external_sorter>(kept_in_memory);
        return opened;
    }
    if (fs::is_directory(status))
        return cannot_write(path, "it is a directory");
    bool const is_link = fs::is_symlink(fs::symlink_status(path, error));
    if (is_link && !fs::exists(status))
        return cannot_write(path, "it is a link to a file that does not exist");
    opened.path_ = is_link ? fs::canonical(path, error) : path;
    if (opened.open_beside())
        return cannot_write(path, "its folder does not exist or may not be written");
    if (fs::exists(status))
        fs::permissions(opened.beside_, status.permissions(), error);
    return opened;
}

std::error_code output_file::open_beside() {
    for (unsigned number = 0;; ++number) {
        auto const candidate = name_beside(path_, number);
        std::error_code error;
        file_ = written_file::create(candidate, error);
        if (error == std::errc::file_exists) {
            tell_leftover(candidate, *console_);
            continue;
        }
        if (!error)
            beside_ = candidate;
        return error;
    }
}

output_file::output_file(output_file&& other) noexcept
    : path_(std::move(other.path_))
    , beside_(std::exchange(other.beside_, {}))
    , file_(std::move(other.file_))
    , kept_(std::move(other.kept_))
    , error_(other.error_)
    , console_(other.console_) {}

output_file::~output_file() {
    if (beside_.empty())
        return;
    std::error_code ignored;
    file_.close(ignored);
    fs::remove(beside_, ignored);
}

void output_file::write(std::string_view text) {
    if (error_ || text.empty())
        return;
    if (kept_ == nullptr)
        return file_.write(text, error_);
    kept_->add({}, text);
}

result<void> output_file::commit() {
    if (!error_)
        error_ = kept_ != nullptr ? pour() : take_name();
    if (error_)
        return cannot_write(path_, error_.message());
    return {};
}

std::error_code output_file::take_name() {
    std::error_code error;
    file_.sync(error);
    if (error && error != std::errc::invalid_argument) // a file system that cannot
        return error;
    file_.close(error);
    if (!error)
        fs::rename(beside_, path_, error);
    if (error)
        return error;
    beside_.clear();
    sync_folder(path_.parent_path(), error);
    return error;
}

// To standard output, a device or a pipe.
std::error_code output_file::pour() {
    std::error_code error;
    auto special = path_.empty() ? written_file() : written_file::open_special(path_, error);
    std::string_view key;
    std::string_view text;
    for (kept_->rewind(); !error && kept_->next(key, text);)
        if (path_.empty())
            console_->out.write(text.data(), static_cast<std::streamsize>(text.size()));
        else
            special.write(text, error);
    return error;
}

} // namespace dsplan
