// Runs a fuzzer's function over the files of directories: what ctest does with the corpus.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

int main(int argument_count, char** arguments) {
    std::size_t count = 0;
    for (int index = 1; index < argument_count; ++index) {
        for (auto const& file : std::filesystem::directory_iterator(arguments[index])) {
            std::ifstream input(file.path(), std::ios::binary);
            std::string const content(std::istreambuf_iterator<char>(input), {});
            std::cout << file.path().filename().string() << '\n';
            LLVMFuzzerTestOneInput(reinterpret_cast<std::uint8_t const*>(content.data()), content.size());
            ++count;
        }
    }
    std::cout << count << " inputs\n";
    return count == 0 ? 1 : 0;
}
