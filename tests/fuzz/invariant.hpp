#pragma once
#include <cstdio>
#include <cstdlib>

/// Stops the fuzzer where something that must always hold does not.
#define DSPLAN_INVARIANT(condition)                                                                          \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            std::fprintf(stderr, "broken invariant: %s\n", #condition);                                      \
            std::abort();                                                                                    \
        }                                                                                                    \
    } while (false)
