// Measures the LDIF library beside OpenLDAP's and beside memcpy, on a generated export; prints ratios.
//
//     bench_ldif [MEGABYTES]        200 if not given
#include "generated_export.hpp"
#include "openldap_peer.hpp"

#include <ldif/changes/compare.hpp>
#include <ldif/parallel.hpp>
#include <ldif/reader.hpp>
#include <ldif/writer.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#ifdef __linux__
#include <sys/resource.h>
#endif

using namespace dsplan::ldif;
namespace fs = std::filesystem;

namespace {

struct totals {
    std::size_t records = 0;
    std::size_t values = 0;
    std::size_t octets = 0;
};

// Seconds of the processor, which other programs on the machine do not change.
template <class Function>
double best_of_three(Function function) {
    double best = 1e9;
    for (int i = 0; i < 3; ++i) {
        auto const start = std::clock();
        function();
        best = std::min(best, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    }
    return best;
}

// Seconds on the wall, for what runs on several processors.
template <class Function>
double best_on_the_wall(Function function) {
    double best = 1e9;
    for (int i = 0; i < 5; ++i) {
        auto const start = std::chrono::steady_clock::now();
        function();
        std::chrono::duration<double> const took = std::chrono::steady_clock::now() - start;
        best = std::min(best, took.count());
    }
    return best;
}

void count(totals& sum, record_view const& it) {
    ++sum.records;
    sum.values += it.attributes.size() + 2; // and dn, changetype, which the peer counts as lines
    sum.octets += it.dn.size() + 3;
    for (auto const& value : it.attributes)
        sum.octets += value.value.size();
}

totals read_views(fs::path const& file, bool maps = false) {
    totals sum;
    auto input = reader::open(file, {.maps_files = maps}).value();
    while (auto const* const it = input.next_view().value())
        count(sum, *it);
    return sum;
}

totals read_on_two_threads(fs::path const& file) {
    totals sum;
    auto const done = for_each_record(file, {}, 2, [&](record_view const& it) { count(sum, it); });
    if (!done)
        std::abort();
    return sum;
}

totals read_records(fs::path const& file) {
    totals sum;
    auto input = reader::open(file).value();
    while (auto const* const it = input.next().value()) {
        ++sum.records;
        for (auto const& value : it->attributes)
            sum.octets += value.value.size();
    }
    return sum;
}

double peak_megabytes() {
#ifdef __linux__
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
#else
    return 0;
#endif
}

void write_file(fs::path const& file, std::string const& text) {
    std::ofstream(file, std::ios::binary).write(text.data(), static_cast<std::streamsize>(text.size()));
}

void measure_reading(fs::path const& file, double megabytes) {
    totals ours;
    double const views = best_of_three([&] { ours = read_views(file); });
    std::printf("read, one thread, values in place  %7.0f MB/s   peak memory so far %.0f MB\n",
                megabytes / views, peak_megabytes());
    totals both;
    double const threads = best_on_the_wall([&] { both = read_on_two_threads(file); });
    std::printf("read, two threads                  %7.0f MB/s   peak memory so far %.0f MB\n",
                megabytes / threads, peak_megabytes());
    double const mapped = best_of_three([&] { (void)read_views(file, true); });
    std::printf("read, one thread, file mapped      %7.0f MB/s\n", megabytes / mapped);
    double const records = best_of_three([&] { (void)read_records(file); });
    std::printf("read, one thread, records copied   %7.0f MB/s\n", megabytes / records);
    openldap_totals theirs;
    double const peer = best_of_three([&] { theirs = read_with_openldap(file.c_str()); });
    std::printf("read, OpenLDAP's libldap           %7.0f MB/s\n", megabytes / peer);
    bool const same = theirs.records == ours.records && theirs.values == ours.values &&
                      theirs.octets == ours.octets && both.octets == ours.octets &&
                      both.records == ours.records;
    std::printf("same records, values and octets as OpenLDAP: %s (%zu, %zu, %zu)\n", same ? "yes" : "NO",
                ours.records, ours.values, ours.octets);
    std::printf("ratio to OpenLDAP: one thread %.1f, mapped %.1f, two threads %.1f, records copied %.1f\n\n",
                peer / views, peer / mapped, peer / threads, peer / records);
    if (!same)
        std::exit(1);
}

void measure_writing(std::string const& text) {
    std::vector<record> records;
    auto input = reader::from_text(std::string_view(text).substr(0, text.find("\n\n", text.size() / 4) + 2));
    while (auto const* const it = input.next().value())
        records.push_back(*it);
    std::string out;
    double const ours = best_of_three([&] {
        out.clear();
        for (auto const& it : records)
            write(out, it);
    });
    std::string copy(out.size(), '\0');
    double const memory = best_of_three([&] { std::memcpy(copy.data(), out.data(), out.size()); });
    double const megabytes = static_cast<double>(out.size()) / 1e6;
    std::printf("write                              %7.0f MB/s\n", megabytes / ours);
    std::printf("memcpy of the same                 %7.0f MB/s\nratio to memcpy: %.3f\n\n",
                megabytes / memory, memory / ours);
}

void measure_comparing(fs::path const& before, fs::path const& after, double megabytes) {
    compare_summary summary;
    double const took = best_of_three([&] {
        auto left = reader::open(before).value();
        auto right = reader::open(after).value();
        summary = compare(left, right, [](record const&) {}).value();
    });
    std::printf("diff of two exports of %.0f MB      %7.2f s, %zu modified, %zu unchanged, peak memory so "
                "far %.0f MB\n",
                megabytes, took, summary.modified, summary.unchanged, peak_megabytes());
}

} // namespace

int main(int argument_count, char** arguments) {
    std::size_t const size = (argument_count > 1 ? std::strtoul(arguments[1], nullptr, 10) : 200) * 1000000;
    auto const folder = fs::temp_directory_path() / "dsplan-bench-ldif";
    fs::create_directories(folder);
    auto const megabytes = [](fs::path const& file) {
        return static_cast<double>(fs::file_size(file)) / 1e6;
    };
    // Each part runs alone, so that peak memory is its own.
    if (argument_count > 2 && std::strcmp(arguments[2], "diff") == 0) {
        measure_comparing(folder / "before.ldf", folder / "after.ldf", megabytes(folder / "before.ldf"));
        return 0;
    }
    if (argument_count > 2) {
        measure_reading(folder / "export.ldf", megabytes(folder / "export.ldf"));
        return 0;
    }
    write_file(folder / "export.ldf", generated_export(size, 1));
    write_file(folder / "before.ldf", generated_export(size / 2, 2));
    write_file(folder / "after.ldf", generated_export(size / 2, 2, true));
    std::printf("generated exports of %.0f MB and twice %.0f MB\n\n", megabytes(folder / "export.ldf"),
                megabytes(folder / "before.ldf"));
    std::fflush(stdout);
    auto const again = [&](char const* part) {
        return std::system(fmt::format("'{}' 0 {}", arguments[0], part).c_str());
    };
    bool const failed = again("read") != 0;
    measure_writing(generated_export(size / 4, 1));
    std::fflush(stdout);
    bool const diff_failed = again("diff") != 0;
    fs::remove_all(folder);
    return failed || diff_failed ? 1 : 0;
}
