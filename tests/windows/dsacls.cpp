// Stands in for dsacls: appends its arguments to arguments.txt in the folder it runs in, one a line, and a
// line "end".
#include <cstdio>

int wmain(int count, wchar_t** arguments) {
    std::FILE* const file = _wfopen(L"arguments.txt", L"ab");
    if (file == nullptr)
        return 1;
    for (int index = 1; index < count; ++index) {
        for (wchar_t const* letter = arguments[index]; *letter != 0; ++letter)
            if (*letter < 0x80)
                std::fputc(static_cast<int>(*letter), file);
            else
                std::fprintf(file, "\\u%04x", static_cast<unsigned>(*letter));
        std::fputc('\n', file);
    }
    std::fputs("end\n", file);
    return std::fclose(file);
}
