// A law that a fuzz target checks. Unlike assert it holds in every build.

#ifndef PIA_TESTS_FUZZ_REQUIRE_H_
#define PIA_TESTS_FUZZ_REQUIRE_H_

#include <cstdio>
#include <cstdlib>

#define PIA_REQUIRE(condition)                                                     \
  do {                                                                             \
    if (!(condition)) {                                                            \
      std::fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                \
    }                                                                              \
  } while (false)

#endif  // PIA_TESTS_FUZZ_REQUIRE_H_
