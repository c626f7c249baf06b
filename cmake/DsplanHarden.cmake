# What the program that ships is hardened with: DSPLAN_HARDEN, for GCC and Clang on Linux. tests/hardened_program reads it off
# the program.
if(DSPLAN_HARDEN)
    add_compile_options(-fPIE -fstack-protector-strong -fstack-clash-protection -fcf-protection -g1)
    add_compile_definitions(_FORTIFY_SOURCE=2 _GLIBCXX_ASSERTIONS)
    add_link_options(-Wl,-z,relro,-z,now,-z,noexecstack)
endif()

# dsplan_strip(target): leaves the symbols in TARGET.debug beside the program, which names that file.
function(dsplan_strip target)
    add_custom_command(TARGET ${target} POST_BUILD VERBATIM
        COMMAND ${CMAKE_OBJCOPY} --only-keep-debug $<TARGET_FILE:${target}> $<TARGET_FILE:${target}>.debug
        COMMAND ${CMAKE_STRIP} --strip-all $<TARGET_FILE:${target}>
        COMMAND ${CMAKE_OBJCOPY} --add-gnu-debuglink=$<TARGET_FILE:${target}>.debug $<TARGET_FILE:${target}>)
endfunction()
