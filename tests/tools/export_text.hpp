#pragma once
#include <tools/dsplan/directory/snapshot.hpp>

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <string>
#include <tests/tools/command_run.hpp>
#include <vector>

/// Loads LDIF texts as if each were an export file.
inline dsplan::result<dsplan::directory::snapshot> load_texts(std::vector<std::string> const& texts) {
    temporary_directory scratch;
    std::vector<std::filesystem::path> files;
    for (std::string const& text : texts) {
        files.push_back(scratch.path() / ("export" + std::to_string(files.size() + 1) + ".ldf"));
        write_file(files.back(), text);
    }
    return dsplan::directory::snapshot::load(files);
}

/// The same for texts that are known to be good.
inline dsplan::directory::snapshot load_text(std::string const& text) {
    auto loaded = load_texts({text});
    BOOST_REQUIRE_MESSAGE(loaded.has_value(),
                          (loaded ? std::string() : loaded.error().what + "\n" + loaded.error().detail));
    return std::move(*loaded);
}
