#include <tools/dsplan/ground/terminal.hpp>

// clang-format off
#include <windows.h>
#include <shellapi.h>
// clang-format on

#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <io.h>
#include <memory>

namespace dsplan {
namespace {

std::string to_utf8(wchar_t const* text) {
    int const size = WideCharToMultiByte(CP_UTF8, 0, text, -1, nullptr, 0, nullptr, nullptr);
    std::string made(size > 0 ? static_cast<std::size_t>(size) : 1, '\0');
    WideCharToMultiByte(CP_UTF8, 0, text, -1, made.data(), size, nullptr, nullptr);
    made.pop_back(); // the final zero
    return made;
}

// As Windows has them, not as the code page of the C library spells them.
std::vector<std::string> read_arguments() {
    int count = 0;
    std::unique_ptr<wchar_t*, decltype(&LocalFree)> const wide(CommandLineToArgvW(GetCommandLineW(), &count),
                                                               &LocalFree);
    std::vector<std::string> made;
    for (int index = 1; index < count; ++index)
        made.push_back(to_utf8(wide.get()[index]));
    return made;
}

// Of the console as dsplan found it; the first call must come before the change.
UINT code_page_before() {
    static UINT const before = GetConsoleOutputCP();
    return before;
}

// Ctrl-C ends the program without atexit. False: the next handler, which ends it, runs too.
BOOL WINAPI restore_code_page(DWORD) {
    SetConsoleOutputCP(code_page_before());
    return FALSE;
}

// The code page belongs to the window, so dsplan restores it before it ends.
void set_code_page() {
    if (code_page_before() == CP_UTF8)
        return;
    SetConsoleOutputCP(CP_UTF8);
    std::atexit([] { SetConsoleOutputCP(code_page_before()); });
    SetConsoleCtrlHandler(restore_code_page, TRUE);
}

// Escape sequences work in every console since Windows 10. True if the stream is a console.
bool prepare(DWORD which) {
    auto* const handle = GetStdHandle(which);
    DWORD mode = 0;
    if (GetConsoleMode(handle, &mode) == 0)
        return false;
    SetConsoleMode(handle, mode | ENABLE_PROCESSED_OUTPUT | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
    return true;
}

std::size_t width_of_console() {
    CONSOLE_SCREEN_BUFFER_INFO info{};
    if (GetConsoleScreenBufferInfo(GetStdHandle(STD_OUTPUT_HANDLE), &info) == 0)
        return 0;
    return static_cast<std::size_t>(info.srWindow.Right - info.srWindow.Left + 1);
}

} // namespace

terminal start_terminal(int, char**) {
    for (auto* const stream : {stdin, stdout, stderr})
        _setmode(_fileno(stream), _O_BINARY);
    terminal made{.arguments = read_arguments(),
                  .out_is_terminal = prepare(STD_OUTPUT_HANDLE),
                  .err_is_terminal = prepare(STD_ERROR_HANDLE)};
    if (made.out_is_terminal || made.err_is_terminal)
        set_code_page();
    if (made.out_is_terminal)
        made.width = width_of_console();
    return made;
}

bool show_in_pager(std::string const& text) {
    char const* const chosen = std::getenv("PAGER");
    auto* const pager = _popen(chosen != nullptr && *chosen != '\0' ? chosen : "more", "wb");
    if (pager == nullptr)
        return false;
    std::fwrite(text.data(), 1, text.size(), pager);
    return _pclose(pager) == 0;
}

} // namespace dsplan
