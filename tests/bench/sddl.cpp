#include <sddl/parse.hpp>
#include <sddl/self_relative.hpp>
#include <sddl/write.hpp>

#include <benchmark/benchmark.h>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

using namespace dsplan::sddl;

namespace {

domain_sids const sids{parse_sid("S-1-5-21-1111111111-2222222222-3333333333").value(),
                       parse_sid("S-1-5-21-1111111111-2222222222-3333333333").value()};

// The descriptors that sddl_ratio.py gives to the peer too.
std::vector<std::string> const& texts() {
    static std::vector<std::string> const lines = [] {
        std::ifstream file(DSPLAN_TESTDATA "/sddl/bench.txt");
        std::vector<std::string> read;
        for (std::string line; std::getline(file, line);)
            read.push_back(line);
        if (read.empty())
            std::abort();
        return read;
    }();
    return lines;
}

std::vector<byte_string> const& octets() {
    static std::vector<byte_string> const values = [] {
        std::vector<byte_string> made;
        for (auto const& text : texts())
            made.push_back(write_self_relative(parse(text, sids).value()));
        return made;
    }();
    return values;
}

void text_to_bytes(benchmark::State& state) {
    for (auto _ : state)
        for (auto const& text : texts())
            benchmark::DoNotOptimize(write_self_relative(*parse(text, sids)));
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(texts().size()));
}

void bytes_to_text(benchmark::State& state) {
    for (auto _ : state)
        for (auto const& bytes : octets())
            benchmark::DoNotOptimize(write(*read_self_relative(bytes), sids));
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(texts().size()));
}

void bytes_to_model(benchmark::State& state) {
    for (auto _ : state)
        for (auto const& bytes : octets())
            benchmark::DoNotOptimize(read_self_relative(bytes));
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(texts().size()));
}

void model_to_bytes(benchmark::State& state) {
    std::vector<security_descriptor> models;
    for (auto const& bytes : octets())
        models.push_back(read_self_relative(bytes).value());
    for (auto _ : state)
        for (auto const& model : models)
            benchmark::DoNotOptimize(write_self_relative(model));
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(texts().size()));
}

BENCHMARK(text_to_bytes);
BENCHMARK(bytes_to_text);
BENCHMARK(bytes_to_model);
BENCHMARK(model_to_bytes);

} // namespace

BENCHMARK_MAIN();
