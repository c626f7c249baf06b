# The toolchain of the preset "playground": Debian's emscripten. Exceptions are those of WebAssembly itself; what its standard
# library lacks of C++20 stands beside this file.
include(/usr/share/emscripten/cmake/Modules/Platform/Emscripten.cmake)
add_compile_options(-fwasm-exceptions -include ${CMAKE_CURRENT_LIST_DIR}/emscripten_library.hpp)
add_link_options(-fwasm-exceptions)
