# What the programs that ship are hardened with: DSPLAN_HARDEN, for GCC and Clang; tools/release sets it. tests/hardened_program
# reads it off the program.
if(DSPLAN_HARDEN)
    add_compile_options(-fstack-protector-strong)
    add_compile_definitions(_FORTIFY_SOURCE=2 _GLIBCXX_ASSERTIONS)
    if(NOT WIN32)
        add_compile_options(-fPIE -fstack-clash-protection -fcf-protection -g1)
        add_link_options(-Wl,-z,relro,-z,now,-z,noexecstack)
    else()
        string(APPEND CMAKE_CXX_STANDARD_LIBRARIES " -lssp") # what the checks call is no part of its C library
    endif()
endif()

# dsplan_strip(target): leaves the symbols in TARGET.debug beside the program, which names that file.
function(dsplan_strip target)
    add_custom_command(TARGET ${target} POST_BUILD VERBATIM
        COMMAND ${CMAKE_OBJCOPY} --only-keep-debug --compress-debug-sections
                $<TARGET_FILE:${target}> $<TARGET_FILE:${target}>.debug
        COMMAND ${CMAKE_STRIP} --strip-all $<TARGET_FILE:${target}>
        COMMAND ${CMAKE_OBJCOPY} --add-gnu-debuglink=$<TARGET_FILE:${target}>.debug $<TARGET_FILE:${target}>)
endfunction()
